import { normalize, subtract, type Vec } from '../../geometry/vector.ts';
import type { Side } from '../person.ts';
import { pathLength, resample } from './contour.ts';

/**
 * One half of a garment's outline, from the axis at the top outwards and down to the axis at the bottom. Both halves
 * are seen as if they were the right one: x is the distance from the axis outwards, y is down, so that one reading
 * of shoulders, sleeves and hem serves both.
 */
export interface HalfOutline {
  readonly points: readonly Vec[];
  /** Distance of neighbouring points, pixels. */
  readonly step: number;
}

const POINTS = 900;

/** Splits an upright, clockwise outline at the axis (x = 0). Null when it does not cross the axis twice. */
export function halves(outline: readonly Vec[]): Readonly<Record<Side, HalfOutline>> | null {
  const crossings: { readonly index: number; readonly y: number }[] = [];
  for (let i = 0; i < outline.length; i++) {
    const next = outline[(i + 1) % outline.length];
    if (outline[i][0] < 0 !== next[0] < 0) crossings.push({ index: i, y: outline[i][1] });
  }
  if (crossings.length < 2) return null;
  const top = crossings.reduce((a, b) => (b.y < a.y ? b : a));
  const bottom = crossings.reduce((a, b) => (b.y > a.y ? b : a));
  const right = stretch(outline, top.index + 1, bottom.index);
  const left = stretch(outline, bottom.index + 1, top.index)
    .toReversed()
    .map(([x, y]): Vec => [-x, y]);
  if (right.length < 8 || left.length < 8) return null;
  return { left: half(left), right: half(right) };
}

function stretch(outline: readonly Vec[], from: number, to: number): Vec[] {
  const size = outline.length;
  const count = (((to - from) % size) + size) % size;
  return Array.from({ length: count + 1 }, (_, k) => outline[(from + k) % size]);
}

const half = (points: readonly Vec[]): HalfOutline => ({
  points: resample(points, POINTS),
  step: pathLength(points) / (POINTS - 1),
});

/** How an outline turns at a point, seen over arms of `reach` pixels. */
export interface Corner {
  /** Angle between the arms, degrees: 180 is straight. */
  readonly angle: number;
  /** Convex corners stick out of the garment; concave ones (armpits) cut into it. */
  readonly convex: boolean;
  /** Direction that halves the angle between the arms. */
  readonly bisector: Vec;
}

export function cornerAt({ points, step }: HalfOutline, index: number, reach: number): Corner {
  const arm = Math.max(1, Math.round(reach / step));
  const here = points[index];
  const before = normalize(subtract(points[Math.max(0, index - arm)], here));
  const after = normalize(subtract(points[Math.min(points.length - 1, index + arm)], here));
  const cosine = before[0] * after[0] + before[1] * after[1];
  const cross = before[0] * after[1] - before[1] * after[0];
  return {
    angle: (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI,
    convex: cross < 0,
    bisector: normalize([before[0] + after[0], before[1] + after[1]]),
  };
}
