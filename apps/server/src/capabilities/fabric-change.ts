import { z } from 'zod';
import { commonShape, image, prompt } from './shared.ts';

/** Makes a worn garment of another fabric, shown by a picture, described in words, or both; its folds and its light stay. */
export const fabricChangeSchema = z
  .object({
    capability: z.literal('fabric-change'),
    images: z.object({ model: image, fabric: image.optional() }),
    garmentKind: z.enum(['tops', 'bottoms', 'one-pieces']),
    prompt: prompt.optional(),
    /** Twice as large a side. */
    upscale: z.boolean(),
    ...commonShape,
  })
  .refine(({ images, prompt: words }) => images.fabric !== undefined || words !== undefined, {
    error: 'neither a picture nor words say which fabric',
  });
