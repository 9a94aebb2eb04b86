import { z } from 'zod';

/** What is answered, for the OpenAPI document and for tests. */
const address = z.string();
const moment = z.iso.datetime();
const warnings = z.array(z.string()).optional();

export const generateAnswerSchema = z.strictObject({
  imageUrl: address,
  creditsRemaining: z.number(),
  prompt: z.string(),
  fallbackUsed: z.boolean(),
  warnings,
});
export const variationsAnswerSchema = z.strictObject({
  success: z.literal(true),
  variations: z.array(address),
  warnings,
});
export const pictureAnswerSchema = z.strictObject({
  imageUrl: address,
  creditsRemaining: z.number(),
  fallbackUsed: z.literal(true).optional(),
  warnings,
});
export const videoStartedSchema = z.strictObject({
  id: z.string(),
  status: z.enum(['processing', 'completed', 'failed']),
});
export const videoAnswerSchema = z.strictObject({
  id: z.string(),
  status: z.enum(['processing', 'completed', 'failed']),
  videoUrl: address.nullable(),
  error: z.string().optional(),
  createdAt: moment,
});
export const videosAnswerSchema = z.strictObject({
  videos: z.array(videoAnswerSchema),
  nextCursor: z.string().nullable().optional(),
});
export const modelAnswerSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  imageUrl: address,
  prompt: z.string().nullable(),
  characterSheetUrl: address.nullable(),
  createdAt: moment,
});
export const modelsAnswerSchema = z.strictObject({ models: z.array(modelAnswerSchema) });
export const successSchema = z.strictObject({ success: z.literal(true) });
export const balanceAnswerSchema = z.strictObject({ balance: z.number() });
const key = { id: z.string(), name: z.string(), prefix: z.string(), createdAt: moment };
export const newKeyAnswerSchema = z.strictObject({ ...key, key: z.string() });
export const keysAnswerSchema = z.strictObject({
  keys: z.array(z.strictObject({ ...key, lastUsedAt: moment.nullable() })),
});
export const jobAnswerSchema = z.strictObject({
  id: z.string(),
  operation: z.string(),
  status: z.enum(['processing', 'completed', 'failed']),
  imageUrls: z.array(address).nullable(),
  error: z.string().nullable(),
  createdAt: moment,
});
export const problemSchema = z.strictObject({
  error: z.string(),
  code: z.string(),
  balance: z.number().optional(),
  required: z.number().optional(),
  needsTopUp: z.boolean().optional(),
  retryAfter: z.int().optional(),
  jobId: z.string().optional(),
});
