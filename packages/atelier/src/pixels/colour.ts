import { createPlane, type Plane, type RgbImage } from './image.ts';

/** CIELAB under D65: lightness 0 to 100, a and b about -128 to 127. */
export type Lab = readonly [lightness: number, a: number, b: number];

/** sRGB byte to linear light 0..1 (IEC 61966-2-1). */
export const LINEAR: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => {
  const v = byte / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

const CUBE_ROOT_STEPS = 4096;
/** The CIE f function over 0..1.1, tabulated: three cube roots a pixel are most of the price of Lab. */
const CIE_F = Float32Array.from({ length: CUBE_ROOT_STEPS + 2 }, (_, i) => {
  const t = (i / CUBE_ROOT_STEPS) * 1.1;
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
});

function cieF(t: number): number {
  const position = (t / 1.1) * CUBE_ROOT_STEPS;
  const index = Math.floor(position);
  return CIE_F[index] + (CIE_F[index + 1] - CIE_F[index]) * (position - index);
}

export function labOf(red: number, green: number, blue: number): Lab {
  const r = LINEAR[red];
  const g = LINEAR[green];
  const b = LINEAR[blue];
  const x = cieF((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = cieF(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = cieF((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

export function labPlanes(image: RgbImage): readonly [Plane, Plane, Plane] {
  const { width, height, data } = image;
  const lightness = createPlane(width, height);
  const a = createPlane(width, height);
  const b = createPlane(width, height);
  for (let i = 0, o = 0; i < lightness.data.length; i++, o += 3) {
    const r = LINEAR[data[o]];
    const g = LINEAR[data[o + 1]];
    const bl = LINEAR[data[o + 2]];
    const x = cieF((0.4124 * r + 0.3576 * g + 0.1805 * bl) / 0.9505);
    const y = cieF(0.2126 * r + 0.7152 * g + 0.0722 * bl);
    const z = cieF((0.0193 * r + 0.1192 * g + 0.9505 * bl) / 1.089);
    lightness.data[i] = 116 * y - 16;
    a.data[i] = 500 * (x - y);
    b.data[i] = 200 * (y - z);
  }
  return [lightness, a, b];
}
