import { z } from 'zod';
import { aspectRatioSchema, commonShape, image, resolutionSchema } from './shared.ts';

/** Brings a picture to another ratio by extending or cropping it. */
export const reframeSchema = z.object({
  capability: z.literal('reframe'),
  images: z.object({ image }),
  target: z.discriminatedUnion('by', [
    z.object({ by: z.literal('ratio'), aspectRatio: aspectRatioSchema }),
    z.object({ by: z.literal('direction'), direction: z.enum(['both', 'down', 'up']) }),
  ]),
  resolution: resolutionSchema.optional(),
  ...commonShape,
});
