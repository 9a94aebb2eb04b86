import { add, scale, subtract, type Vec } from '../../geometry/vector.ts';
import { clamp } from '../../pixels/scalar.ts';
import { resample } from './contour.ts';
import { upperAt } from './neck-curves.ts';
import { frontVotes, type Parted } from './neck-region.ts';
import { indexAt, type NeckWindow } from './neck-window.ts';

/** Shares of the depth, from the bottom, at which the arms of a V may begin to run straight, and that tell where to. */
const CUTS = [0.15, 0.25, 0.35, 0.45];
const ARM = 0.2;
/** How far below a curve a tip may lie, over the width, and how much more the inside's its colours are on average. */
const LONGEST = 0.3;
const INSIDE = -0.3;
/** Votes of single colours beyond this say no more. */
const LOUDEST = 1.5;
/** Pixels below a curve that are not the edge's own. */
const CLEAR = 1;

/** Lengthens the arms of an opening to the tip in which they meet, where the cloth there looks like the inside's. */
export function withTip(curve: readonly Vec[], parted: Parted, window: NeckWindow): Vec[] {
  const votes = frontVotes(parted).map((vote) => clamp(vote, -LOUDEST, LOUDEST));
  let best = [...curve];
  let least = 0;
  for (const cut of CUTS) {
    const pointed = lengthened(curve, cut);
    if (!pointed) continue;
    const { sum, mean } = votesBetween(curve, pointed, votes, window);
    if (mean > INSIDE || sum > least) continue;
    least = sum;
    best = resample(pointed, curve.length);
  }
  return best;
}

/** The curve with its bottom, from `cut` of its depth, replaced by its straight arms' tip. */
function lengthened(curve: readonly Vec[], cut: number): Vec[] | null {
  const last = curve.length - 1;
  const level = (curve[0][1] + curve[last][1]) / 2;
  const width = curve[last][0] - curve[0][0];
  const bottom = curve.reduce((low, [, y]) => Math.max(low, y), -Infinity);
  const depth = bottom - level;
  const low = bottom - cut * depth;
  const high = low - ARM * depth;
  const left = [curve.findIndex(([, y]) => y > high), curve.findIndex(([, y]) => y > low)];
  const right = [curve.findLastIndex(([, y]) => y > high), curve.findLastIndex(([, y]) => y > low)];
  if (left[0] >= left[1] || right[0] <= right[1]) return null;
  const tip = crossing(curve[left[0]], curve[left[1]], curve[right[0]], curve[right[1]]);
  if (!tip || tip[1] < bottom + CLEAR || tip[1] > bottom + LONGEST * width) return null;
  if (tip[0] <= curve[left[1]][0] || tip[0] >= curve[right[1]][0]) return null;
  return [...curve.slice(0, left[1] + 1), tip, ...curve.slice(right[1])];
}

/** Where the way from a through b meets that from c through d. */
function crossing(a: Vec, b: Vec, c: Vec, d: Vec): Vec | null {
  const along = subtract(b, a);
  const other = subtract(d, c);
  const turn = along[0] * other[1] - along[1] * other[0];
  if (Math.abs(turn) < 1e-6) return null;
  const gap = subtract(c, a);
  return add(a, scale(along, (gap[0] * other[1] - gap[1] * other[0]) / turn));
}

/** The votes of the pixels between a curve and a deeper one, in sum and on average. */
function votesBetween(
  curve: readonly Vec[],
  deeper: readonly Vec[],
  votes: readonly number[],
  window: NeckWindow,
): { readonly sum: number; readonly mean: number } {
  let sum = 0;
  let count = 0;
  for (let x = Math.ceil(curve[0][0]); x < curve[curve.length - 1][0]; x++) {
    const end = upperAt(deeper, x)[1];
    for (let y = upperAt(curve, x)[1] + CLEAR; y < end; y++) {
      sum += votes[window.cloth.kinds[indexAt(window, x, y)]] ?? 0;
      count++;
    }
  }
  return { sum, mean: sum / Math.max(1, count) };
}
