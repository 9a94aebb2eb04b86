import { clamp } from '../pixels/scalar.ts';

/** A point or a direction in pixels: x to the right, y down. */
export type Vec = readonly [x: number, y: number];

export const add = (a: Vec, b: Vec, scale = 1): Vec => [a[0] + b[0] * scale, a[1] + b[1] * scale];
export const subtract = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1]];
export const mix = (a: Vec, b: Vec, share: number): Vec => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
];
export const scale = (a: Vec, factor: number): Vec => [a[0] * factor, a[1] * factor];
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1];
// Math.hypot guards against overflow, which no picture reaches, at many times the price.
export const length = (a: Vec): number => Math.sqrt(a[0] * a[0] + a[1] * a[1]);
export const distance = (a: Vec, b: Vec): number => {
  const x = a[0] - b[0];
  const y = a[1] - b[1];
  return Math.sqrt(x * x + y * y);
};
/** A quarter turn clockwise on the screen. */
export const perpendicular = (a: Vec): Vec => [-a[1], a[0]];

export function normalize(a: Vec): Vec {
  const l = length(a) || 1;
  return [a[0] / l, a[1] / l];
}

/** Distance from a point to a segment, and the nearest place along it, 0 at `from` and 1 at `to`. */
export function toSegment(
  point: Vec,
  from: Vec,
  to: Vec,
): { readonly distance: number; readonly along: number } {
  const vx = to[0] - from[0];
  const vy = to[1] - from[1];
  const along = clamp(
    ((point[0] - from[0]) * vx + (point[1] - from[1]) * vy) / (vx * vx + vy * vy || 1e-9),
    0,
    1,
  );
  const x = point[0] - from[0] - vx * along;
  const y = point[1] - from[1] - vy * along;
  return { distance: Math.sqrt(x * x + y * y), along };
}
