import { z } from 'zod';
import { commonShape, framingShape, image, prompt } from './shared.ts';

/** Dresses the person of `model` in the product of `garment`. */
export const tryOnSchema = z.object({
  capability: z.literal('try-on'),
  images: z.object({
    model: image,
    garment: image,
    /** Further garments, put on after the first: the last one is the outermost. */
    garment2: image.optional(),
    garment3: image.optional(),
    /** The pose that the person is to take. */
    pose: image.optional(),
    /** How the whole picture is to look. */
    style: image.optional(),
  }),
  garmentKind: z.enum(['auto', 'tops', 'bottoms', 'one-pieces', 'accessories']),
  photoType: z.enum(['auto', 'flat-lay', 'model']),
  /** The size of the garment, where its fit on this person is to be shown. */
  garmentSize: z.enum(['S', 'M', 'L', 'XL']).optional(),
  /** What the garment is, in words that only help to read its picture. */
  garmentWords: prompt.optional(),
  prompt: prompt.optional(),
  ...commonShape,
  ...framingShape,
});
