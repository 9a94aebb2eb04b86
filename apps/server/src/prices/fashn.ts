import { z } from 'zod';
import { credits } from './amount.ts';

const row = (fast: number, second: number, third: number) =>
  z
    .strictObject({
      '1k': credits.default(fast),
      '2k': credits.default(second),
      '4k': credits.default(third),
    })
    .prefault({});

const mode = z.enum(['fast', 'balanced', 'quality']);
const modeOf = (one: z.infer<typeof mode>) =>
  z
    .strictObject({
      '1k': mode.default(one),
      '2k': mode.default('quality'),
      '4k': mode.default('quality'),
    })
    .prefault({});

/** Credits; the defaults are FASHN's published ones. */
export const fashnPricesSchema = z.strictObject({
  /** An output picture, for all models that know mode and resolution. */
  picture: z
    .strictObject({ fast: row(1, 2, 3), balanced: row(2, 3, 4), quality: row(3, 4, 5) })
    .prefault({}),
  /** Added to every output picture that is led by a face. */
  faceReference: credits.default(3),
  /** Five seconds of video; ten cost twice as much. */
  video: z
    .strictObject({
      '480p': credits.default(1),
      '720p': credits.default(3),
      '1080p': credits.default(6),
    })
    .prefault({}),
  tryOn: credits.default(1),
  backgroundRemove: credits.default(1),
  modelVariation: credits.default(1),
  /** How a left-out mode is billed. */
  usualMode: modeOf('fast'),
  /** The same for tryon-max, which has no fast mode. */
  usualTryOnMaxMode: modeOf('balanced'),
});
export type FashnPrices = z.infer<typeof fashnPricesSchema>;
