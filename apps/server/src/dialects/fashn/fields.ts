import { z } from 'zod';
import { imageSourceSchema } from '../../capabilities/image-source.ts';
import type { ImageSource } from '../../capabilities/image-source.ts';
import { aspectRatioSchema } from '../../capabilities/shared.ts';
import type { AspectRatio } from '../../capabilities/shared.ts';

/** The longest prompt that is taken, in characters. */
const longestPrompt = 10_000;

/** Ends every message alike: what the field must be, and what came instead. The field's name is put before it. */
export function must(be: string): { error: (issue: { readonly input?: unknown }) => string } {
  return {
    error: ({ input }) =>
      input === undefined
        ? `is required; it must be ${be}.`
        : `must be ${be}; received ${shown(input)}.`,
  };
}

/** A value of the client as a message may repeat it: short, and only when it is simple. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
}

/** Whether Postgres can keep a text: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

const text = z
  .string(must('text'))
  .max(longestPrompt, { error: `must be at most ${longestPrompt} characters long.` })
  .refine(isStorable, {
    error: 'must be valid Unicode text without NUL characters.',
  });

export const choice = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, must(`one of ${values.join(', ')}`));

const integer = (lowest: number, highest: number) => {
  const rule = must(`an integer between ${lowest} and ${highest}`);
  return z.int(rule).min(lowest, rule).max(highest, rule);
};

export const flag = (otherwise: boolean) => z.boolean(must('true or false')).default(otherwise);

export const pictureForms = 'the http(s) address of a picture or a base64 data URI';
/** A picture, already read from its string; see read-images.ts. */
export const picture = z.custom<ImageSource>(
  (value) => imageSourceSchema.safeParse(value).success,
  must(pictureForms),
);
export const optionalPicture = picture.optional();

export const requiredText = text.refine((value) => value.trim() !== '', {
  error: 'must not be empty.',
});
export const optionalText = text.optional();

export const tenRatios = aspectRatioSchema.options;
export const nineRatios = [
  '1:1',
  '3:4',
  '4:3',
  '9:16',
  '16:9',
  '2:3',
  '3:2',
  '4:5',
  '5:4',
] as const satisfies readonly AspectRatio[];
export const portraitRatios = ['1:1', '4:5', '3:4', '2:3', '9:16'] as const;

const generationMode = choice(['fast', 'balanced', 'quality']).optional();
const resolution = choice(['1k', '2k', '4k']).optional();
const outputFormat = choice(['png', 'jpeg']);

export const seedField = { seed: integer(0, 4_294_967_295).default(42) };
export const outputFields = {
  output_format: outputFormat.default('png'),
  return_base64: flag(false),
};
export const countField = { num_images: integer(1, 4).default(1) };
export const sampleCount = integer(1, 4).default(1);
/** What most models share. Where resolution or mode is left out, the price table and the mapping know what it means. */
export const sharedFields = {
  ...seedField,
  ...outputFields,
  ...countField,
  resolution,
  generation_mode: generationMode,
};
export const jpegByDefault = outputFormat.default('jpeg');
export const faceFields = {
  face_reference: optionalPicture,
  face_reference_mode: choice(['match_base', 'match_reference']).default('match_reference'),
};
/** Of the days when identities were FLUX LoRA files; passed on to engines that can load one. */
export const loraField = { lora_url: optionalText };
/** Of the days when prompts could be kept from being rewritten; ours never are. */
export const promptEnhancementField = { disable_prompt_enhancement: flag(false) };
