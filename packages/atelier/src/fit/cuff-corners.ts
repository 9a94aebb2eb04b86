import { distance, mix, type Vec } from '../geometry/vector.ts';
import type { GarmentSide, Sleeve } from '../perceive/garment.ts';
import type { Mask } from '../pixels/image.ts';

/**
 * The two ends of a short sleeve's cuff: of all pairs of corners of the sleeve's convex hull the one that, with
 * shoulder tip and armpit, spans the largest piece while its middle stays near the end of the sleeve's axis.
 */
export function cuffCorners(
  source: GarmentSide,
  sleeve: Sleeve,
  piece: Mask,
): { readonly outer: Vec; readonly inner: Vec } {
  const { shoulderTip, armpit } = source;
  const end = sleeve.axis[sleeve.axis.length - 1];
  const slack = 0.45 * Math.max(10, distance(mix(shoulderTip, armpit, 0.5), end));
  const corners = thin(convexHull(outlinePoints(piece)), 48);
  let best = { outer: end, inner: end, score: 0 };
  for (const outer of corners) {
    for (const inner of corners) {
      const area = quadrilateral(shoulderTip, outer, inner, armpit);
      if (crosses(shoulderTip, outer, inner, armpit)) continue;
      const off = distance(mix(outer, inner, 0.5), end) / slack;
      const score = Math.abs(area) * Math.exp(-off * off);
      if (score > best.score) best = { outer, inner, score };
    }
  }
  return best;
}

/** Twice the signed area of a, b, c, d. */
const quadrilateral = (a: Vec, b: Vec, c: Vec, d: Vec): number =>
  (a[0] - c[0]) * (b[1] - d[1]) - (b[0] - d[0]) * (a[1] - c[1]);

const turn = (a: Vec, b: Vec, c: Vec): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Whether the outline tip, outer, inner, armpit crosses itself. */
const crosses = (tip: Vec, outer: Vec, inner: Vec, armpit: Vec): boolean =>
  turn(tip, outer, armpit) * turn(outer, inner, armpit) < 0;

/** First and last pixel of each row: enough for a convex hull. */
function outlinePoints(piece: Mask): Vec[] {
  const points: Vec[] = [];
  for (let y = 0; y < piece.height; y++) {
    const row = piece.data.subarray(y * piece.width, (y + 1) * piece.width);
    const first = row.indexOf(1);
    if (first >= 0) points.push([first, y], [row.lastIndexOf(1), y]);
  }
  return points;
}

/** Andrew's monotone chain (1979). */
function convexHull(points: readonly Vec[]): Vec[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (list: readonly Vec[]): Vec[] => {
    const hull: Vec[] = [];
    for (const point of list) {
      while (hull.length >= 2 && turn(hull[hull.length - 2], hull[hull.length - 1], point) <= 0)
        hull.pop();
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

const thin = (points: readonly Vec[], most: number): Vec[] => {
  const stride = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, k) => k % stride === 0);
};
