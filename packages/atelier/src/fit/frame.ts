import type { PersonReading } from '../perceive/person.ts';
import { clamp } from '../pixels/scalar.ts';

/** A rectangle in shares of the picture's width and height. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const wholeFrame: Frame = { left: 0, top: 0, width: 1, height: 1 };

/** A ratio counts as met within this share. */
const TOLERANCE = 0.02;

/**
 * The largest part of a picture at another ratio (width to height) that keeps `needed`, centred on it.
 *
 * @param own ratio of the picture itself
 * @returns null when the picture would have to be extended, because `needed` does not fit
 */
export function frameAt(ratio: number, own: number, needed: Frame): Frame | null {
  if (Math.abs(own / ratio - 1) <= TOLERANCE) return wholeFrame;
  const width = Math.min(1, ratio / own);
  const height = Math.min(1, own / ratio);
  if (needed.width > width || needed.height > height) return null;
  return {
    left: clamp(needed.left + (needed.width - width) / 2, 0, 1 - width),
    top: clamp(needed.top + (needed.height - height) / 2, 0, 1 - height),
    width,
    height,
  };
}

/** What a picture of a dressed person must show: the whole width of the person, from the hair to below a top's hem. */
export function neededOf(person: PersonReading): Frame {
  const { width, height, data } = person.matte;
  const { shoulderMiddle, hipMiddle } = person.pose;
  const trunk = hipMiddle[1] - shoulderMiddle[1];
  const bottom = clamp(Math.ceil(hipMiddle[1] + 0.4 * trunk), 1, height);
  let left = width;
  let right = 0;
  let top = height;
  for (let y = 0; y < bottom; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] < 0.5) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
    }
  }
  if (right <= left) return wholeFrame;
  return {
    left: left / width,
    top: top / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
  };
}
