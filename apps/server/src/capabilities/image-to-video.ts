import { z } from 'zod';
import { commonShape, image, prompt } from './shared.ts';

/** Sets a picture in motion. */
export const imageToVideoSchema = z.object({
  capability: z.literal('image-to-video'),
  images: z.object({ image, end: image.optional() }),
  prompt: prompt.optional(),
  negativePrompt: prompt.optional(),
  seconds: z.union([z.literal(5), z.literal(10)]),
  lines: z.enum(['480p', '720p', '1080p']),
  ...commonShape,
});
