import { labPlanes } from '../../pixels/colour.ts';
import { createPlane, type Plane, type RgbImage } from '../../pixels/image.ts';
import { clamp, median } from '../../pixels/scalar.ts';
import { soften } from '../../pixels/soften.ts';

/** Shading wider than this, in shoulder widths, is the light of the photo; folds are narrower. */
const BROAD = 0.24;
/** How much of the broad shading is taken out: the new wearer's light is laid on afterwards. */
const SHARE = 0.55;
/** Colours within this distance, in Lab units without lightness, are the plain cloth. */
const SAME_CLOTH = 14;

/**
 * Takes out part of the broad light and shade that the first wearer's body and room laid on the cloth. Only the plain
 * cloth says what is shade, so that a print is not mistaken for it.
 */
export function evenLight(image: RgbImage, matte: Plane, unit: number): RgbImage {
  const [lightness, a, b] = labPlanes(image);
  const inside: number[] = [];
  for (let i = 0; i < matte.data.length; i += 5) if (matte.data[i] > 0.97) inside.push(i);
  if (inside.length < 100) return image;
  const of = (plane: Plane): number => median(inside.map((i) => plane.data[i]));
  const [usualL, usualA, usualB] = [of(lightness), of(a), of(b)];
  const weight = createPlane(image.width, image.height);
  const weighted = createPlane(image.width, image.height);
  let plain = 0;
  for (let i = 0; i < weight.data.length; i++) {
    if (matte.data[i] < 0.97) continue;
    const away = Math.hypot(a.data[i] - usualA, b.data[i] - usualB);
    if (away > SAME_CLOTH || Math.abs(lightness.data[i] - usualL) > 30) continue;
    weight.data[i] = 1;
    weighted.data[i] = lightness.data[i] + 4;
    plain++;
  }
  if (plain < 0.3 * 5 * inside.length) return image;
  const cover = soften(weight, BROAD * unit);
  const sum = soften(weighted, BROAD * unit);
  const data = Uint8Array.from(image.data);
  for (let i = 0; i < weight.data.length; i++) {
    if (matte.data[i] === 0 || cover.data[i] < 0.02) continue;
    const gain = clamp((((usualL + 4) * cover.data[i]) / sum.data[i]) ** SHARE, 0.85, 1.25);
    for (let c = 0; c < 3; c++) {
      data[3 * i + c] = clamp(Math.round(image.data[3 * i + c] * gain), 0, 255);
    }
  }
  return { ...image, data };
}
