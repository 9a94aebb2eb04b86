import { clamp, smoothstep } from '../../pixels/scalar.ts';
import type { GarmentKind } from '../garment.ts';
import type { KindEvidence } from './kind-evidence.ts';

export interface KindOpinion {
  readonly value: GarmentKind;
  readonly confidence: number;
}

const opinion = (value: GarmentKind, evidence: number): KindOpinion => ({
  value,
  confidence: clamp(0.5 + evidence, 0.3, 0.98),
});

/**
 * Body length over chest width that parts tops from dresses, and how much longer for its width a garment may be whose
 * sleeves reach this far down: hands hang beside the hips, where tops end, so that what ends there too is a slim one.
 */
const DRESS_FROM = 2.2;
const SLIM = 0.6;
const SLIM_REACH = [0.76, 0.9] as const;
/** Lengths over the chest's width between which a long-sleeved garment that opens down the middle is a coat. */
const COAT_FROM = 1.5;
const LONGEST_COAT = 2.8;
/** Sleeve over the chest's width from which it is a long one. */
const LONG_SLEEVE = 0.85;
/** Contrast of a line down the middle with lines beside it from which a garment opens there. */
const OPENING_FROM = 2.2;
/** Climb of the lower edge, over the garment's height, that only two legs show. */
const LEGS_APART = 0.14;
/** Contrast of a line down the middle with lines beside it from which it parts two legs. */
const LEGS_FROM = 1.7;

/**
 * Says what sort of garment an outline is: legs, waistbands, sleeves and proportions tell. `middle` measures how much
 * of a line runs down the middle of the lower half, where two legs may touch; it is asked only when that matters.
 */
export function readKind(seen: KindEvidence, middle: () => number): KindOpinion {
  const { sleeved, notch, ratio } = seen;
  const accessory = accessoryEvidence(seen);
  if (accessory > 0) return opinion('accessory', accessory);
  if (!sleeved && notch > LEGS_APART) return opinion('bottom', Math.min(0.45, notch));
  if (seen.waistband) return readBottomKind(seen, middle);
  const long = ratio > COAT_FROM && ratio < LONGEST_COAT && seen.sleeve > LONG_SLEEVE;
  if (long && middle() > OPENING_FROM) return opinion('coat', 0.15);
  const from = DRESS_FROM + SLIM * smoothstep(...SLIM_REACH, seen.reach);
  return opinion(ratio > from ? 'dress' : 'top', Math.min(0.45, 0.9 * Math.abs(ratio - from)));
}

/** Trousers and shorts rise 0.5 to 0.9 of their width above the crotch, harem trousers 1.1; what rises further covers the chest. */
const LONGEST_RISE = 1.25;

/** Whether trousers and a top are one garment: a jumpsuit, an overall, dungarees. */
export const isJumpsuit = ({ sleeved, notch, rise }: KindEvidence): boolean =>
  !sleeved && notch > LEGS_APART && rise > LONGEST_RISE;

/** How plainly something is a hat, bag, pair of shoes, scarf or glasses, 0 to 0.45. */
function accessoryEvidence({
  sleeved,
  waistband,
  pair,
  hole,
  tall,
  notch,
  dome,
  symmetry,
}: KindEvidence): number {
  if (pair) return 0.35;
  if (!waistband && tall < 0.34) return 0.3;
  if (sleeved || notch > LEGS_APART) return 0;
  if (hole > 0.04) return 0.35;
  if (tall > 5.5) return 0.3;
  if (dome && tall < 1.3) return 0.25;
  if (!waistband && tall < 0.45) return 0.25;
  return !waistband && symmetry < 0.72 ? 0.2 : 0;
}

/** Whether a garment with a waistband has legs or is a skirt. */
function readBottomKind(
  { notch, tall, widening }: KindEvidence,
  middle: () => number,
): KindOpinion {
  if (notch > LEGS_APART) return opinion('bottom', Math.min(0.45, notch));
  const legs = middle() - LEGS_FROM + 4 * Math.max(0, notch - 0.03);
  if (tall > 0.8 && legs > 0) return opinion('bottom', clamp(legs, 0, 0.4));
  return opinion('skirt', clamp(widening - 0.95, 0.05, 0.4));
}

/** What a client says a garment is. */
export type ExpectedGarment = 'tops' | 'bottoms' | 'one-pieces';

const wanted = {
  tops: 'a top',
  bottoms: 'trousers, shorts or a skirt',
  'one-pieces': 'a dress',
} as const satisfies Record<ExpectedGarment, string>;

/** Climb of the lower edge that is no slit. */
const PLAINLY_LEGS = 0.25;
/** Length over chest width that no top reaches, and that every one-piece does. */
const LONGEST_TOP = 3.2;
const SHORTEST_ONE_PIECE = 1.15;

/** Confidence of a kind that outline and client agree on, at least. */
const AGREED = 0.8;

const agreed = ({ value, confidence }: KindOpinion): KindOpinion => ({
  value,
  confidence: Math.max(AGREED, confidence),
});

/** The kind within what the client says it is, or a refusal where that is plainly impossible. */
export function kindAs(
  expected: ExpectedGarment,
  seen: KindEvidence,
  middle: () => number,
): KindOpinion | { readonly refusal: string } {
  const own = readKind(seen, middle);
  if (own.value === 'accessory' && own.confidence > 0.7) {
    return mistaken('an accessory', wanted[expected]);
  }
  const legs = !seen.sleeved && seen.notch > PLAINLY_LEGS;
  switch (expected) {
    case 'tops': {
      if (legs) return mistaken('trousers or shorts', wanted.tops);
      if (seen.ratio > LONGEST_TOP && !seen.waistband) return mistaken('a dress', wanted.tops);
      return own.value === 'top' || own.value === 'coat' ? agreed(own) : opinion('top', 0.1);
    }
    case 'one-pieces': {
      if (legs) return mistaken('trousers or shorts', wanted['one-pieces']);
      if (seen.ratio < SHORTEST_ONE_PIECE) return mistaken('a top', wanted['one-pieces']);
      return own.value === 'dress' ? agreed(own) : opinion('dress', 0.1);
    }
    case 'bottoms': {
      if (seen.sleeved || seen.dip > 0.2) {
        return mistaken(own.value === 'dress' ? 'a dress' : 'a top', wanted.bottoms);
      }
      return own.value === 'bottom' || own.value === 'skirt'
        ? agreed(own)
        : readBottomKind(seen, middle);
    }
  }
}

const mistaken = (shown: string, asked: string): { readonly refusal: string } => ({
  refusal: `The garment image shows ${shown}, but was announced as ${asked}. Correct the category or send another picture.`,
});
