import type { RgbImage } from '../pixels/image.ts';
import { resizeRgb } from '../pixels/resize.ts';

const copies = new WeakMap<RgbImage, Map<number, RgbImage>>();

/**
 * The picture made smaller by at most `shrink` (1 or more), in half-octave steps. Several nets look at one picture at
 * about one size, so copies are kept as long as the picture is.
 */
export function reduced(image: RgbImage, shrink: number): RgbImage {
  const step = Math.max(0, Math.floor(2 * Math.log2(shrink)));
  if (step === 0) return image;
  let kept = copies.get(image);
  if (!kept) copies.set(image, (kept = new Map()));
  let copy = kept.get(step);
  if (!copy) {
    const factor = 2 ** (step / 2);
    // A copy twice as large serves as well as the picture itself, and costs a fraction.
    const source = step > 3 ? reduced(image, 2 ** (step / 2 - 1)) : image;
    copy = resizeRgb(
      source,
      Math.max(2, Math.round(image.width / factor)),
      Math.max(2, Math.round(image.height / factor)),
    );
    kept.set(step, copy);
  }
  return copy;
}
