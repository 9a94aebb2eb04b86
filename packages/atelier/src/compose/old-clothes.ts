import type { Arm } from '../fit/arm.ts';
import { alongSegment, distanceToPlace, type Vec } from '../geometry/vector.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { labOf } from '../pixels/colour.ts';
import { keepLarge } from '../pixels/components.ts';
import { createMask, type Mask, type Plane, type RgbImage, threshold } from '../pixels/image.ts';
import { smoothstep } from '../pixels/scalar.ts';
import { growRim, shrinkRim } from '../pixels/soften.ts';

/** What the clothes that come off are told by; planes and masks have the picture's size. */
export interface OldClothesView {
  readonly image: RgbImage;
  /** Where in the answer the picture and the planes begin. */
  readonly origin: Vec;
  readonly person: PersonReading;
  readonly limbs: Readonly<Record<Side, Arm>>;
  /** Answer pixels a pixel of the person's reading. */
  readonly zoom: number;
  /** Shoulder width in answer pixels. */
  readonly unit: number;
  /** Share of the clothes that come off, as parsed. */
  readonly garment: Plane;
  readonly matte: Plane;
  readonly skin: Plane;
  readonly arms: Plane;
}

/** The clothes that come off: without specks and without parts of hands, but with their contrasting bands. */
export function oldClothes(view: OldClothesView): Mask {
  const old = keepLarge(threshold(view.garment, 0.5), 0.02);
  const faint = faintCloth(view, old);
  const hands = handPixels(view);
  for (let i = 0; i < old.data.length; i++) {
    if (faint.data[i]) old.data[i] = 1;
    if (hands.data[i]) old.data[i] = 0;
  }
  // Bands are broad: thin lines are edges where skin mixes with what is behind it.
  const bands = growRim(shrinkRim(bandsBeside(view, old), 1), 3);
  for (let i = 0; i < old.data.length; i++) {
    if (bands.data[i] && !hands.data[i]) old.data[i] = 1;
  }
  return closeSlits(view, old);
}

/** How far around the clothes, in shoulder widths, what is faintly seen as cloth belongs to them. */
const FAINT = 0.06;

/** Cloth of nearly the backdrop's colour, of which only a small share is seen as person: all of that share is cloth. */
function faintCloth({ garment, matte, unit }: OldClothesView, old: Mask): Mask {
  const near = growRim(old, FAINT * unit);
  const faint = createMask(old.width, old.height);
  for (let i = 0; i < faint.data.length; i++) {
    const share = garment.data[i];
    faint.data[i] = near.data[i] && share > 0.08 && share > 0.7 * matte.data[i] ? 1 : 0;
  }
  return faint;
}

/** Half-width of slits between clothes that are clothes themselves, in shoulder widths: seams, shaded edges, specks. */
const SLIT = 0.02;

/** Closes thin slits of anything but limbs: what a few pixels of old cloth surround is old cloth. */
function closeSlits({ unit, skin }: OldClothesView, old: Mask): Mask {
  const reach = Math.max(2, SLIT * unit);
  const closed = shrinkRim(growRim(old, reach), reach);
  const bare = threshold(skin, 0.5);
  const limbs = growRim(shrinkRim(bare, reach), reach + 2);
  for (let i = 0; i < old.data.length; i++) {
    if (closed.data[i] && !(bare.data[i] && limbs.data[i])) old.data[i] = 1;
  }
  return old;
}

/** How surely a point of the person's reading lies on a hand: beyond the wrist, near the line to the fingertips. */
export function onHand(limbs: Readonly<Record<Side, Arm>>, unit: number, point: Vec): number {
  return Math.max(onHandOf(limbs.left, unit, point), onHandOf(limbs.right, unit, point));
}

function onHandOf({ joints }: Arm, unit: number, point: Vec): number {
  const [, , wrist, knuckles] = joints;
  const x = knuckles[0] - wrist[0];
  const y = knuckles[1] - wrist[1];
  const beyond = ((point[0] - wrist[0]) * x + (point[1] - wrist[1]) * y) / (x * x + y * y || 1);
  const surely = smoothstep(0.1, 0.3, beyond);
  if (surely === 0) return 0;
  const fingers: Vec = [knuckles[0] + x * 0.8, knuckles[1] + y * 0.8];
  const along = alongSegment(point, wrist, fingers);
  return surely * smoothstep(0.26, 0.2, distanceToPlace(point, wrist, fingers, along) / unit);
}

/** Distance in a and b within which a colour may be this person's skin. */
const SKIN = 13;
/** Distance in a and b at which a pixel next to the clothes is a cuff or neckband taken for skin. */
const NO_SKIN = 17;

const hueDistance = ({ image, person }: OldClothesView, i: number): number => {
  const [, a, b] = labOf(image.data[3 * i], image.data[3 * i + 1], image.data[3 * i + 2]);
  return Math.hypot(a - person.skin.tone[1], b - person.skin.tone[2]);
};

function handAt({ image, origin, limbs, zoom, unit }: OldClothesView, i: number): number {
  const x = (i % image.width) + origin[0];
  const y = Math.floor(i / image.width) + origin[1];
  return onHand(limbs, unit / zoom, [x / zoom, y / zoom]);
}

/** Hands before clothes: what is parsed as hand, and between such pixels what is of the skin's colour. */
function handPixels(view: OldClothesView): Mask {
  const { image, unit } = view;
  const reach = Math.max(2, 0.03 * unit);
  const bare = threshold(view.arms, 0.5);
  const closed = shrinkRim(growRim(bare, reach), reach);
  const hands = createMask(image.width, image.height);
  for (let i = 0; i < hands.data.length; i++) {
    if (!closed.data[i] || hueDistance(view, i) > SKIN) continue;
    if (handAt(view, i) > 0.5) hands.data[i] = 1;
  }
  return hands;
}

/** Bands of the clothes that were taken for skin: they lie beside them and are of no skin's colour. */
function bandsBeside(view: OldClothesView, old: Mask): Mask {
  const around = growRim(old, 0.1 * view.unit);
  const bands = createMask(old.width, old.height);
  for (let i = 0; i < bands.data.length; i++) {
    if (old.data[i] || !around.data[i] || view.skin.data[i] < 0.3) continue;
    if (hueDistance(view, i) < NO_SKIN || handAt(view, i) > 0.5) continue;
    bands.data[i] = 1;
  }
  return bands;
}
