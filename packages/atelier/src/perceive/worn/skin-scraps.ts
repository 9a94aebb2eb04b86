import { copyFloats } from '@toile/memory';
import { keepLarge } from '../../pixels/components.ts';
import type { Lab } from '../../pixels/colour.ts';
import { createMask, type Mask, type Plane, threshold } from '../../pixels/image.ts';
import { openingsOf } from '../../pixels/openings.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { localColours, shadeGap } from './settle-border.ts';

/** Depth of the garment's rim, where scraps of skin in deep shade hang on, in shoulder widths. */
const RIM = 0.06;
/** Squared distance from the cloth about it from which a place is strange, and share of it that skin may be away. */
const STRANGE = 150;
const LIKE_SKIN = 0.4;
const VERY_LIKE_SKIN = 0.25;
/** Less of the cloth than this about a place does not say what it looks like there. */
const LEAST_COVER = 0.01;
/** Near an arm, in shoulder widths. */
const BESIDE_ARM = 0.12;
/** Around a scrap that is thicker than a thread its colour is mixed with the cloth's, this far in shoulder widths. */
const MIXED = 0.03;
const THREAD = 0.006;
/** Scraps deeper than the rim go in rounds. */
const ROUNDS = 3;
/** Pieces that are left apart and smaller than this share of the garment go too. */
const SPECK = 0.03;
/** A print's own colours are strange to each other: what is within so many times their spread is no scrap, unless it lies by an arm and has its colour. */
const OVER_SPREAD = { other: 8, arm: 2.5 } as const;

/** Narrower than this, in shoulder widths, nothing within a garment is an arm or bare skin, but a check or a dot of the skin's colour. */
export const DOT = 0.06;

/** What scraps are told by. */
export interface Wearer {
  readonly lab: readonly Plane[];
  /** The same as `coarseColours` gives it. */
  readonly coarse: readonly Plane[];
  readonly skin: Lab;
  readonly arms: Plane;
  /** Shoulder width, pixels. */
  readonly unit: number;
}

/**
 * Takes from the garment's rim what looks like the wearer's skin in some shade, and not like the cloth beside
 * it.
 */
export function dropSkinScraps(share: Plane, { lab, coarse, skin, arms, unit }: Wearer): void {
  const looks = {
    lab,
    coarse,
    skin,
    unit,
    nearArms: growRim(threshold(arms, 0.5), BESIDE_ARM * unit),
  };
  const dropped = createMask(share.width, share.height);
  const before = copyFloats(share.data);
  for (let round = 0; round < ROUNDS && dropFromRim(share, looks, dropped); round++);
  keepDots(share, before, dropped, (DOT * unit) ** 2);
  const solid = shrinkRim(dropped, Math.max(1, THREAD * unit));
  const rim = growRim(solid, Math.max(1, (THREAD + MIXED) * unit));
  for (let i = 0; i < share.data.length; i++) if (rim.data[i]) share.data[i] = 0;
  const joined = growRim(keepLarge(threshold(share, 0.5), SPECK), 2);
  for (let i = 0; i < share.data.length; i++) if (!joined.data[i]) share.data[i] = 0;
}

/** Gives back what was dropped within the garment, where it is no larger than a dot. */
function keepDots(share: Plane, before: Float32Array, dropped: Mask, most: number): void {
  const { labels, areas, enclosed } = openingsOf(share);
  for (let i = 0; i < labels.length; i++) {
    if (!enclosed[labels[i]] || areas[labels[i]] > most) continue;
    share.data[i] = before[i];
    dropped.data[i] = 0;
  }
}

interface Looks extends Omit<Wearer, 'arms'> {
  readonly nearArms: Mask;
}

/** Takes scraps from the rim as it is now and notes those of arms; what lay under them is rim then. Returns whether there were any. */
function dropFromRim(
  share: Plane,
  { lab, coarse, skin, unit, nearArms }: Looks,
  dropped: Mask,
): boolean {
  const solid = threshold(share, 0.9);
  const core = shrinkRim(solid, Math.max(2, Math.round(RIM * unit)));
  const clothHere = localColours(coarse, core, 2 * RIM * unit);
  let found = false;
  for (let i = 0; i < share.data.length; i++) {
    if (share.data[i] < 0.02 || core.data[i]) continue;
    const { colour, spread, cover } = clothHere(i % share.width, Math.floor(i / share.width));
    if (cover < LEAST_COVER) continue;
    const own = [lab[0].data[i], lab[1].data[i], lab[2].data[i]] as const;
    const toCloth = shadeGap(own, colour);
    const toSkin = shadeGap(own, skin);
    if (toSkin > LIKE_SKIN * toCloth) continue;
    const isArm = nearArms.data[i] === 1 && toSkin < VERY_LIKE_SKIN * toCloth;
    const most = isArm ? OVER_SPREAD.arm : OVER_SPREAD.other;
    if (toCloth < Math.max(STRANGE, most * spread)) continue;
    share.data[i] = 0;
    dropped.data[i] = isArm ? 1 : 0;
    found = true;
  }
  return found;
}
