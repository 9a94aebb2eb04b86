import type { Plane } from '../../pixels/image.ts';
import { integers } from '@toile/memory';

const LEVELS = 256;

/**
 * Marker-controlled watershed (Meyer, 1994): grows the markers (non-zero labels) over the unlabelled pixels, lowest
 * relief first, so that growths meet on the ridges. `top` is the relief of the highest of 256 levels.
 * The labels are completed in place.
 */
export function watershed(labels: Uint8Array, relief: Plane, top: number): void {
  const { width, height, data } = relief;
  const size = width * height;
  const level = (i: number): number =>
    Math.min(LEVELS - 1, Math.max(0, Math.floor((data[i] / top) * LEVELS)));
  const heads = new Int32Array(LEVELS).fill(-1);
  const tails = new Int32Array(LEVELS).fill(-1);
  const next = integers(size).fill(-1);
  const push = (i: number, at: number): void => {
    if (tails[at] < 0) heads[at] = i;
    else next[tails[at]] = i;
    tails[at] = i;
    next[i] = -1;
  };
  const grow = (from: number, into: number, now: number): void => {
    if (labels[into] !== 0) return;
    labels[into] = labels[from];
    push(into, Math.max(now, level(into)));
  };
  const spread = (i: number, now: number): void => {
    const x = i % width;
    if (x > 0) grow(i, i - 1, now);
    if (x < width - 1) grow(i, i + 1, now);
    if (i >= width) grow(i, i - width, now);
    if (i < size - width) grow(i, i + width, now);
  };
  for (let i = 0; i < size; i++) if (labels[i] !== 0) push(i, level(i));
  for (let now = 0; now < LEVELS; now++) {
    while (heads[now] >= 0) {
      const i = heads[now];
      heads[now] = next[i];
      if (heads[now] < 0) tails[now] = -1;
      spread(i, now);
    }
  }
}
