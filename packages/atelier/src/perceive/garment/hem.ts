import type { Vec } from '../../geometry/vector.ts';
import { clamp } from '../../pixels/scalar.ts';
import { cornerAt, type HalfOutline } from './half-outline.ts';
import { argMax } from './shoulders.ts';

/** Index of the hem's corner on a half: the lowest outer corner below the armpit. */
export function hemCorner(half: HalfOutline, armpit: number): number {
  const { points } = half;
  const last = points.length - 1;
  const body = points.slice(armpit);
  const lowest = body.reduce((most, [, y]) => Math.max(most, y), -Infinity);
  const widest = body.reduce((most, [x]) => Math.max(most, x), 1);
  const tall = Math.max(1, lowest - points[armpit][1]);
  const pull = ([x, y]: Vec): number => (0.5 * x) / widest + y / tall;
  const most = body.reduce((high, p) => Math.max(high, pull(p)), -Infinity);
  return (
    argMax(points, armpit + 1, last, (p, i) => {
      if (p[1] < lowest - 0.35 * tall) return null;
      const corner = cornerAt(half, i, 0.05 * tall);
      const bend = corner.convex ? clamp((180 - corner.angle) / 80, 0, 1) : 0;
      return bend - 12 * (most - pull(p));
    }) ?? Math.max(armpit + 1, last - 1)
  );
}
