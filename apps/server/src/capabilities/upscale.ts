import { z } from 'zod';
import { commonShape, image } from './shared.ts';

/** Enlarges a picture and keeps its details: `factor` a side. */
export const upscaleSchema = z.object({
  capability: z.literal('upscale'),
  images: z.object({ image }),
  factor: z.number().gt(1).lte(4),
  ...commonShape,
});
