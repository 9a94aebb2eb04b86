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

/** The place along a segment nearest to a point, 0 at `from` and 1 at `to`. */
export function alongSegment(point: Vec, from: Vec, to: Vec): number {
  const x = to[0] - from[0];
  const y = to[1] - from[1];
  const product = (point[0] - from[0]) * x + (point[1] - from[1]) * y;
  return clamp(product / (x * x + y * y || 1e-9), 0, 1);
}

/** Distance from a point to the place `along` a segment. */
export function distanceToPlace(point: Vec, from: Vec, to: Vec, along: number): number {
  const x = point[0] - from[0] - (to[0] - from[0]) * along;
  const y = point[1] - from[1] - (to[1] - from[1]) * along;
  return Math.sqrt(x * x + y * y);
}

/** Distance from a point to a segment, and the nearest place along it. What is asked of every pixel asks for the numbers one by one. */
export function toSegment(
  point: Vec,
  from: Vec,
  to: Vec,
): { readonly distance: number; readonly along: number } {
  const along = alongSegment(point, from, to);
  return { distance: distanceToPlace(point, from, to, along), along };
}
