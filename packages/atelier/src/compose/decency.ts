import type { Trunk } from '../fit/trunk.ts';
import type { ClothLayer } from '../warp/render.ts';
import { type Dressing, layersOf } from './dressing.ts';

/** A part of the trunk that is never shown bare: heights in trunk coordinates, half-width in shoulder widths. */
interface Zone {
  readonly from: number;
  readonly to: number;
  readonly half: number;
}

const CHEST: Zone = { from: 0.24, to: 0.42, half: 0.28 };
const HIPS: Zone = { from: 0.88, to: 1.14, half: 0.3 };

/** Share of a zone that the new clothes must cover before the old ones come off it. */
const COVERED = 0.9;

/**
 * The same dressing with those old clothes kept on whose going would show chest or hips, because the new ones do not
 * cover them.
 *
 * @param zoom answer pixels a pixel of the person's reading
 * @param height of the answer, below which nothing shows
 */
export function keepDecent(
  dressing: Dressing,
  trunk: Trunk,
  zoom: number,
  height: number,
): Dressing {
  const layers = layersOf(dressing);
  const covers = (zone: Zone): boolean =>
    coveredShare(layers, trunk, zone, zoom, height) >= COVERED;
  const { upper, lower } = dressing.removal;
  return {
    ...dressing,
    removal: { upper: upper && covers(CHEST), lower: lower && covers(HIPS) },
  };
}

function coveredShare(
  layers: readonly ClothLayer[],
  trunk: Trunk,
  zone: Zone,
  zoom: number,
  height: number,
): number {
  let covered = 0;
  const rows = 12;
  const columns = 13;
  for (let row = 0; row < rows; row++) {
    const down = zone.from + ((zone.to - zone.from) * row) / (rows - 1);
    for (let column = 0; column < columns; column++) {
      const across = (2 * (column / (columns - 1)) - 1) * zone.half * trunk.shoulderWidth;
      const [x, y] = trunk.place(down, across);
      const hidden = layers.some((layer) => coverageAt(layer, x * zoom, y * zoom) > 0.5);
      if (hidden || y * zoom >= height) covered++;
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
