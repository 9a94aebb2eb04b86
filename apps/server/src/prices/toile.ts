import { z } from 'zod';
import { credits } from './amount.ts';

/** Credits for our own API: what the capability costs a picture, and what size and effort add to it. */
export const toilePricesSchema = z.strictObject({
  picture: z
    .strictObject({
      'try-on': credits.default(1),
      'product-to-model': credits.default(2),
      'face-to-model': credits.default(2),
      'model-create': credits.default(2),
      'model-swap': credits.default(2),
      editorial: credits.default(3),
      variations: credits.default(1),
      edit: credits.default(2),
      relight: credits.default(2),
      upscale: credits.default(2),
      'fabric-change': credits.default(2),
      'sketch-to-garment': credits.default(2),
      reframe: credits.default(1),
      'background-change': credits.default(1),
      'background-remove': credits.default(1),
    })
    .prefault({}),
  /** Added to every picture. */
  resolution: z
    .strictObject({
      '1k': credits.default(0),
      '2k': credits.default(1),
      '4k': credits.default(2),
    })
    .prefault({}),
  /** Added to every picture. */
  effort: z
    .strictObject({
      fast: credits.default(0),
      balanced: credits.default(0),
      quality: credits.default(1),
    })
    .prefault({}),
  /** Five seconds of video; ten cost twice as much. */
  video: z
    .strictObject({
      '480p': credits.default(1),
      '720p': credits.default(3),
      '1080p': credits.default(6),
    })
    .prefault({}),
});
export type ToilePrices = z.infer<typeof toilePricesSchema>;
