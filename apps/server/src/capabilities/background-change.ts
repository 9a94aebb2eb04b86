import { z } from 'zod';
import { commonShape, framingShape, image, prompt } from './shared.ts';

/** Puts the subject of a picture in another place. */
export const backgroundChangeSchema = z.object({
  capability: z.literal('background-change'),
  images: z.object({ image }),
  prompt,
  ...commonShape,
  ...framingShape,
});
