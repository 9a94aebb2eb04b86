import type { Trunk } from '../fit/trunk.ts';
import type { Plane } from '../pixels/image.ts';
import { sample } from '../pixels/resize.ts';
import { lerp } from '../pixels/scalar.ts';
import type { ClothLayer } from '../warp/render.ts';
import { type Dressing, layersOf, type Removal } from './dressing.ts';

/** A part of the trunk that is never shown bare: heights in trunk coordinates, distances from the middle in shoulder widths. */
interface Zone {
  readonly from: number;
  readonly to: number;
  /** Nearer to the middle than this a deep neckline may open. */
  readonly inner: number;
  readonly outer: number;
}

const CHEST: Zone = { from: 0.27, to: 0.42, inner: 0.12, outer: 0.3 };
const HIPS: Zone = { from: 0.88, to: 1.14, inner: 0, outer: 0.3 };

/** Share of a zone that the new clothes must cover before the old ones come off it. */
const COVERED = 0.9;

/**
 * The same dressing with those old clothes kept on whose going would show chest or hips, because the new ones do not
 * cover them.
 *
 * @param zoom answer pixels a pixel of the person's reading
 * @param height of the answer, below which nothing shows
 * @param stays share of clothes that the person keeps on, at the size of the reading: what hangs over a zone covers it
 */
export function keepDecent(
  dressing: Dressing,
  trunk: Trunk,
  zoom: number,
  height: number,
  stays: Plane | null = null,
): Dressing {
  const layers = layersOf(dressing);
  const covers = (zone: Zone): boolean =>
    coveredShare(layers, trunk, zone, zoom, height, stays) >= COVERED;
  const { upper, lower } = dressing.removal;
  return {
    ...dressing,
    removal: { upper: upper && covers(CHEST), lower: lower && covers(HIPS) },
  };
}

/** What to tell of clothes that should have come off and were kept on. */
export function doubtsOf(asked: Removal, done: Removal): readonly string[] {
  const kept = (what: string, where: string): string =>
    `The person keeps the ${what} of the model image on, because the new clothes would leave the ${where} bare. Send a garment that covers more, or a model image without it.`;
  return [
    ...(asked.upper && !done.upper ? [kept('top', 'chest')] : []),
    ...(asked.lower && !done.lower ? [kept('trousers or skirt', 'hips')] : []),
  ];
}

function coveredShare(
  layers: readonly ClothLayer[],
  trunk: Trunk,
  zone: Zone,
  zoom: number,
  height: number,
  stays: Plane | null,
): number {
  let covered = 0;
  const rows = 12;
  const columns = 14;
  for (let row = 0; row < rows; row++) {
    const down = zone.from + ((zone.to - zone.from) * row) / (rows - 1);
    for (let column = 0; column < columns; column++) {
      const side = column % 2 === 0 ? -1 : 1;
      const aside = lerp(zone.inner, zone.outer, Math.floor(column / 2) / (columns / 2 - 1));
      const [x, y] = trunk.place(down, side * aside * trunk.shoulderWidth);
      const hidden = layers.some((layer) => coverageAt(layer, x * zoom, y * zoom) > 0.5);
      const kept = stays !== null && sample(stays, x, y) > 0.5;
      if (hidden || kept || y * zoom >= height) covered++;
    }
  }
  return covered / (rows * columns);
}

/** Coverage at a point of the answer. */
function coverageAt(layer: ClothLayer, x: number, y: number): number {
  const column = Math.round(x) - layer.left;
  const row = Math.round(y) - layer.top;
  if (column < 0 || row < 0 || column >= layer.width || row >= layer.height) return 0;
  return layer.coverage[row * layer.width + column];
}
