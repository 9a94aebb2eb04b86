import { z } from 'zod';
import { commonShape, framingShape, image, prompt } from './shared.ts';

/** Changes a picture as the words say; white in `mask` may change, black is kept. */
export const editSchema = z.object({
  capability: z.literal('edit'),
  images: z.object({ image, mask: image.optional(), context: image.optional() }),
  prompt,
  ...commonShape,
  ...framingShape,
});
