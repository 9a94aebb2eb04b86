import type { Vec } from '../geometry/vector.ts';
import { createPlane, type Plane, type RgbImage } from '../pixels/image.ts';
import { floats } from '@toile/memory';
import { reduced } from './reduced.ts';

/** A square of a picture, possibly turned and possibly reaching over the border. */
export interface Region {
  readonly centre: Vec;
  /** Half the side, pixels. */
  readonly half: number;
  /** Clockwise turn of the square on the screen, radians. Default 0. */
  readonly angle?: number;
}

/** The square around the whole picture. */
export const wholeOf = (image: { readonly width: number; readonly height: number }): Region => ({
  centre: [image.width / 2, image.height / 2],
  half: Math.max(image.width, image.height) / 2,
});

/** The same square in a copy of the picture that is `factor` times as large. */
export const scaleRegion = (region: Region, factor: number): Region => ({
  ...region,
  centre: [region.centre[0] * factor, region.centre[1] * factor],
  half: region.half * factor,
});

/** Place in the picture of a place in the region, the latter in 0..1 from the region's top left corner. */
export function fromRegion(region: Region, u: number, v: number): Vec {
  const angle = region.angle ?? 0;
  const x = (u - 0.5) * 2 * region.half;
  const y = (v - 0.5) * 2 * region.half;
  return [
    region.centre[0] + x * Math.cos(angle) - y * Math.sin(angle),
    region.centre[1] + x * Math.sin(angle) + y * Math.cos(angle),
  ];
}

/** Colours 0..1 of a region resampled to `size` pixels a side, interleaved; black outside the picture. */
export function sampleRegion(image: RgbImage, region: Region, size: number): Float32Array {
  const step = (2 * region.half) / size;
  const source = reduced(image, Math.max(1, step));
  const scaleX = source.width / image.width;
  const scaleY = source.height / image.height;
  const result = floats(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [px, py] = fromRegion(region, (x + 0.5) / size, (y + 0.5) / size);
      readColour(source, px * scaleX - 0.5, py * scaleY - 0.5, result, (y * size + x) * 3);
    }
  }
  return result;
}

function readColour(
  image: RgbImage,
  x: number,
  y: number,
  target: Float32Array,
  offset: number,
): void {
  const { width, height, data } = image;
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < -1 || top < -1 || left >= width || top >= height) return;
  const across = x - left;
  const down = y - top;
  const x0 = Math.max(0, left);
  const x1 = Math.min(width - 1, left + 1);
  const y0 = Math.max(0, top);
  const y1 = Math.min(height - 1, top + 1);
  for (let c = 0; c < 3; c++) {
    const above =
      data[(y0 * width + x0) * 3 + c] * (1 - across) + data[(y0 * width + x1) * 3 + c] * across;
    const below =
      data[(y1 * width + x0) * 3 + c] * (1 - across) + data[(y1 * width + x1) * 3 + c] * across;
    target[offset + c] = (above + (below - above) * down) / 255;
  }
}

/** Lays a square result of `size` pixels a side back over a picture, bilinear; `outside` where the region does not reach. */
export function layRegion(
  values: Float32Array,
  size: number,
  region: Region,
  picture: { readonly width: number; readonly height: number },
  outside: number,
): Plane {
  const plane = createPlane(picture.width, picture.height);
  const angle = region.angle ?? 0;
  const scale = size / (2 * region.half);
  const cos = Math.cos(angle) * scale;
  const sin = Math.sin(angle) * scale;
  for (let y = 0; y < picture.height; y++) {
    const dy = y + 0.5 - region.centre[1];
    for (let x = 0; x < picture.width; x++) {
      const dx = x + 0.5 - region.centre[0];
      const u = dx * cos + dy * sin + size / 2 - 0.5;
      const v = -dx * sin + dy * cos + size / 2 - 0.5;
      const i = y * picture.width + x;
      if (u < -0.5 || v < -0.5 || u > size - 0.5 || v > size - 0.5) plane.data[i] = outside;
      else plane.data[i] = bilinear(values, size, u, v);
    }
  }
  return plane;
}

function bilinear(values: Float32Array, size: number, u: number, v: number): number {
  const x = Math.min(size - 1, Math.max(0, u));
  const y = Math.min(size - 1, Math.max(0, v));
  const left = Math.min(size - 2, Math.floor(x));
  const top = Math.min(size - 2, Math.floor(y));
  const across = x - left;
  const i = top * size + left;
  const above = values[i] * (1 - across) + values[i + 1] * across;
  const below = values[i + size] * (1 - across) + values[i + size + 1] * across;
  return above + (below - above) * (y - top);
}
