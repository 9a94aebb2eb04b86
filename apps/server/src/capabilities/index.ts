import { z } from 'zod';
import { backgroundChangeSchema } from './background-change.ts';
import { backgroundRemoveSchema } from './background-remove.ts';
import { editSchema } from './edit.ts';
import { editorialSchema } from './editorial.ts';
import { fabricChangeSchema } from './fabric-change.ts';
import { faceToModelSchema } from './face-to-model.ts';
import { imageToVideoSchema } from './image-to-video.ts';
import { modelCreateSchema } from './model-create.ts';
import { modelSwapSchema } from './model-swap.ts';
import { productToModelSchema } from './product-to-model.ts';
import { reframeSchema } from './reframe.ts';
import { relightSchema } from './relight.ts';
import { sketchToGarmentSchema } from './sketch-to-garment.ts';
import { tryOnSchema } from './try-on.ts';
import { upscaleSchema } from './upscale.ts';
import { variationsSchema } from './variations.ts';

/** Every capability that a dialect can ask for today, in canonical form; a new one is a file and a line here. */
export const capabilityRequestSchema = z.discriminatedUnion('capability', [
  tryOnSchema,
  productToModelSchema,
  faceToModelSchema,
  modelCreateSchema,
  modelSwapSchema,
  editorialSchema,
  variationsSchema,
  editSchema,
  relightSchema,
  upscaleSchema,
  fabricChangeSchema,
  sketchToGarmentSchema,
  reframeSchema,
  backgroundChangeSchema,
  backgroundRemoveSchema,
  imageToVideoSchema,
]);

export type CapabilityRequest = z.infer<typeof capabilityRequestSchema>;
export type CapabilityName = CapabilityRequest['capability'];
export type RequestFor<Name extends CapabilityName> = Extract<
  CapabilityRequest,
  { capability: Name }
>;
