import { z } from 'zod';
import { directionSchema } from './direction.ts';
import { commonShape, framingShape, image, loraUrl, prompt } from './shared.ts';

/** Makes a fashion model from words, optionally led by a reference picture or a face. */
export const modelCreateSchema = z.object({
  capability: z.literal('model-create'),
  images: z.object({ reference: image.optional(), face: image.optional() }),
  referenceUse: z.enum(['pose', 'silhouette']),
  faceMode: z.enum(['match-base', 'match-reference']),
  prompt,
  direction: directionSchema.optional(),
  loraUrl,
  ...commonShape,
  ...framingShape,
});
