import type { Vec } from '../../geometry/vector.ts';
import type { Neckline } from '../garment.ts';
import { upperAt } from './neck-curves.ts';

export const lowestOf = (curve: readonly Vec[]): number =>
  curve.reduce((most, [, y]) => Math.max(most, y), -Infinity);

/** A neckline of this curve, named by its form. */
export function describe(curve: readonly Vec[], confidence: number): Neckline {
  const left = curve[0];
  const right = curve[curve.length - 1];
  const level = (left[1] + right[1]) / 2;
  const depth = Math.max(0, lowestOf(curve) - level);
  return { curve, shape: nameOf(curve, level), depth, confidence };
}

/** Share of the box about an opening that square ones fill. */
const SQUARE_FILLS = 0.87;
/** Shallower ones, over their width, are not told apart; those that rise from their lowest point so steeply are Vs. */
const NOTICEABLE = 0.35;
const V_RISES = 0.42;
/** Where the rise is taken, to each side of the lowest point, over the width. */
const BESIDE = 0.1;

function nameOf(curve: readonly Vec[], level: number): Neckline['shape'] {
  const left = curve[0][0];
  const width = curve[curve.length - 1][0] - left;
  const lowest = curve.reduce((low, p) => (p[1] > low[1] ? p : low));
  const depth = (lowest[1] - level) / width;
  if (depth < 0.1) return 'high';
  const besides = [-BESIDE, BESIDE].map((side) => upperAt(curve, lowest[0] + side * width)[1]);
  const rise = (lowest[1] - (besides[0] + besides[1]) / 2) / (BESIDE * width);
  if (depth > NOTICEABLE && rise > V_RISES) return 'v';
  return fillOf(curve, level) > SQUARE_FILLS ? 'square' : 'round';
}

/** Share of the box about an opening that lies above its curve. */
function fillOf(curve: readonly Vec[], level: number): number {
  let area = 0;
  for (let i = 1; i < curve.length; i++) {
    area += (curve[i][0] - curve[i - 1][0]) * ((curve[i][1] + curve[i - 1][1]) / 2 - level);
  }
  const width = curve[curve.length - 1][0] - curve[0][0];
  return area / (width * Math.max(1, lowestOf(curve) - level));
}

/** How far out and down a collar's edge is followed from the neck point, over the neck's width. */
const COLLAR_REACH = 0.22;

/** A collar stands on the shoulders: from the neck points its edge falls steeply before the shoulder runs on flatly. */
export function hasCollar(upper: readonly Vec[], left: Vec, right: Vec): boolean {
  const width = right[0] - left[0];
  const reach = COLLAR_REACH * width;
  return [left, right].every(([x, y], side) => {
    const sign = side === 0 ? -1 : 1;
    const near = upperAt(upper, x + sign * 0.5 * reach)[1] - y;
    const far = upperAt(upper, x + sign * reach)[1] - y;
    const beyond = upperAt(upper, x + sign * 2 * reach)[1] - y - far;
    return near > 0.45 * reach && far > 0.85 * reach && beyond < 0.6 * far;
  });
}
