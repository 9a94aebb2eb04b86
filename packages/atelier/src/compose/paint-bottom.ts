import { createPlane, type Plane } from '../pixels/image.ts';
import { sample } from '../pixels/resize.ts';
import { lerp, smoothstep } from '../pixels/scalar.ts';
import { soften } from '../pixels/soften.ts';
import { placeOn } from '../fit/ladder.ts';
import type { Vec } from '../geometry/vector.ts';
import { blendCloth, pointAt } from './blend.ts';
import { frontOfBottom } from './bottom-front.ts';
import type { WornBottom } from './dressing.ts';
import { roundness } from './light.ts';
import { matchCloth } from './match.ts';
import { lookOf } from './photo-look.ts';
import { eachLayerPixel, type Scene, softShape } from './scene.ts';

/** How much of the old garment's shading is believed: faded denim looks like light and is none. */
const LIGHT = 0.5;
/** Cloth that is lit further burns its own colour out. */
const BRIGHTEST = 1.05;

/** Hands and wrists hang lower than this; trunk lengths. */
const HANDS = 0.75;

/** Paints trousers, shorts or a skirt: its shadows, then its pieces from back to front, behind hands and a hanging top. */
export function paintBottom(
  scene: Scene,
  drawn: WornBottom,
  colours: readonly Plane[],
  light: Plane,
): void {
  const look = lookOf(scene.person);
  const pieces = drawn.pieces.map((piece) => ({ ...piece, layer: matchCloth(piece.layer, look) }));
  const bottom = { ...drawn, pieces };
  const { front, arms } = frontOfBottom(scene, bottom);
  castShadows(scene, bottom, colours, front);
  restore(scene, arms, colours);
  const armShade = soften(arms, 0.03 * scene.unit);
  const hemShade = soften(lowered(front, 0.025 * scene.unit), 0.03 * scene.unit);
  const [behind, before] = bottom.pieces;
  const legShade =
    bottom.fit.crotchRung === null ? null : softShape(scene, before.layer, 0.04 * scene.unit, 0);
  for (const piece of bottom.pieces) {
    const { layer } = piece;
    const round = turning(scene, bottom, piece);
    eachLayerPixel(layer, scene.image.width, (at, from) => {
      const cover = layer.coverage[from] * (1 - front.data[at]);
      if (cover <= 0) return;
      let shade = Math.min(BRIGHTEST, lerp(1, light.data[at], LIGHT)) * round(from);
      const over = Math.max(armShade.data[at], hemShade.data[at]) * (1 - front.data[at]);
      shade *= 1 - 0.3 * over;
      if (legShade && layer === behind.layer) {
        shade *= 1 - 0.3 * legShade.data[at] * belowCrotch(bottom, pointAt(scene, at));
      }
      blendCloth(colours, at, layer, from, shade, cover);
    });
  }
}

/** Rungs over which the roundness of the seat passes into that of the legs. */
const PASSING = 8;

/** Answer pixels between the places at which roundness is worked out: it changes slowly. */
const COARSE = 4;

/** Darkening where hips and legs of cloth turn away from the camera, at an index of the piece's layer. */
function turning(
  scene: Scene,
  { fit }: WornBottom,
  { side, layer }: WornBottom['pieces'][number],
): (index: number) => number {
  const { crotchRung, ladders } = fit;
  const coarse = createPlane(
    Math.ceil(layer.width / COARSE) + 1,
    Math.ceil(layer.height / COARSE) + 1,
  );
  for (let i = 0; i < coarse.data.length; i++) {
    const x = scene.origin[0] + layer.left + (i % coarse.width) * COARSE;
    const y = scene.origin[1] + layer.top + Math.floor(i / coarse.width) * COARSE;
    const { along, across } = placeOn(ladders[side].target, [x / scene.zoom, y / scene.zoom]);
    const seat = roundness(1 - across, 0.14);
    const leg = roundness(Math.abs(2 * across - 1), 0.13);
    const share = crotchRung === null ? 0 : smoothstep(crotchRung - 1, crotchRung + PASSING, along);
    coarse.data[i] = lerp(seat, leg, share);
  }
  return (index) =>
    sample(coarse, (index % layer.width) / COARSE, Math.floor(index / layer.width) / COARSE);
}

function belowCrotch({ body }: WornBottom, point: Vec): number {
  return smoothstep(0, 0.15 * body.hipHalf, point[1] - body.crotch[1]);
}

/** Cloth darkens what lies just beyond its edges: skin at waist and hem, shoes; the background is too far away. */
function castShadows(
  scene: Scene,
  bottom: WornBottom,
  colours: readonly Plane[],
  front: Plane,
): void {
  const whole = createPlane(scene.image.width, scene.image.height);
  for (const { layer } of bottom.pieces) {
    const shape = softShape(scene, layer, 0.025 * scene.unit, 0.025 * scene.unit);
    for (let i = 0; i < whole.data.length; i++) {
      whole.data[i] = Math.max(whole.data[i], shape.data[i]);
    }
  }
  for (let i = 0; i < whole.data.length; i++) {
    if (whole.data[i] < 0.004) continue;
    const factor = 1 - 0.4 * whole.data[i] * scene.matte.data[i] * (1 - front.data[i]);
    for (const plane of colours) plane.data[i] *= factor;
  }
}

/** Hands that lay on the old garment are still those of the photo. */
function restore(scene: Scene, arms: Plane, colours: readonly Plane[]): void {
  for (let i = 0; i < arms.data.length; i++) {
    if (arms.data[i] === 0 || scene.trunk.locate(pointAt(scene, i)).down < HANDS) continue;
    for (let c = 0; c < 3; c++) {
      colours[c].data[i] = lerp(colours[c].data[i], scene.colours[c].data[i], arms.data[i]);
    }
  }
}

/** A plane moved down by so many pixels. */
function lowered(plane: Plane, drop: number): Plane {
  const moved = createPlane(plane.width, plane.height);
  const shift = Math.round(drop) * plane.width;
  moved.data.set(plane.data.subarray(0, plane.data.length - shift), shift);
  return moved;
}
