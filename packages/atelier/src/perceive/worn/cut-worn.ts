import { keepLarge } from '../../pixels/components.ts';
import { labPlanes } from '../../pixels/colour.ts';
import { createMask, createPlane, type Mask, type Plane, threshold } from '../../pixels/image.ts';
import { openingsOf } from '../../pixels/openings.ts';
import { smoothstep } from '../../pixels/scalar.ts';
import { growRim, shrinkRim, soften } from '../../pixels/soften.ts';
import type { PersonReading, Pose } from '../person.ts';

import { partAtLostHem } from './lost-hem.ts';
import { DOT, dropSkinScraps } from './skin-scraps.ts';
import { coarseColours, settleBorder } from './settle-border.ts';

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
  const coarse = coarseColours(lab);
  settleBorder(lab, coarse, wearer.matte, pose.shoulderWidth, rough, arms);
  if (wanted === 'upper') partAtLostHem(pose, rough, other, { lab, arms });
  closeSpecks(rough, hair, parts.neck, arms, pose.shoulderWidth);
  const solid = withoutSpurs(threshold(rough, 0.5), pose);
  const near = growRim(solid, 2);
  const kept = createPlane(width, height);
  for (let i = 0; i < kept.data.length; i++) kept.data[i] = near.data[i] ? rough.data[i] : 0;
  const even = soften(kept, EDGE * pose.shoulderWidth);
  const share = createPlane(width, height);
  for (let i = 0; i < share.data.length; i++) {
    share.data[i] = smoothstep(0.38, 0.9, even.data[i]);
  }
  const unit = pose.shoulderWidth;
  dropSkinScraps(share, { lab, coarse, skin: wearer.skin.tone, arms, unit });
  return { share, arms, hair, bare: parts.neck, other, lab };
}

/** Wider than this, in shoulder widths, an opening within a garment is not a speck of the parse. */
const SPECK_WIDTH = 0.3;

/** Prints and buttons that were taken for things worn upon the garment: what lies wholly within it, and is not skin; and dots of it. */
function closeSpecks(cloth: Plane, hair: Plane, bare: Plane, arms: Plane, unit: number): void {
  const { labels, areas, enclosed } = openingsOf(cloth);
  const skin = new Float64Array(areas.length);
  for (let i = 0; i < labels.length; i++) skin[labels[i]] += bare.data[i] + arms.data[i];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!enclosed[label]) continue;
    const isSkin = skin[label] > 0.3 * areas[label];
    if (areas[label] > ((isSkin ? DOT : SPECK_WIDTH) * unit) ** 2) continue;
    cloth.data[i] = 1;
    hair.data[i] = 0;
    arms.data[i] = 0;
  }
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
