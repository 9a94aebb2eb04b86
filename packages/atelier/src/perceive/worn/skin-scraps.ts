import { keepLarge } from '../../pixels/components.ts';
import type { Lab } from '../../pixels/colour.ts';
import { type Plane, threshold } from '../../pixels/image.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { localColours, shadeGap } from './settle-border.ts';

/** Depth of the garment's rim, where scraps of skin in deep shade hang on, in shoulder widths. */
const RIM = 0.06;
/** Squared distance from the cloth about it from which a place is strange, and share of it that skin may be away. */
const STRANGE = 150;
const LIKE_SKIN = 0.4;
/** Less of the cloth than this about a place does not say what it looks like there. */
const LEAST_COVER = 0.01;
/** Pieces that are left apart and smaller than this share of the garment go too. */
const SPECK = 0.03;
/** A print's own colours are strange to each other: so many times their spread is no scrap. */
const OVER_SPREAD = 8;

/**
 * Takes from the garment's rim what looks like the wearer's skin in some shade, and not like the cloth beside it; `coarse`
 * are the colours as `coarseColours` gives them.
 */
export function dropSkinScraps(
  share: Plane,
  lab: readonly Plane[],
  coarse: readonly Plane[],
  skin: Lab,
  unit: number,
): void {
  const solid = threshold(share, 0.9);
  const core = shrinkRim(solid, Math.max(2, Math.round(RIM * unit)));
  const clothHere = localColours(coarse, core, 2 * RIM * unit);
  let dropped = 0;
  for (let i = 0; i < share.data.length; i++) {
    if (share.data[i] < 0.02 || core.data[i]) continue;
    const { colour, spread, cover } = clothHere(i % share.width, Math.floor(i / share.width));
    if (cover < LEAST_COVER) continue;
    const own = [lab[0].data[i], lab[1].data[i], lab[2].data[i]] as const;
    const toCloth = shadeGap(own, colour);
    if (toCloth < Math.max(STRANGE, OVER_SPREAD * spread)) continue;
    if (shadeGap(own, skin) > LIKE_SKIN * toCloth) continue;
    share.data[i] = 0;
    dropped++;
  }
  if (dropped === 0) return;
  const joined = growRim(keepLarge(threshold(share, 0.5), SPECK), 2);
  for (let i = 0; i < share.data.length; i++) if (!joined.data[i]) share.data[i] = 0;
}
