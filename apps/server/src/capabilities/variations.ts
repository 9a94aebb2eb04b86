import { z } from 'zod';
import { directionSchema } from './direction.ts';
import { commonShape, framingShape, image, imageName, loraUrl } from './shared.ts';

/** Makes siblings of a picture. `models` and `garments` name pictures that show the same people and products again. */
export const variationsSchema = z.object({
  capability: z.literal('variations'),
  images: z.object({ image }).catchall(image),
  models: z.array(imageName).max(8).optional(),
  garments: z.array(imageName).max(8).optional(),
  strength: z.enum(['subtle', 'strong']),
  /** Whose face the siblings show: undefined where it is for the engine to say. */
  identity: z.enum(['keep', 'invent']).optional(),
  direction: directionSchema.optional(),
  loraUrl,
  ...commonShape,
  ...framingShape,
});
