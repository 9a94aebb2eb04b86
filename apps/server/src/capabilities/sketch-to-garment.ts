import { z } from 'zod';
import { directionSchema } from './direction.ts';
import { commonShape, framingShape, image } from './shared.ts';

/** Turns a fashion sketch into a photo of the garment. */
export const sketchToGarmentSchema = z.object({
  capability: z.literal('sketch-to-garment'),
  images: z.object({ sketch: image }),
  /** A photographed or scanned sketch: its paper is to be cleaned away first. */
  onPaper: z.boolean(),
  direction: directionSchema,
  ...commonShape,
  ...framingShape,
});
