import { z } from 'zod';
import { lightingPresetSchema, personaSchema } from '../../capabilities/direction.ts';
import { aspectRatioSchema } from '../../capabilities/shared.ts';
import { choice, isStorable, must, optionalText, pictureForms } from '../fields.ts';
import { isRecord, withoutNulls } from '../read-body.ts';

/** The engines that Auto Toon's page names; the first is its default. */
export const aiModels = [
  'gemini-3-pro-image-preview',
  'gemini-3.1-flash-image-preview',
  'bytedance/seedream-4.5',
  'bytedance/seedream-5-lite',
] as const;
export type AiModel = (typeof aiModels)[number];
export const usualAiModel: AiModel = aiModels[0];

const picture = z.string(must(pictureForms)).min(1, must(pictureForms));
const optionalPicture = z.string(must(pictureForms)).optional();
const mostPictures = 8;
const pictures = z
  .array(picture, must(`an array of picture addresses`))
  .max(mostPictures, { error: `must hold at most ${mostPictures} pictures.` });

const aiModel = choice(aiModels).optional();
const id = z
  .string(must('text'))
  .max(200, { error: 'must be at most 200 characters long.' })
  .refine(isStorable, { error: 'must be valid Unicode text.' });

/** An object inside the body, in which null counts as left out, as it does in the body itself. */
const inner = <Shape extends z.ZodRawShape>(shape: Shape, be: string) =>
  z.preprocess(
    (value) => (isRecord(value) ? withoutNulls(value) : value),
    z.object(shape, must(be)),
  );

const inlineModel = inner(
  {
    modelId: id.optional().describe('Id of a saved model; need not exist where imageUrl is given.'),
    clothingImageUrls: pictures.optional().describe('What this model wears.'),
    imageUrl: optionalPicture.describe('A picture of the model.'),
    prompt: optionalText.describe('What is said of this model.'),
    characterSheetUrl: optionalPicture.describe('The same person from several sides.'),
  },
  'an object such as {"modelId": "...", "clothingImageUrls": ["..."]}',
);

const mostPeople = 4;

export const generateSchema = z.object({
  modelId: id.optional().describe('Id of a saved model; required unless models is given.'),
  models: z
    .array(inlineModel, must('an array of models'))
    .max(mostPeople, { error: `must hold at most ${mostPeople} models.` })
    .optional(),
  clothingImageUrls: pictures
    .optional()
    .describe('Clothing that everybody wears; here or in models.'),
  aiModel,
  makeupAnalysis: optionalText.describe('Makeup, in words.'),
  hairstyleAnalysis: optionalText.describe('Hair, in words.'),
  styleData: inner({ style: optionalText }, 'an object such as {"style": "..."}').optional(),
  backgroundData: inner(
    { background: optionalText },
    'an object such as {"background": "..."}',
  ).optional(),
  promptModifier: optionalText.describe('Creative direction, in words.'),
  brandAnalysis: optionalText.describe('Guidelines of the brand, in words.'),
});

export const variationsSchema = z.object({
  baseImageUrl: picture.describe('The hero picture.'),
  styleData: inner(
    {
      style: choice(personaSchema.options).optional(),
      mode: choice(['user-model', 'scratch-model']).optional(),
    },
    'an object such as {"style": "fashion-editorial"}',
  ).optional(),
  modelImageUrls: pictures.optional().describe('Further pictures of the model.'),
  clothingImageUrls: pictures.optional().describe('Products; the hero of surreal-product-hero.'),
  aspectRatio: choice(aspectRatioSchema.options)
    .optional()
    .describe('That of the hero picture by default.'),
});

export const relightSchema = z
  .object({
    baseImageUrl: picture.describe('The picture to light anew.'),
    lighting: choice(lightingPresetSchema.options)
      .optional()
      .describe('Required unless lightPosition is given.'),
    lightPosition: optionalText.describe('Where the light comes from, in words.'),
    lightColor: optionalText.describe('Words or a hex colour.'),
    aiModel,
  })
  .refine((body) => body.lighting !== undefined || body.lightPosition?.trim(), {
    path: ['lighting'],
    error: 'is required unless lightPosition is given.',
  });

const scaleRule = must('a number above 1 and up to 4');
export const upscaleSchema = z.object({
  imageUrl: picture.describe('The picture to enlarge.'),
  scale: z.number(scaleRule).gt(1, scaleRule).lte(4, scaleRule).default(2),
});

export const videoSchema = z.object({
  imageUrl: picture.describe('The picture to set in motion.'),
  duration: z.literal([5, 10], must('5 or 10')).default(5),
});

export const modelSchema = z.object({
  name: z
    .string(must('text'))
    .trim()
    .min(1, { error: 'must not be empty.' })
    .max(200, { error: 'must be at most 200 characters long.' })
    .refine(isStorable, { error: 'must be valid Unicode text.' }),
  imageUrl: picture,
  prompt: optionalText,
  characterSheetUrl: optionalPicture,
});

export const newKeySchema = z.object({
  name: z
    .string(must('text'))
    .max(200, { error: 'must be at most 200 characters long.' })
    .refine(isStorable, { error: 'must be valid Unicode text.' })
    .default('key'),
});

export type Generate = z.output<typeof generateSchema>;
export type Variations = z.output<typeof variationsSchema>;
export type Relight = z.output<typeof relightSchema>;
export type Upscale = z.output<typeof upscaleSchema>;
export type Video = z.output<typeof videoSchema>;

/** The fields that hold pictures, wherever they stand. */
export const pictureFields: ReadonlySet<string> = new Set([
  'imageUrl',
  'characterSheetUrl',
  'baseImageUrl',
  'clothingImageUrls',
  'modelImageUrls',
]);
