import type { Vec } from '../../geometry/vector.ts';
import { mixtureDistance } from './cloth-kinds.ts';
import { indexAt, type NeckWindow, normalAt } from './neck-window.ts';

/** How much of each colour lies above a curve, up to the garment's upper edge, and in a band below it. */
export interface Parted {
  readonly inside: Float64Array;
  readonly front: Float64Array;
}

/** Height of the band of front that is compared with the inside, over the neck's width. */
const FRONT_BAND = 0.35;
/** Columns and rows over the neck's width, at least, that are counted. */
const COLUMNS = 140;

export function partBy(
  curve: readonly Vec[],
  upper: readonly Vec[],
  { cloth, origin, matte }: NeckWindow,
): Parted {
  const inside = new Float64Array(cloth.count);
  const front = new Float64Array(cloth.count);
  const left = curve[0][0];
  const right = curve[curve.length - 1][0];
  const band = FRONT_BAND * (right - left);
  const from = Math.max(Math.ceil(left) + 1, Math.ceil(origin[0] - 0.5));
  const to = Math.min(Math.ceil(right) - 2, Math.ceil(origin[0] + matte.width - 0.5) - 1);
  const heights = heightsOf(curve, from, to);
  const tops = heightsOf(upper, from, to);
  const dense = Math.max(1, Math.floor((right - left) / COLUMNS));
  for (let x = from; x <= to; x += dense) {
    const at = heights[x - from];
    const column = Math.round(x - origin[0]);
    for (let y = Math.ceil(tops[x - from]) + 1; y < at + band; y += dense) {
      const row = Math.round(y - origin[1]);
      if (row < 0 || row >= matte.height || Math.abs(y - at) < 1.5) continue;
      const kind = cloth.kinds[row * matte.width + column];
      if (kind < cloth.count) (y < at ? inside : front)[kind]++;
    }
  }
  return { inside, front };
}

/** The heights of a curve at whole x from one to another: of its first stretch over each, beyond its ends its ends'. */
function heightsOf(curve: readonly Vec[], from: number, to: number): Float64Array {
  const heights = new Float64Array(Math.max(0, to - from + 1)).fill(Number.NaN);
  for (let i = 1; i < curve.length; i++) {
    const [ax, ay] = curve[i - 1];
    const [bx, by] = curve[i];
    for (let x = Math.max(from, Math.ceil(ax)); x <= Math.min(to, bx); x++) {
      if (Number.isNaN(heights[x - from]))
        heights[x - from] = ay + ((by - ay) * (x - ax)) / (bx - ax || 1);
    }
  }
  const last = curve[curve.length - 1][1];
  return heights.map((y, k) =>
    Number.isNaN(y) ? (from + k < curve[0][0] ? curve[0][1] : last) : y,
  );
}

/** How differently inside and front are mixed, 0 to 1. */
export const partedBy = (parted: Parted): number => mixtureDistance(parted.inside, parted.front);

/** Pixels to each side along the normals that a curve may be moved. */
const STEPS = 12;
const STIFFNESS = 2.5;

/**
 * Moves a curve to where it parts the pixels that look like the inside from those that look like the front best: each
 * pixel votes by how much more usual its colour is on one side, and neighbouring points stay together (dynamic
 * programming over offsets along the normals).
 */
export function snapToRegion(
  curve: readonly Vec[],
  parted: Parted,
  window: NeckWindow,
  range: number,
): Vec[] {
  const votes = frontVotes(parted);
  const step = range / STEPS;
  const gains = curve.map(([x, y], i) => {
    const [nx, ny] = normalAt(curve, i);
    const along = Array.from({ length: 2 * STEPS + 1 }, (_, k) => {
      const d = (k - STEPS) * step;
      const at = indexAt(window, x + nx * d, y + ny * d);
      return votes[window.cloth.kinds[at]] ?? 0;
    });
    // Everything before the offset is inside, everything after it front.
    const gain: number[] = [];
    let sum = along.reduce((a, b) => a + b, 0);
    for (const vote of along) {
      gain.push(sum);
      sum -= 2 * vote;
    }
    return gain;
  });
  const path = smoothestPath(gains);
  const chosen = path.map((k, i) => {
    const before = path[Math.max(0, i - 1)];
    return (before + 2 * k + path[Math.min(path.length - 1, i + 1)]) / 4;
  });
  return curve.map(([x, y], i) => {
    const [nx, ny] = normalAt(curve, i);
    const fade = Math.min(1, Math.min(i, curve.length - 1 - i) / 3);
    const d = (chosen[i] - STEPS) * step * fade;
    return [x + nx * d, y + ny * d];
  });
}

/** Logarithm of how much more usual each colour is in front than inside; 0 for what is no garment. */
export function frontVotes({ inside, front }: Parted): number[] {
  const total = (heap: Float64Array): number => heap.reduce((a, b) => a + b, 0);
  const [n, m] = [total(inside), total(front)];
  const rare = 0.01;
  const votes = Array.from(inside, (count, k) =>
    Math.log((front[k] / Math.max(1, m) + rare) / (count / Math.max(1, n) + rare)),
  );
  return [...votes, 0];
}

function smoothestPath(gains: readonly (readonly number[])[]): number[] {
  const totals: number[][] = [[...gains[0]]];
  const sources: number[][] = [[]];
  for (let i = 1; i < gains.length; i++) {
    const from: number[] = [];
    totals.push(
      gains[i].map((gain, k) => {
        let most = -Infinity;
        let source = k;
        totals[i - 1].forEach((total, j) => {
          const value = total - STIFFNESS * (j - k) ** 2;
          if (value > most) {
            most = value;
            source = j;
          }
        });
        from.push(source);
        return gain + most;
      }),
    );
    sources.push(from);
  }
  const last = totals[totals.length - 1];
  let k = last.indexOf(Math.max(...last));
  const path: number[] = [];
  for (let i = gains.length - 1; i >= 0; i--) {
    path.push(k);
    k = sources[i][k] ?? k;
  }
  return path.toReversed();
}
