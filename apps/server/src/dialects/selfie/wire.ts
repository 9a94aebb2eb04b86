import { z } from 'zod';

/** For the OpenAPI document; a body is checked field by field, in the order that the contract promises (parse.ts). */
export const requestSchema = z.object({
  selfie_base64: z.string().min(1).describe('The selfie, with or without the head of a data URI.'),
  clothing_description: z.string().min(1).max(10_000).describe('What to wear, in words.'),
  clothing_image_url: z.string().optional().describe('A picture of it.'),
  mode: z.enum(['studio', 'environment']).describe('A white background, or an everyday place.'),
});
export type Mode = z.infer<typeof requestSchema>['mode'];

export const answerSchema = z.strictObject({
  image_base64: z.string(),
  mime_type: z.string(),
});
export const problemSchema = z.strictObject({ error: z.string() });
