import { z } from 'zod';
import { aspectRatioSchema } from '../../capabilities/shared.ts';
import {
  choice,
  flag,
  integer,
  must,
  optionalText,
  pictureForms,
  requiredText,
} from '../fields.ts';

const picture = z.string(must(pictureForms)).min(1, must(pictureForms));
/** An empty text is as good as none. */
const optionalPicture = z.string(must(pictureForms)).optional();

/** VistoureAI writes `Female` here and `female` there. */
const gender = z
  .string(must('female or male'))
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['female', 'male'], must('female or male')));

const seed = integer(0, 4_294_967_295).default(42);

export const tryonSchema = z.object({
  category: choice(['top', 'bottom', 'dresses']),
  model_image: picture.describe('The fashion model: address or base64.'),
  garment_image: picture.describe('The garment: address or base64.'),
  garment_description: optionalText.describe('What the garment is, in words.'),
  seed,
  model_name: choice(['Beta', 'Turbo']).default('Turbo'),
});

export const tryonProSchema = z.object({
  category: choice(['top', 'bottom', 'dress', 'accessory']),
  model_image: picture.describe('The fashion model: address or base64.'),
  garment_image: picture.describe('The garment: address or base64.'),
  /** Left blank, it is Pro. */
  model_name: choice(['Pro', 'Pro Fit', ''])
    .default('Pro')
    .transform((name) => (name === '' ? 'Pro' : name)),
  garment_size: choice(['S', 'M', 'L', 'XL']).optional().describe('Counts with Pro Fit only.'),
  aspect_ratio: choice([...aspectRatioSchema.options, 'match_input_image'])
    .optional()
    .describe('By default that of the model image; 3:4 for Pro Fit.'),
  pose_image: optionalPicture.describe('A pose to take over.'),
  style_image: optionalPicture.describe('A picture whose style is followed.'),
});

export const virtualmodelSchema = z
  .object({
    model_name: choice(['Standard', 'Pro', 'Plus']),
    ethnicity: requiredText.describe('Caucasian, Asian, ...'),
    gender,
    dresstype: requiredText.describe('What is worn, in words.'),
    background: requiredText.describe('The place, in words.'),
    age: optionalText.describe('Adult by default.'),
    improve_prompt: optionalText.describe('Further wishes of style.'),
    closeup: flag.default(false).describe('A tight portrait.'),
    face_reference: optionalPicture.describe('A face to keep; Pro and Plus only.'),
    num_outputs: integer(1, 4).default(1).describe('How many pictures.'),
  })
  .refine((body) => body.model_name !== 'Standard' || !body.face_reference, {
    path: ['face_reference'],
    error: 'needs model_name Pro or Plus.',
  });

export const fabricSchema = z
  .object({
    category: choice(['top', 'bottom', 'dress']),
    model_image: picture.describe('Somebody wearing the garment.'),
    fabric_image: optionalPicture.describe(
      'The fabric; required unless fabric_description is given.',
    ),
    fabric_description: optionalText.describe('The fabric, in words.'),
    upscale: flag.default(false).describe('Twice the size.'),
  })
  .refine((body) => body.fabric_image || body.fabric_description?.trim(), {
    path: ['fabric_image'],
    error: 'is required unless fabric_description is given.',
  });

export const sketchtodressSchema = z.object({
  image: picture.describe('The sketch: address or base64.'),
  gender: gender.default('female'),
  mode: choice(['draw', 'upload'])
    .default('draw')
    .describe('A photo of a drawing (upload) has its paper cleaned away first.'),
  improve_prompt: optionalText.describe('Material and colour, in words.'),
});

export const schemas = {
  tryon: tryonSchema,
  tryonPro: tryonProSchema,
  virtualmodel: virtualmodelSchema,
  fabric: fabricSchema,
  sketchtodress: sketchtodressSchema,
} as const;
export type Tool = keyof typeof schemas;
export type Body<Name extends Tool> = z.output<(typeof schemas)[Name]>;

/** The tools as clients address them, and the first letters of their run ids. */
export const tools = {
  tryon: { path: '/api/v2/tryon', idPrefix: 'gen_', title: 'Virtual try-on' },
  tryonPro: { path: '/api/v2/tryon/pro', idPrefix: 'gen_pro_', title: 'Try-on pro' },
  virtualmodel: {
    path: '/api/v2/virtualmodel',
    idPrefix: 'gen_model_',
    title: 'Virtual model',
  },
  fabric: { path: '/api/v2/fabric', idPrefix: 'gen_fab_', title: 'Fabric change' },
  sketchtodress: { path: '/api/v2/sketchtodress', idPrefix: 'gen_sk_', title: 'Sketch to dress' },
} as const satisfies Record<Tool, { path: string; idPrefix: string; title: string }>;

/** Answers, for the OpenAPI document and for tests. */
export const runAnswerSchema = z.strictObject({ id: z.string(), error: z.null() });
export const problemSchema = z.strictObject({ id: z.null(), error: z.string() });
export const tokensAnswerSchema = z.strictObject({ tokens: z.int() });

const statusFields = {
  id: z.string(),
  status: z.enum(['starting', 'in_queue', 'processing', 'completed', 'failed']),
  error: z.string().nullable(),
};
const outputs = z.array(z.string()).nullable();
export const statusSchemas = {
  tryon: z.strictObject({
    ...statusFields,
    output: outputs,
    input: z.record(z.string(), z.unknown()),
    model_name: z.enum(['Beta', 'Turbo']),
  }),
  tryonPro: z.strictObject({
    ...statusFields,
    output: outputs,
    model_name: z.enum(['Pro', 'Pro Fit']),
  }),
  virtualmodel: z.strictObject({ ...statusFields, output: outputs }),
  fabric: z.strictObject({ ...statusFields, output: z.string().nullable() }),
  sketchtodress: z.strictObject({ ...statusFields, output: outputs }),
} as const satisfies Record<Tool, z.ZodType>;
