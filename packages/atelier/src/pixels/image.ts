import { bytes, copyFloats, floats } from '@toile/memory';

/** Interleaved 8-bit sRGB pixels, three channels, row-major from the top left. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One float a pixel, row-major. What the numbers mean is said where a plane is named; shares run 0 to 1. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** One byte a pixel: 0 outside, 1 inside. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export const createPlane = (width: number, height: number): Plane => ({
  width,
  height,
  data: floats(width * height),
});

export const createMask = (width: number, height: number): Mask => ({
  width,
  height,
  data: bytes(width * height),
});

/** Three planes of red, green and blue, 0 to 1, still gamma-encoded sRGB. */
export function toPlanes(image: RgbImage): readonly [Plane, Plane, Plane] {
  const { width, height, data } = image;
  const red = createPlane(width, height);
  const green = createPlane(width, height);
  const blue = createPlane(width, height);
  for (let i = 0, o = 0; i < red.data.length; i++, o += 3) {
    red.data[i] = data[o] / 255;
    green.data[i] = data[o + 1] / 255;
    blue.data[i] = data[o + 2] / 255;
  }
  return [red, green, blue];
}

/** One minus each share. */
export function complement({ width, height, data }: Plane): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < data.length; i++) plane.data[i] = 1 - data[i];
  return plane;
}

/** The mask of a plane's pixels at or above `level`. */
export function threshold(plane: Plane, level: number): Mask {
  const mask = createMask(plane.width, plane.height);
  for (let i = 0; i < mask.data.length; i++) mask.data[i] = plane.data[i] >= level ? 1 : 0;
  return mask;
}

export function maskToPlane(mask: Mask): Plane {
  return { width: mask.width, height: mask.height, data: copyFloats(mask.data) };
}
