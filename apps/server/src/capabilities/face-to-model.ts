import { z } from 'zod';
import { commonShape, framingShape, image, prompt } from './shared.ts';

/** Extends a face into an upper-body fashion model. */
export const faceToModelSchema = z.object({
  capability: z.literal('face-to-model'),
  images: z.object({ face: image }),
  prompt: prompt.optional(),
  ...commonShape,
  ...framingShape,
});
