import { createPlane, type Plane, type RgbImage } from '../pixels/image.ts';
import { bytes, copyBytes } from '@toile/memory';
import type { Frame } from '../fit/frame.ts';
import type { Pixels } from './tasks.ts';

/** The picture on white, and its alpha where it has one that says something. */
export function flatten(pixels: Pixels): {
  readonly image: RgbImage;
  readonly alpha: Plane | null;
} {
  const { width, height } = pixels;
  if (pixels.channels === 3) return { image: { width, height, data: pixels.data }, alpha: null };
  const data = bytes(width * height * 3);
  const alpha = createPlane(width, height);
  let opaque = true;
  for (let i = 0; i < width * height; i++) {
    const share = pixels.data[4 * i + 3] / 255;
    alpha.data[i] = share;
    if (share < 0.996) opaque = false;
    for (let c = 0; c < 3; c++) {
      data[3 * i + c] = Math.round(pixels.data[4 * i + c] * share + 255 * (1 - share));
    }
  }
  return { image: { width, height, data }, alpha: opaque ? null : alpha };
}

/** Colours with an alpha channel. */
export function withAlpha(image: RgbImage, alpha: Plane): Pixels {
  const { width, height } = image;
  const data = bytes(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) data[4 * i + c] = image.data[3 * i + c];
    data[4 * i + 3] = Math.round(alpha.data[i] * 255);
  }
  return { width, height, channels: 4, data };
}

/** A copy to hand over: not every picture's own memory can be, such as that of libvips. */
export function apart({ width, height, data }: RgbImage): Pixels {
  return { width, height, channels: 3, data: copyBytes(data) };
}

/** The part of a picture within a frame. */
export function cut(image: RgbImage, frame: Frame): RgbImage {
  const width = Math.max(1, Math.round(image.width * frame.width));
  const height = Math.max(1, Math.round(image.height * frame.height));
  if (width === image.width && height === image.height) return image;
  const left = Math.min(Math.round(image.width * frame.left), image.width - width);
  const top = Math.min(Math.round(image.height * frame.top), image.height - height);
  const data = bytes(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * 3;
    data.set(image.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data };
}
