import { keepLarge } from '../../pixels/components.ts';
import { labPlanes } from '../../pixels/colour.ts';
import { createMask, createPlane, type Mask, type Plane, threshold } from '../../pixels/image.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { growRim, shrinkRim, soften } from '../../pixels/soften.ts';
import type { PersonReading, Pose } from '../person.ts';

import { partAtLostHem } from './lost-hem.ts';

/** Which of the wearer's clothes is meant: `both` for a dress or an overall. */
export type Wanted = 'upper' | 'lower' | 'both';

/** The garment's pixels in the photo, and what lies beside it and in front of it. */
export interface WornCut {
  /** Share of the garment, drawn in a little so that nothing of skin or background is mixed in. */
  readonly share: Plane;
  /** Arms and hands. */
  readonly arms: Plane;
  /** Hair, and things carried or worn upon the garment. */
  readonly hair: Plane;
  /** Bare skin of neck, chest and belly. */
  readonly bare: Plane;
  /** The wearer's other garment. */
  readonly other: Plane;
  /** The photo's colours in CIELAB. */
  readonly lab: readonly Plane[];
}

/** Raggedness finer than this is the parse's, not the garment's, in shoulder widths. */
const EDGE = 0.007;
/** Pieces smaller than this share of the largest are specks of the parse. */
const SPECK = 0.03;

/** Takes the garment's pixels from what is known of its wearer. */
export function cutWorn(wearer: PersonReading, wanted: Wanted): WornCut {
  const { parts, pose } = wearer;
  const { width, height } = parts.upperGarment;
  const lab = labPlanes(wearer.image);
  const rough = createPlane(width, height);
  const arms = createPlane(width, height);
  const hair = createPlane(width, height);
  const other = createPlane(width, height);
  for (let i = 0; i < rough.data.length; i++) {
    const upper = wanted === 'lower' ? 0 : parts.upperGarment.data[i];
    const lower = wanted === 'upper' ? 0 : parts.lowerGarment.data[i];
    rough.data[i] = upper + lower;
    other.data[i] = parts.upperGarment.data[i] + parts.lowerGarment.data[i] - upper - lower;
    arms.data[i] = parts.leftArm.data[i] + parts.rightArm.data[i];
    hair.data[i] = parts.hair.data[i] + parts.accessory.data[i];
  }
  for (let round = 0; round < ROUNDS; round++) settleBorder(wearer, lab, rough, arms);
  if (wanted === 'upper') partAtLostHem(pose, rough, other, { lab, arms });
  const solid = withoutSpurs(threshold(rough, 0.5), pose);
  const near = growRim(solid, 2);
  const kept = createPlane(width, height);
  for (let i = 0; i < kept.data.length; i++) kept.data[i] = near.data[i] ? rough.data[i] : 0;
  const even = soften(kept, EDGE * pose.shoulderWidth);
  const share = createPlane(width, height);
  for (let i = 0; i < share.data.length; i++) {
    share.data[i] = smoothstep(0.38, 0.9, even.data[i]);
  }
  return { share, arms, hair, bare: parts.neck, other, lab };
}

/** How far from the border between cloth and arm colours are asked again, in shoulder widths. */
const BAND = 0.14;
/** The second round knows better what is cloth and what is skin. */
const ROUNDS = 2;
/** Colours of cloth and skin around a place must be this far apart to decide, Lab units. */
const LEAST_CONTRAST = 12;
/** Squared difference that grain makes. */
const NOISE = 60;
/** In the shade between arm and body colours fall to this share of what they are beside it. */
const DEEPEST_SHADE = 0.33;

/**
 * Settles the border between cloth and arms by what cloth and skin look like just there: the parse knows them only as a
 * whole, and in the shade of an arm it mistakes one for the other.
 */
