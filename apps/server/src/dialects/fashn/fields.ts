import { z } from 'zod';
import { imageSourceSchema } from '../../capabilities/image-source.ts';
import type { ImageSource } from '../../capabilities/image-source.ts';
import { aspectRatioSchema } from '../../capabilities/shared.ts';
import type { AspectRatio } from '../../capabilities/shared.ts';
import { choice, flag as givenFlag, integer, must, optionalText, pictureForms } from '../fields.ts';

export const flag = (otherwise: boolean) => givenFlag.default(otherwise);

/** A picture, already read from its string; see read-images.ts. */
export const picture = z.custom<ImageSource>(
  (value) => imageSourceSchema.safeParse(value).success,
  must(pictureForms),
);
export const optionalPicture = picture.optional();

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
