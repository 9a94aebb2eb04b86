import { z } from 'zod';
import { commonShape, framingShape, image, loraUrl, prompt } from './shared.ts';

/** Replaces the person and keeps outfit and pose. */
export const modelSwapSchema = z.object({
  capability: z.literal('model-swap'),
  images: z.object({ model: image, face: image.optional() }),
  faceMode: z.enum(['match-base', 'match-reference']),
  /** False: the prompt may describe another place. */
  keepBackground: z.boolean(),
  prompt: prompt.optional(),
  loraUrl,
  ...commonShape,
  ...framingShape,
});
