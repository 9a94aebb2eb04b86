import type { CapabilityRequest } from '../capabilities/index.ts';

export type ModerationLevel = CapabilityRequest['moderation'];

/** What the classifier sees, in the order of its outputs; shares that sum to 1. */
export const classes = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const;
export type Scores = Readonly<Record<(typeof classes)[number], number>>;

export type ImageFinding =
  | { readonly label: 'nudity'; readonly score: number }
  | { readonly label: 'revealing clothing'; readonly score: number };

/**
 * The shares from which a picture is refused. Set so that none of some two dozen ordinary catalogue photos (tank tops,
 * bare midriffs, short dresses) is refused at `permissive`: a false alarm costs a shop more than the classifier's
 * doubtful cases are worth.
 */
const limits = {
  conservative: { nudity: 0.45, revealing: 0.75 },
  permissive: { nudity: 0.7, revealing: null },
} as const;

/** The strongest finding, whether or not the level forbids it. */
export function strongestFinding(scores: Scores): ImageFinding {
  const nudity = scores.porn + scores.hentai;
  return nudity >= scores.sexy
    ? { label: 'nudity', score: nudity }
    : { label: 'revealing clothing', score: scores.sexy };
}

/** Why a picture is refused at this level; null when it is not. */
export function forbidden(
  scores: Scores,
  level: Exclude<ModerationLevel, 'none'>,
): ImageFinding | null {
  const { nudity, revealing } = limits[level];
  const explicit = scores.porn + scores.hentai;
  if (explicit >= nudity) return { label: 'nudity', score: explicit };
  if (revealing !== null && explicit + scores.sexy >= revealing) {
    return { label: 'revealing clothing', score: explicit + scores.sexy };
  }
  return null;
}
