import { inRegion } from '@toile/memory';
import type { PersonReading } from '../perceive/person.ts';
import type { RgbImage } from '../pixels/image.ts';
import type { ClothLayer } from '../warp/render.ts';
import type { Cut } from '../pixels/cut.ts';
import { type Dressing, layersOf } from './dressing.ts';
import { taken } from './scene.ts';

/** How far around clothes that come and go the picture is looked at, in shoulder widths: skin and backgrounds are carried on from there. */
const AROUND = 0.45;
/** Share of old clothes from which on a pixel counts as theirs. */
const FAINT = 0.08;

/** The part of the picture in which dressing changes anything, with its surroundings. */
export function stageOf(
  { width, height }: Pick<RgbImage, 'width' | 'height'>,
  person: PersonReading,
  dressing: Dressing,
): Cut {
  const zoom = width / person.image.width;
  const old = inRegion(() => boxOfOld(person, dressing));
  let [left, top] = [old.left * zoom, old.top * zoom];
  let [right, bottom] = [old.right * zoom, old.bottom * zoom];
  for (const layer of layersOf(dressing)) {
    left = Math.min(left, layer.left);
    top = Math.min(top, layer.top);
    right = Math.max(right, layer.left + layer.width);
    bottom = Math.max(bottom, layer.top + layer.height);
  }
  const margin = AROUND * person.pose.shoulderWidth * zoom;
  left = Math.floor(Math.max(0, left - margin));
  top = Math.floor(Math.max(0, top - margin));
  return {
    left,
    top,
    width: Math.ceil(Math.min(width, right + margin)) - left,
    height: Math.ceil(Math.min(height, bottom + margin)) - top,
  };
}

function boxOfOld(
  person: PersonReading,
  { removal }: Dressing,
): { left: number; top: number; right: number; bottom: number } {
  const { width, height, data } = taken(person, removal);
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] < FAINT) continue;
      if (x < box.left) box.left = x;
      if (x >= box.right) box.right = x + 1;
      if (y < box.top) box.top = y;
      box.bottom = y + 1;
    }
  }
  return box;
}

/** The same dressing seen from the stage: its layers begin where they do there. */
export function onStage(dressing: Dressing, { left, top }: Cut): Dressing {
  const move = (layer: ClothLayer): ClothLayer => ({
    ...layer,
    left: layer.left - left,
    top: layer.top - top,
  });
  return {
    ...dressing,
    garments: dressing.garments.map((garment) =>
      garment.kind === 'top'
        ? {
            ...garment,
            body: move(garment.body),
            sleeves: garment.sleeves.map((sleeve) => ({ ...sleeve, layer: move(sleeve.layer) })),
          }
        : {
            ...garment,
            pieces: garment.pieces.map((piece) => ({ ...piece, layer: move(piece.layer) })),
            sleeves: garment.sleeves.map(move),
          },
    ),
  };
}
