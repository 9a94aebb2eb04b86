import { z } from 'zod';
import { credits } from './amount.ts';

/** A picture, by the `aiModel` that makes it; `other` is any engine that is none of them. */
const perPicture = z
  .strictObject({
    'gemini-3-pro-image-preview': credits.default(3),
    'gemini-3.1-flash-image-preview': credits.default(2),
    'bytedance/seedream-4.5': credits.default(1),
    'bytedance/seedream-5-lite': credits.default(2),
    other: credits.default(3),
  })
  .prefault({});

/** Credits; the defaults are Auto Toon's published ones, where it publishes any. */
export const autotoonPricesSchema = z.strictObject({
  generate: perPicture,
  relight: perPicture,
  /** Each variation that is made. */
  variation: credits.default(3),
  upscale: credits.default(2),
  /** Five seconds; ten cost twice as much. */
  video: credits.default(10),
});
export type AutotoonPrices = z.infer<typeof autotoonPricesSchema>;
