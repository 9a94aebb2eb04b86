import sharp from '@toile/memory/sharp';
import type { RgbImage } from './image.ts';
import { adopt } from '@toile/memory';

/** Resamples with Lanczos-3 (libvips): for pictures that people will look at; perception uses `resizeRgb`. */
export async function resizeFine(
  image: RgbImage,
  width: number,
  height: number,
): Promise<RgbImage> {
  if (image.width === width && image.height === height) return image;
  const data = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 3 },
  })
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer();
  adopt(data);
  return { width, height, data };
}

/** A copy whose longer side is at most `longest` pixels; the picture itself when it is no larger. */
export function withinSide(image: RgbImage, longest: number): Promise<RgbImage> {
  const factor = Math.min(1, longest / Math.max(image.width, image.height));
  return resizeFine(
    image,
    Math.max(1, Math.round(image.width * factor)),
    Math.max(1, Math.round(image.height * factor)),
  );
}
