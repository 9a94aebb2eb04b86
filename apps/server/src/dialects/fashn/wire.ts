import { z } from 'zod';
import type { RequestFor } from '../../capabilities/index.ts';
import type { AspectRatio } from '../../capabilities/shared.ts';
import { choice, must, optionalText, requiredText } from '../fields.ts';
import {
  faceFields,
  flag,
  jpegByDefault,
  loraField,
  nineRatios,
  optionalPicture,
  outputFields,
  picture,
  portraitRatios,
  promptEnhancementField,
  sampleCount,
  seedField,
  sharedFields,
  tenRatios,
} from './fields.ts';

/** A rule between two inputs that was broken, told at one of them. */
const refuse = (context: z.RefinementCtx, input: string, message: string): void => {
  context.addIssue({ code: 'custom', path: [input], message });
};

/**
 * The parameters of every model, by `model_name`. Keys that a model does not know are dropped: older clients send retired
 * ones. Parameters marked "old" are taken from such clients and are no longer advertised.
 */
export const models = {
  'tryon-v1.6': z.object({
    model_image: picture,
    garment_image: picture,
    category: choice(['auto', 'tops', 'bottoms', 'one-pieces']).default('auto'),
    segmentation_free: flag(true),
    moderation_level: choice(['conservative', 'permissive', 'none']).default('permissive'),
    garment_photo_type: choice(['auto', 'flat-lay', 'model']).default('auto'),
    mode: choice(['performance', 'balanced', 'quality']).default('balanced'),
    num_samples: sampleCount,
    ...seedField,
    ...outputFields,
  }),
  'tryon-max': z.object({
    product_image: picture,
    model_image: picture,
    prompt: optionalText,
    aspect_ratio: choice(tenRatios).optional(),
    ...sharedFields,
    generation_mode: choice(['balanced', 'quality']).optional(),
  }),
  'product-to-model': z
    .object({
      product_image: picture,
      model_image: optionalPicture,
      image_prompt: optionalPicture,
      ...faceFields,
      background_reference: optionalPicture,
      prompt: optionalText,
      aspect_ratio: choice(nineRatios).optional(),
      ...sharedFields,
    })
    .superRefine((inputs, context) => {
      if (inputs.model_image === undefined) return;
      for (const other of ['image_prompt', 'face_reference', 'background_reference'] as const) {
        if (inputs[other] === undefined) continue;
        refuse(
          context,
          other,
          'can not be combined with inputs.model_image; leave one of them out.',
        );
      }
    }),
  'face-to-model': z.object({
    face_image: picture,
    prompt: optionalText,
    aspect_ratio: choice(portraitRatios).default('2:3'),
    ...sharedFields,
    output_format: jpegByDefault,
  }),
  'model-create': z.object({
    prompt: requiredText,
    image_reference: optionalPicture,
    aspect_ratio: choice(tenRatios).optional(),
    ...faceFields,
    ...sharedFields,
    /** Old. */
    reference_type: choice(['pose', 'silhouette']).default('pose'),
    ...promptEnhancementField,
    ...loraField,
  }),
  'model-swap': z.object({
    model_image: picture,
    prompt: optionalText,
    ...faceFields,
    aspect_ratio: choice(tenRatios).optional(),
    ...sharedFields,
    /** Old. */
    background_change: flag(false),
    ...promptEnhancementField,
    ...loraField,
  }),
  'model-variation': z.object({
    model_image: picture,
    variation_strength: choice(['subtle', 'strong']).default('subtle'),
    ...seedField,
    ...outputFields,
    ...loraField,
  }),
  edit: z.object({
    image: picture,
    prompt: requiredText,
    mask: optionalPicture,
    image_context: optionalPicture,
    aspect_ratio: choice(tenRatios).optional(),
    ...sharedFields,
  }),
  reframe: z
    .object({
      image: picture,
      aspect_ratio: choice(tenRatios).optional(),
      ...sharedFields,
      /** Old. */
      mode: choice(['direction', 'aspect_ratio'])
        .optional()
        .describe('Retired: which of the two targets below is meant.'),
      target_direction: choice(['both', 'down', 'up']).optional(),
      target_aspect_ratio: choice(tenRatios).optional(),
    })
    .superRefine((inputs, context) => {
      if (reframeTarget(inputs) === null) {
        refuse(context, 'aspect_ratio', `is required; it must be one of ${tenRatios.join(', ')}.`);
      }
    }),
  'background-change': z
    .object({
      image: picture,
      prompt: requiredText.optional(),
      /** Old: the name of `prompt`, which could be left empty then. */
      background_prompt: optionalText,
      ...sharedFields,
      ...promptEnhancementField,
    })
    .superRefine((inputs, context) => {
      if (inputs.prompt === undefined && inputs.background_prompt === undefined) {
        refuse(context, 'prompt', 'is required; it must be text.');
      }
    }),
  'background-remove': z.object({
    image: picture,
    return_base64: flag(false),
  }),
  'image-to-video': z
    .object({
      image: picture,
      prompt: optionalText,
      negative_prompt: optionalText,
      duration: z.literal([5, 10], must('5 or 10')).default(5),
      resolution: choice(['480p', '720p', '1080p']).default('1080p'),
      end_image: optionalPicture,
      ...seedField,
    })
    .superRefine((inputs, context) => {
      if (inputs.end_image === undefined || inputs.resolution === '1080p') return;
      refuse(
        context,
        'end_image',
        `needs inputs.resolution 1080p; received "${inputs.resolution}".`,
      );
    }),
} as const;

