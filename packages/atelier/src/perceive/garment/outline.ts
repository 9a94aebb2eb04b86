import type { Vec } from '../../geometry/vector.ts';
import { blur } from '../../pixels/box-filter.ts';
import type { Plane } from '../../pixels/image.ts';
import type { Side } from '../person.ts';
import { outline } from './contour.ts';
import { type HalfOutline, halves } from './half-outline.ts';
import type { Upright } from './upright.ts';

/** Where the outline's highest point is, and how tall it is from there, pixels. */
export interface Extent {
  readonly top: number;
  readonly height: number;
}

/** The outline, split and turned upright: what landmarks and kind are read from. */
export interface GarmentOutline {
  readonly frame: Upright;
  readonly points: readonly Vec[];
  readonly halves: Readonly<Record<Side, HalfOutline>>;
  readonly extent: Extent;
}

/** Null when the share has no outline that its own axis crosses. */
export function readOutline(matte: Plane, frame: Upright): GarmentOutline | null {
  const points = outline(blur(matte, 1)).map((p) => frame.toUpright(p));
  if (points.length < 40) return null;
  const split = halves(points);
  if (!split) return null;
  const ys = points.map(([, y]) => y);
  const top = ys.reduce((a, b) => Math.min(a, b), Infinity);
  const bottom = ys.reduce((a, b) => Math.max(a, b), -Infinity);
  return { frame, points, halves: split, extent: { top, height: bottom - top } };
}
