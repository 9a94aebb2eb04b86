import { z } from 'zod';
import type { CapabilityRequest } from '../capabilities/index.ts';

export type ModerationLevel = CapabilityRequest['moderation'];

/** What the classifier sees, in the order of its outputs; shares that sum to 1. */
export const classes = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const;
export const scoresSchema = z.record(z.enum(classes), z.number());
export type Scores = Readonly<z.infer<typeof scoresSchema>>;

export type ImageFinding =
  | { readonly label: 'nudity'; readonly score: number }
  | { readonly label: 'revealing clothing'; readonly score: number };

/**
 * The shares from which a picture is refused. The classifier is small and errs on fully dressed people too: of the
 * seventeen ordinary catalogue photos that these limits were tried on, a seated man in a shirt reached 0.69 nudity,
 * the others stayed below 0.4. A false alarm costs a shop more than the classifier's doubtful cases are worth.
 */
const limits = {
  conservative: { nudity: 0.75, revealing: 0.85 },
  permissive: { nudity: 0.85, revealing: null },
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
  if (revealing !== null && scores.sexy >= revealing) {
    return { label: 'revealing clothing', score: scores.sexy };
  }
  return null;
}
