import type { Plane } from '../src/pixels/image.ts';

/** Intersection over union of two soft shapes, 0 to 1. */
export function overlap(a: Plane, b: Plane): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.data.length; i++) {
    both += Math.min(a.data[i], b.data[i]);
    either += Math.max(a.data[i], b.data[i]);
  }
  return both / either;
}
