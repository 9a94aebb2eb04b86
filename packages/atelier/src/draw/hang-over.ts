import type { WornBottom, WornTop } from '../compose/dressing.ts';
import { copyFloats } from '@toile/memory';
import { clamp } from '../pixels/scalar.ts';
import type { ClothLayer } from '../warp/render.ts';

/** A side of a top has come to its corner when its edge turns inwards by more than this a row. */
const CORNER = 3;
/** The corner is looked for in this lower part of the top. */
const LOWER = 0.5;

/**
 * Hides what would stand out beside a top that hangs over a bottom: between waist and hem the top falls outside of
 * everything beneath it, however wide the bottom's own hips are cut.
 */
export function hangOver(bottom: WornBottom, top: WornTop): WornBottom {
  const pieces = bottom.pieces.map(({ side, layer }) => ({
    side,
    layer: hiddenBeside(layer, top.body),
  }));
  return { ...bottom, pieces };
}

/** A layer without what stands out beside another one that hangs over it. */
export const hiddenBeside = (layer: ClothLayer, over: ClothLayer): ClothLayer =>
  within(layer, edgesOf(over));

/** The outermost cloth of each row of a layer, picture columns, down to the corners of its hem. */
interface Edges {
  readonly top: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

function edgesOf(layer: ClothLayer): Edges {
  const { width, height, coverage } = layer;
  const left = new Float64Array(height).fill(Number.NaN);
  const right = new Float64Array(height).fill(Number.NaN);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (coverage[y * width + x] < 0.5) continue;
      if (Number.isNaN(left[y])) left[y] = layer.left + x;
      right[y] = layer.left + x;
    }
  }
  endAtCorner(left, 1);
  endAtCorner(right, -1);
  return { top: layer.top, left, right };
}

/** Forgets the rows below the place where the edge turns in towards the hem; `inwards` is 1 for left edges. */
function endAtCorner(edge: Float64Array, inwards: 1 | -1): void {
  for (let y = Math.floor(LOWER * edge.length) + 2; y < edge.length; y++) {
    if (!Number.isNaN(edge[y]) && inwards * (edge[y] - edge[y - 2]) <= 2 * CORNER) continue;
    edge.fill(Number.NaN, y - 2);
    return;
  }
}

function within(layer: ClothLayer, edges: Edges): ClothLayer {
  const coverage = copyFloats(layer.coverage);
  const { width, height } = layer;
  for (let y = 0; y < height; y++) {
    const row = layer.top + y - edges.top;
    if (row < 0 || row >= edges.left.length) continue;
    for (let x = 0; x < width; x++) {
      const column = layer.left + x;
      // Below the corner of a side there is no edge (NaN), and nothing is beyond it.
      const beyond =
        column < edges.left[row] ? edges.left[row] - column : column - edges.right[row];
      if (beyond > 0) coverage[y * width + x] *= clamp(1 - beyond, 0, 1);
    }
  }
  return { ...layer, coverage };
}
