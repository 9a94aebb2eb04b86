import { z } from 'zod';
import { commonShape, image } from './shared.ts';

/** Cuts the subject out; the answer has an alpha channel. */
export const backgroundRemoveSchema = z.object({
  capability: z.literal('background-remove'),
  images: z.object({ image }),
  ...commonShape,
});
