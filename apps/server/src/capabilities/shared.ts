import { z } from 'zod';
import { imageSourceSchema } from './image-source.ts';

/** `width:height`, the ten ratios of the field. */
export const aspectRatioSchema = z.enum([
  '21:9',
  '1:1',
  '4:3',
  '3:2',
  '2:3',
  '5:4',
  '4:5',
  '3:4',
  '16:9',
  '9:16',
]);
/** About 1, 4 and 16 megapixels. */
export const resolutionSchema = z.enum(['1k', '2k', '4k']);
export const effortSchema = z.enum(['fast', 'balanced', 'quality']);
export const moderationLevelSchema = z.enum(['conservative', 'permissive', 'none']);

export type AspectRatio = z.infer<typeof aspectRatioSchema>;
export type Resolution = z.infer<typeof resolutionSchema>;

/** What every capability takes: how many pictures, from which seed, how strictly checked. */
export const commonShape = {
  seed: z.int().min(0).max(4_294_967_295),
  count: z.int().min(1).max(4),
  moderation: moderationLevelSchema,
  /** Undefined: the engine chooses. */
  effort: effortSchema.optional(),
  /** The public id of the generative model that was asked for; an engine that offers it goes first. */
  aiModel: z.string().max(200).optional(),
  /** No other engine may step in for `aiModel`. */
  aiModelOnly: z.boolean().optional(),
};

/** Where the size of the picture may be chosen. Undefined: that of the leading input picture. */
export const framingShape = {
  aspectRatio: aspectRatioSchema.optional(),
  resolution: resolutionSchema.optional(),
};

export const image = imageSourceSchema;
/** The key of a picture in `images`, where their number is open. */
export const imageName = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
export const prompt = z.string().max(10_000);
/** Weights of an identity (`.safetensors`) for engines that can load them; an engine that can not refuses the request. */
export const loraUrl = z.string().max(10_000).optional();
