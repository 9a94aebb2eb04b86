import type { Vec } from '../../geometry/vector.ts';
import type { Neckline } from '../garment.ts';
import { upperAt } from './neck-curves.ts';

export const lowestOf = (curve: readonly Vec[]): number =>
  curve.reduce((most, [, y]) => Math.max(most, y), -Infinity);

/** A neckline of this curve, named by its form. */
export function describe(curve: readonly Vec[], confidence: number): Neckline {
  const left = curve[0];
  const right = curve[curve.length - 1];
  const width = right[0] - left[0];
  const level = (left[1] + right[1]) / 2;
  const depth = Math.max(0, lowestOf(curve) - level);
  return { curve, shape: nameOf(depth / width, fillOf(curve, level)), depth, confidence };
}

/** Share of the box about an opening that Vs, arms bulging or not, and square ones fill. */
const V_FILLS = 0.63;
const SQUARE_FILLS = 0.87;

function nameOf(depth: number, filled: number): Neckline['shape'] {
  if (depth < 0.1) return 'high';
  if (filled < V_FILLS && depth > 0.35) return 'v';
  return filled > SQUARE_FILLS ? 'square' : 'round';
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
