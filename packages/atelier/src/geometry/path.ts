import { clamp } from '../pixels/scalar.ts';
import { distance, mix, type Vec } from './vector.ts';

/** Length of a path of straight pieces. */
export function pathLength(path: readonly Vec[]): number {
  let sum = 0;
  for (let k = 1; k < path.length; k++) sum += distance(path[k - 1], path[k]);
  return sum;
}

/** The point at a length from the path's beginning, held to its ends. */
export function pointAlong(path: readonly Vec[], run: number): Vec {
  let left = run;
  for (let k = 1; k < path.length; k++) {
    const piece = distance(path[k - 1], path[k]);
    if (left <= piece) return mix(path[k - 1], path[k], piece > 0 ? clamp(left / piece, 0, 1) : 0);
    left -= piece;
  }
  return path[path.length - 1];
}
