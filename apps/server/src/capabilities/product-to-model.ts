import { z } from 'zod';
import { commonShape, framingShape, image, prompt } from './shared.ts';

/** Makes a person who wears the product; with a person given, the capability is `try-on`. */
export const productToModelSchema = z.object({
  capability: z.literal('product-to-model'),
  images: z.object({
    product: image,
    inspiration: image.optional(),
    face: image.optional(),
    background: image.optional(),
  }),
  faceMode: z.enum(['match-base', 'match-reference']),
  prompt: prompt.optional(),
  ...commonShape,
  ...framingShape,
});
