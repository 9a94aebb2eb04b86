import type { Nets } from '../../nets/open-nets.ts';
import type { Plane, RgbImage } from '../../pixels/image.ts';
import type { GarmentReading } from '../garment.ts';

/** Share of skin colours in the object below which nobody wears it. */
const LITTLE_SKIN = 0.015;
const FACE_POINTS = 5;
const LEAST_PERSON = 0.4;

/**
 * Tells a garment on its own from one that somebody wears. The people net is asked only where the object holds skin
 * colours; a person counts when it is sure of one and of a face or of the limbs.
 */
export async function readPhotoType(
  image: RgbImage,
  matte: Plane,
  nets: Pick<Nets, 'people'>,
): Promise<GarmentReading['photo']> {
  const skin = skinShare(image, matte);
  if (skin < LITTLE_SKIN) return { value: 'flat-lay', confidence: 0.97 };
  const found = await nets.people(image);
  const sure = found.map(({ score, points }) => {
    const face = mean(points.slice(0, FACE_POINTS).map((p) => p.confidence));
    const limbs = mean(points.slice(FACE_POINTS).map((p) => p.confidence));
    return score < LEAST_PERSON ? 0 : Math.max(face, limbs);
  });
  const best = Math.max(0, ...sure);
  return best > 0.35
    ? { value: 'worn', confidence: Math.min(0.98, 0.5 + best / 2) }
    : { value: 'flat-lay', confidence: 0.9 - best };
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** Share of the object within the chroma box of skin in YCbCr (Chai and Ngan, 1999, a little widened). */
function skinShare(image: RgbImage, matte: Plane): number {
  let inside = 0;
  let skin = 0;
  for (let i = 0; i < matte.data.length; i += 5) {
    if (matte.data[i] < 0.9) continue;
    const r = image.data[i * 3];
    const g = image.data[i * 3 + 1];
    const b = image.data[i * 3 + 2];
    const cb = 128 - 0.169 * r - 0.331 * g + 0.5 * b;
    const cr = 128 + 0.5 * r - 0.419 * g - 0.081 * b;
    inside++;
    if (cb > 77 && cb < 127 && cr > 133 && cr < 176) skin++;
  }
  return inside === 0 ? 0 : skin / inside;
}
