import { z } from 'zod';
import { directionSchema } from './direction.ts';
import { commonShape, image } from './shared.ts';

/** Lights a picture anew: `direction.light` has a preset, a position, or both. */
export const relightSchema = z.object({
  capability: z.literal('relight'),
  images: z.object({ image }),
  direction: directionSchema.required({ light: true }),
  ...commonShape,
});