export type ModelName = keyof typeof models;
export type Inputs<Name extends ModelName> = z.output<(typeof models)[Name]>;

/** A run whose inputs have the right form: one arm a model. */
export type Run = { [Name in ModelName]: { model: Name; inputs: Inputs<Name> } }[ModelName];

export const modelNames: readonly string[] = Object.keys(models);

export function isModelName(name: string): name is ModelName {
  return Object.hasOwn(models, name);
}

/** The names of a model's picture inputs. */
export function pictureInputs(model: ModelName): readonly string[] {
  return Object.entries(models[model].shape)
    .filter(([, field]) => field === picture || field === optionalPicture)
    .map(([name]) => name);
}

const arm = <const Name extends ModelName>(model: Name) =>
  z.object({ model: z.literal(model), inputs: models[model] });

/** Checks the inputs of the named model and fills in what was left out. */
export const runSchema = z.discriminatedUnion('model', [
  arm('tryon-v1.6'),
  arm('tryon-max'),
  arm('product-to-model'),
  arm('face-to-model'),
  arm('model-create'),
  arm('model-swap'),
  arm('model-variation'),
  arm('edit'),
  arm('reframe'),
  arm('background-change'),
  arm('background-remove'),
  arm('image-to-video'),
]);

type ReframeInputs = Partial<
  Record<'aspect_ratio' | 'target_aspect_ratio', AspectRatio | undefined>
> & {
  readonly mode?: 'direction' | 'aspect_ratio' | undefined;
  readonly target_direction?: 'both' | 'down' | 'up' | undefined;
};

/** What reframe is to reach, in today's parameter or the two old ways; null when none is given. */
export function reframeTarget(inputs: ReframeInputs): RequestFor<'reframe'>['target'] | null {
  const old = inputs.mode === 'direction' ? undefined : inputs.target_aspect_ratio;
  const aspectRatio = inputs.aspect_ratio ?? old;
  if (aspectRatio !== undefined) return { by: 'ratio', aspectRatio };
  if (inputs.mode === 'aspect_ratio') return null;
  if (inputs.mode === undefined && inputs.target_direction === undefined) return null;
  return { by: 'direction', direction: inputs.target_direction ?? 'both' };
}
