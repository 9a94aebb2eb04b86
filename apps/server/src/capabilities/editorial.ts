import { z } from 'zod';
import { directionSchema } from './direction.ts';
import { commonShape, framingShape, image, imageName, prompt } from './shared.ts';

const person = z.object({
  /** Who it is; null: the direction describes somebody. */
  portrait: imageName.nullable(),
  /** The same person from several sides. */
  sheet: imageName.optional(),
  /** What this person wears, garment by garment. */
  garments: z.array(imageName).max(16),
  /** What the caller says of this person alone. */
  prompt: prompt.optional(),
});

/** Photographs one to four people in given garments, as the direction says. People refer to `images` by name. */
export const editorialSchema = z
  .object({
    capability: z.literal('editorial'),
    images: z.record(imageName, image),
    people: z.array(person).min(1).max(4),
    direction: directionSchema,
    ...commonShape,
    ...framingShape,
  })
  .refine(
    ({ images, people }) =>
      people
        .flatMap(({ portrait, sheet, garments }) => [portrait, sheet, ...garments])
        .every((name) => name === null || name === undefined || Object.hasOwn(images, name)),
    { error: 'a person names a picture that is not there' },
  );
