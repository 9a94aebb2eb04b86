import { distance, type Vec } from '../../geometry/vector.ts';
import { clamp } from '../../pixels/scalar.ts';
import type { Extent } from './armpits.ts';
import { cornerAt, type HalfOutline } from './half-outline.ts';

/** Landmarks of one half as indices into its outline, in order from the axis at the top. */
export interface ShoulderMarks {
  readonly neck: number;
  readonly tip: number;
  readonly armpit: number;
}

/** Neck point and shoulder tip of a half with a sleeve whose armpit is known. */
export function sleevedShoulder(half: HalfOutline, armpit: number, extent: Extent): ShoulderMarks {
  const [armpitX, armpitY] = half.points[armpit];
  const reach = 0.06 * extent.height;
  const tip = argMax(half.points, 1, armpit, ([x, y], i) => {
    if (y > armpitY - 0.04 * extent.height || x < 0.5 * armpitX || x > 1.1 * armpitX) return null;
    const corner = cornerAt(half, i, reach);
    const bend = corner.convex ? clamp((180 - corner.angle) / 45, 0, 1) : 0;
    const off = (x - 0.92 * armpitX) / (0.15 * armpitX);
    return bend - 0.5 * off * off - (y - extent.top) / extent.height;
  });
  const seam = tip ?? firstBeyond(half.points, 0.9 * armpitX);
  return { neck: neckIndex(half, seam, extent), tip: seam, armpit };
}

/**
 * Neck point, strap end and lower end of the armhole of a half without a sleeve. `width` is half the garment's width
 * at the chest.
 */
export function sleevelessShoulder(
  half: HalfOutline,
  width: number,
  extent: Extent,
): ShoulderMarks {
  const { points } = half;
  const reach = 0.16 * width;
  const armpit =
    argMax(points, 1, points.length - 1, ([x, y], i) => {
      const depth = (y - extent.top) / width;
      if (depth < 0.3 || depth > 1.7 || x < 0.45 * width) return null;
      const corner = cornerAt(half, i, reach);
      const bend = corner.convex ? clamp((180 - corner.angle) / 50, 0, 1) : -0.3;
      return bend + (0.9 * x) / width - 0.35 * Math.abs(depth - 0.8) - 0.1 * depth;
    }) ?? firstBelow(points, extent.top + 0.8 * width);
  const tip =
    argMax(points, 1, armpit, ([x, y], i) => {
      if (y > points[armpit][1] - 0.15 * width || x < 0.12 * width) return null;
      const corner = cornerAt(half, i, 0.5 * reach);
      const bend = corner.convex ? clamp((180 - corner.angle) / 60, 0, 1) : 0;
      return (0.75 * x - (y - extent.top)) / width + 0.35 * bend;
    }) ?? Math.floor(armpit / 2);
  return { neck: neckIndex(half, tip, extent), tip, armpit };
}

/**
 * Where neckline and shoulder meet: a corner of the upper edge that is high for a shoulder's usual slope. Where the
 * upper edge dips in the middle (a strap, no inner back) it is the inner end of the strap.
 */
function neckIndex(half: HalfOutline, tip: number, extent: Extent): number {
  const { points } = half;
  const width = points[tip][0];
  const crest = points.slice(0, tip + 1).reduce((high, [, y]) => Math.min(high, y), Infinity);
  const dip = (points[0][1] - crest) / width;
  const slope = dip > 0.35 ? -0.12 : 0.2;
  const lift = ([x, y]: Vec): number => (slope * x - y) / width;
  const highest = points.slice(0, tip + 1).reduce((most, p) => Math.max(most, lift(p)), -Infinity);
  return (
    argMax(points, 1, tip, (p, i) => {
      const share = p[0] / width;
      if (share < 0.1 || share > 0.94) return null;
      const corner = cornerAt(half, i, 0.025 * extent.height);
      const bend = clamp((180 - corner.angle) / 40, 0, 1);
      const usual = dip > 0.35 ? 0 : 0.5 * ((share - 0.45) / 0.24) ** 2;
      return 0.5 * bend - usual - Math.min(2, (highest - lift(p)) / 0.05);
    }) ?? Math.max(1, Math.floor(tip * 0.45))
  );
}

/** Index in [from, to) with the greatest score; null scores do not count. */
export function argMax(
  points: readonly Vec[],
  from: number,
  to: number,
  score: (point: Vec, index: number) => number | null,
): number | null {
  let best: number | null = null;
  let most = -Infinity;
  for (let i = from; i < to; i++) {
    const value = score(points[i], i);
    if (value !== null && value > most) {
      most = value;
      best = i;
    }
  }
  return best;
}

const firstBeyond = (points: readonly Vec[], x: number): number =>
  Math.max(
    1,
    points.findIndex((p) => p[0] >= x),
  );

const firstBelow = (points: readonly Vec[], y: number): number =>
  Math.max(
    2,
    points.findIndex((p, i) => i > 0 && p[1] >= y && distance(p, points[0]) > 0),
  );
