import { z } from 'zod';
import { commonShape, framingShape, image, prompt } from './shared.ts';

/** Dresses the person of `model` in the product of `garment`. */
export const tryOnSchema = z.object({
  capability: z.literal('try-on'),
  images: z.object({ model: image, garment: image }),
  garmentKind: z.enum(['auto', 'tops', 'bottoms', 'one-pieces', 'accessories']),
  photoType: z.enum(['auto', 'flat-lay', 'model']),
  prompt: prompt.optional(),
  ...commonShape,
  ...framingShape,
});
