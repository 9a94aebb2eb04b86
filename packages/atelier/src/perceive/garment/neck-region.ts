import type { Vec } from '../../geometry/vector.ts';
import { mixtureDistance } from './cloth-kinds.ts';
import { upperAt } from './neck-curves.ts';
import { indexAt, type NeckWindow, normalAt } from './neck-window.ts';

/** How much of each colour lies above a curve, up to the garment's upper edge, and in a band below it. */
export interface Parted {
  readonly inside: Float64Array;
  readonly front: Float64Array;
}

/** Height of the band of front that is compared with the inside, over the neck's width. */
const FRONT_BAND = 0.35;

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
  for (let x = Math.ceil(left) + 1; x < right - 1; x++) {
    const at = upperAt(curve, x)[1];
    const top = upperAt(upper, x)[1];
    const column = Math.round(x - origin[0]);
    if (column < 0 || column >= matte.width) continue;
    for (let y = Math.ceil(top) + 1; y < at + band; y++) {
      const row = Math.round(y - origin[1]);
      if (row < 0 || row >= matte.height || Math.abs(y - at) < 1.5) continue;
      const kind = cloth.kinds[row * matte.width + column];
      if (kind < cloth.count) (y < at ? inside : front)[kind]++;
    }
  }
  return { inside, front };
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
function frontVotes({ inside, front }: Parted): number[] {
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
