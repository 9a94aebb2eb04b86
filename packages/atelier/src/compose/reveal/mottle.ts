import { createPlane, type Plane } from '../../pixels/image.ts';
import { resizePlane } from '../../pixels/resize.ts';

/** Size of the patches of blood and melanin that skin is never free of, in shoulder widths, and their strength. */
const PATCHES = [
  { size: 0.16, strength: 0.016 },
  { size: 0.06, strength: 0.009 },
] as const;

/** The faint unevenness of skin over a few centimetres, as a smooth random field around 0 in log luminance. */
export function mottle(width: number, height: number, unit: number, random: () => number): Plane {
  const sum = createPlane(width, height);
  for (const { size, strength } of PATCHES) {
    const step = Math.max(2, size * unit);
    const coarse = createPlane(Math.ceil(width / step) + 1, Math.ceil(height / step) + 1);
    for (let i = 0; i < coarse.data.length; i++) {
      coarse.data[i] = strength * (random() + random() + random() - 1.5) * 2;
    }
    const field = resizePlane(coarse, width, height);
    for (let i = 0; i < sum.data.length; i++) sum.data[i] += field.data[i];
  }
  return sum;
}
