import { distance, mix, type Vec } from '../../geometry/vector.ts';
import type { Nets } from '../../nets/open-nets.ts';
import type { FoundPerson } from '../../nets/people.ts';
import { labOf } from '../../pixels/colour.ts';
import type { Plane, RgbImage } from '../../pixels/image.ts';
import { median } from '../../pixels/scalar.ts';
import type { GarmentReading } from '../garment.ts';

/** Share of skin colours in the object below which nobody wears it. */
const LITTLE_SKIN = 0.015;
const LEAST_PERSON = 0.4;
/** Below this a person without a face counts where bare skin is seen only: dresses hang as people stand. */
const SURE_PERSON = 0.5;
/** Photos from the waist down are less surely of a person, and count where bare skin is seen at a joint. */
const LEAST_LEGS = 0.34;
const LEAST_BEST = 0.35;
/** Joints of arms and legs in the order of the net, and how sure one must be to be looked at. */
const JOINTS = [7, 8, 9, 10, 13, 14, 15, 16] as const;
const LEAST_JOINT = 0.15;
/** How far about a joint skin is looked for, in distances of the hips or shoulders. */
const ABOUT = 0.16;
/** Share of the object about a joint that is skin, and how many joints show it. */
const MOSTLY = 0.6;
const LEAST_BARE = 1;
/** Colours nearer than this in CIELAB are the same, and the most that a garment may hold of the skin's own. */
const ALIKE = 16;
const SAME = 0.12;

/**
 * Tells a garment on its own from one that somebody wears. The people net is asked only where the object holds skin
 * colours; a person counts when it is sure of one and of a face or of the limbs, a part of one when skin is seen as well.
 */
export async function readPhotoType(
  image: RgbImage,
  matte: Plane,
  nets: Pick<Nets, 'people'>,
): Promise<GarmentReading['photo']> {
  const skin = skinShare(image, matte);
  if (skin < LITTLE_SKIN) return { value: 'flat-lay', confidence: 0.97 };
  const found = await nets.people(image);
  const best = Math.max(0, ...found.map((person) => surenessOf(image, matte, person)));
  return best > LEAST_BEST
    ? { value: 'worn', confidence: Math.min(0.98, 0.5 + best / 2) }
    : { value: 'flat-lay', confidence: 0.9 - best };
}

/** How sure it is that somebody is there: by a face or the limbs, by bare arms, or by hips with hands or legs. */
function surenessOf(image: RgbImage, matte: Plane, person: FoundPerson): number {
  const { score, points } = person;
  const sure = (from: number, to: number): number =>
    mean(points.slice(from, to).map(({ confidence }) => confidence));
  const [face, limbs, arms] = [sure(0, 5), sure(5, 17), sure(5, 9)];
  const whole = score < LEAST_PERSON ? 0 : Math.max(face, limbs);
  if (whole > LEAST_BEST && score < SURE_PERSON && face < LEAST_BEST) {
    return showsSkin(image, matte, person) ? whole : 0;
  }
  if (whole > LEAST_BEST || score < LEAST_LEGS) return whole;
  const [wrists, hips, knees, ankles] = [sure(9, 11), sure(11, 13), sure(13, 15), sure(15, 17)];
  const legs = Math.min(hips, Math.max(wrists, knees, ankles) + 0.05);
  const part = Math.max(score < LEAST_PERSON ? 0 : arms, legs);
  return part > LEAST_BEST && showsSkin(image, matte, person) ? part : whole;
}

/** Whether bare skin, of a colour that the garment has not, is seen at joints of the arms or legs. */
function showsSkin(image: RgbImage, matte: Plane, { points }: FoundPerson): boolean {
  const apart = (one: number, other: number): number => distance(points[one].at, points[other].at);
  const reach = ABOUT * Math.max(apart(5, 6), apart(11, 12));
  const [first, second] = [5, 6, 11, 12]
    .map((joint) => points[joint])
    .toSorted((a, b) => b.confidence - a.confidence);
  const cloth = objectAbout(image, matte, mix(first.at, second.at, 0.5), 2 * reach);
  const bare = JOINTS.filter((joint) => {
    if (points[joint].confidence < LEAST_JOINT) return false;
    const object = objectAbout(image, matte, points[joint].at, reach);
    if (object.length < 8) return false;
    const channel = (c: number): number => median(object.map((i) => image.data[3 * i + c]));
    const usual = labOf(channel(0), channel(1), channel(2));
    const alike = (i: number): boolean => {
      const lab = labOf(image.data[3 * i], image.data[3 * i + 1], image.data[3 * i + 2]);
      return Math.hypot(...usual.map((value, c) => value - lab[c])) < ALIKE;
    };
    const skin = object.filter((i) => isSkin(image, i) && alike(i));
    return skin.length > MOSTLY * object.length && cloth.filter(alike).length < SAME * cloth.length;
  });
  return bare.length >= LEAST_BARE;
}

/** The object's pixels about a place, every other one. */
function objectAbout(
  { width, height }: RgbImage,
  matte: Plane,
  [x, y]: Vec,
  reach: number,
): number[] {
  const found: number[] = [];
  for (let row = Math.max(0, Math.round(y - reach)); row < Math.min(height, y + reach); row += 2) {
    for (let column = Math.round(x - reach); column < Math.min(width, x + reach); column += 2) {
      if (column >= 0 && matte.data[row * width + column] > 0.5) found.push(row * width + column);
    }
  }
  return found;
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** Share of the object that has colours of skin. */
function skinShare(image: RgbImage, matte: Plane): number {
  let inside = 0;
  let skin = 0;
  for (let i = 0; i < matte.data.length; i += 5) {
    if (matte.data[i] < 0.9) continue;
    inside++;
    if (isSkin(image, i)) skin++;
  }
  return inside === 0 ? 0 : skin / inside;
}

/** Whether a pixel lies within the chroma box of skin in YCbCr (Chai and Ngan, 1999, a little widened). */
function isSkin({ data }: RgbImage, i: number): boolean {
  const r = data[i * 3];
  const g = data[i * 3 + 1];
  const b = data[i * 3 + 2];
  const cb = 128 - 0.169 * r - 0.331 * g + 0.5 * b;
  const cr = 128 + 0.5 * r - 0.419 * g - 0.081 * b;
  return cb > 77 && cb < 127 && cr > 133 && cr < 176;
}