function settleBorder(
  { matte, pose }: PersonReading,
  lab: readonly Plane[],
  cloth: Plane,
  arms: Plane,
): void {
  const unit = pose.shoulderWidth;
  const reach = BAND * unit;
  const near = 0.5 * reach;
  const sureCloth = threshold(cloth, 0.9);
  // Patches of arm within the cloth are the mistakes to be settled, and must not testify.
  const sureArm = keepLarge(threshold(arms, 0.9), 0.15);
  const besideCloth = growRim(sureCloth, reach);
  const besideArm = growRim(sureArm, reach);
  const local = { cloth: means(lab, sureCloth, near), arm: means(lab, sureArm, near) };
  const opinion = createPlane(cloth.width, cloth.height);
  for (let i = 0; i < opinion.data.length; i++) {
    opinion.data[i] = cloth.data[i];
    if (!besideCloth.data[i] || !besideArm.data[i] || matte.data[i] < 0.6) continue;
    const apart = gap(local.cloth, local.arm, 1, i);
    if (apart < LEAST_CONTRAST ** 2) continue;
    const own = arms.data[i] + cloth.data[i];
    const toCloth = shadeGap(lab, local.cloth, i);
    const toArm = shadeGap(lab, local.arm, i);
    const lean = (toArm - toCloth) / (toArm + toCloth + NOISE);
    const seen = own * smoothstep(-0.4, 0.4, lean);
    opinion.data[i] = lerp(cloth.data[i], seen, smoothstep(0.2, 0.5, Math.abs(lean)));
  }
  for (let i = 0; i < cloth.data.length; i++) {
    const own = arms.data[i] + cloth.data[i];
    cloth.data[i] = opinion.data[i];
    arms.data[i] = own - opinion.data[i];
  }
}

/** Squared difference between a colour and a share of another, shade counting less than hue. */
function gap(one: readonly Plane[], other: readonly Plane[], share: number, i: number): number {
  const [l, a, b] = one.map((plane, c) => plane.data[i] - share * other[c].data[i]);
  return 0.5 * l * l + a * a + b * b;
}

/** Squared difference between a pixel's colour and the nearest shade, down to a third, of a local colour. */
function shadeGap(lab: readonly Plane[], local: readonly Plane[], i: number): number {
  let along = 0;
  let size = 0;
  for (let c = 0; c < 3; c++) {
    const weight = c === 0 ? 0.5 : 1;
    along += weight * lab[c].data[i] * local[c].data[i];
    size += weight * local[c].data[i] ** 2;
  }
  return gap(lab, local, clamp(along / (size || 1), DEEPEST_SHADE, 1.15), i);
}

/** Mean colour of a mask's pixels around each place. */
function means(lab: readonly Plane[], mask: Mask, reach: number): Plane[] {
  const weight = createPlane(mask.width, mask.height);
  for (let i = 0; i < weight.data.length; i++) weight.data[i] = mask.data[i];
  const cover = soften(weight, reach);
  return lab.map((plane) => {
    const weighted = createPlane(mask.width, mask.height);
    for (let i = 0; i < weighted.data.length; i++) {
      weighted.data[i] = mask.data[i] ? plane.data[i] : 0;
    }
    const sum = soften(weighted, reach);
    for (let i = 0; i < sum.data.length; i++) sum.data[i] /= Math.max(1e-3, cover.data[i]);
    return sum;
  });
}

/** Narrower than this nothing is a strap, nor, below the armpits, a part of the garment; in shoulder widths. */
const THIN = { strap: 0.012, body: 0.02 } as const;

/** Without specks and threads: shadows beside an arm, borders of another cloth. */
function withoutSpurs(mask: Mask, pose: Pose): Mask {
  const unit = pose.shoulderWidth;
  const large = keepLarge(mask, SPECK);
  const straps = opened(large, THIN.strap * unit);
  const body = opened(large, THIN.body * unit);
  const chest = Math.round(pose.shoulderMiddle[1] + 0.4 * unit);
  const result = createMask(mask.width, mask.height);
  const first = Math.max(0, chest * mask.width);
  result.data.set(straps.data.subarray(0, first));
  result.data.set(body.data.subarray(first), first);
  return keepLarge(result, SPECK);
}

/** What is left of a mask when everything thinner than twice the radius is taken off. */
function opened(mask: Mask, radius: number): Mask {
  const reach = Math.max(1, Math.round(radius));
  const regrown = growRim(keepLarge(shrinkRim(mask, reach), SPECK), reach + 1);
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < mask.data.length; i++) {
    result.data[i] = mask.data[i] && regrown.data[i] ? 1 : 0;
  }
  return result;
}
