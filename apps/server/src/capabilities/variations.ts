import { z } from 'zod';
import { commonShape, image, loraUrl } from './shared.ts';

/** Makes siblings of a picture. */
export const variationsSchema = z.object({
  capability: z.literal('variations'),
  images: z.object({ image }),
  strength: z.enum(['subtle', 'strong']),
  loraUrl,
  ...commonShape,
});
