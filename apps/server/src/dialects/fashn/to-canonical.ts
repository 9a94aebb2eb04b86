import type { CapabilityRequest } from '../../capabilities/index.ts';
import { reframeTarget } from './wire.ts';
import type { Inputs, Run } from './wire.ts';

/** Where a model makes a new picture, FASHN's size is about one megapixel unless asked otherwise. */
const usualResolution = '1k';
/** Only tryon-v1.6 lets the caller choose; FASHN checks the others in this way. */
const usualModeration = 'permissive';

/**
 * The canonical request that a run stands for. Try-on keeps `resolution` and `aspect_ratio` undefined when they were left out:
 * the answer then has the size of `model_image` (docs/decisions/0005).
 */
export function toCanonical(run: Run): CapabilityRequest {
  switch (run.model) {
    case 'tryon-v1.6':
      return tryOn(run.inputs);
    case 'tryon-max':
      return tryOnMax(run.inputs);
    case 'product-to-model':
      return productToModel(run.inputs);
    case 'face-to-model':
      return faceToModel(run.inputs);
    case 'model-create':
      return modelCreate(run.inputs);
    case 'model-swap':
      return modelSwap(run.inputs);
    case 'model-variation':
      return modelVariation(run.inputs);
    case 'edit':
      return edit(run.inputs);
    case 'reframe':
      return reframe(run.inputs);
    case 'background-change':
      return backgroundChange(run.inputs);
    case 'background-remove':
      return backgroundRemove(run.inputs);
    case 'image-to-video':
      return imageToVideo(run.inputs);
  }
}

const effortOf = { performance: 'fast', balanced: 'balanced', quality: 'quality' } as const;
const faceModeOf = { match_base: 'match-base', match_reference: 'match-reference' } as const;

interface SharedInputs {
  readonly seed: number;
  readonly num_images: number;
  readonly generation_mode?: 'fast' | 'balanced' | 'quality' | undefined;
}

const common = (inputs: SharedInputs) =>
  ({
    seed: inputs.seed,
    count: inputs.num_images,
    moderation: usualModeration,
    effort: inputs.generation_mode,
  }) as const;

type ProductOnPerson = Pick<
  Inputs<'tryon-max'>,
  'model_image' | 'product_image' | 'prompt' | 'aspect_ratio' | 'resolution'
> &
  SharedInputs;

function tryOn(inputs: Inputs<'tryon-v1.6'>): CapabilityRequest {
  return {
    capability: 'try-on',
    images: { model: inputs.model_image, garment: inputs.garment_image },
    garmentKind: inputs.category,
    photoType: inputs.garment_photo_type,
    seed: inputs.seed,
    count: inputs.num_samples,
    moderation: inputs.moderation_level,
    effort: effortOf[inputs.mode],
  };
}

/** tryon-max, and product-to-model with a person given: that one may also be fast. */
function tryOnMax(inputs: ProductOnPerson): CapabilityRequest {
  return {
    capability: 'try-on',
    images: { model: inputs.model_image, garment: inputs.product_image },
    garmentKind: 'auto',
    photoType: 'auto',
    prompt: inputs.prompt,
    ...common(inputs),
    aspectRatio: inputs.aspect_ratio,
    resolution: inputs.resolution,
  };
}

function productToModel(inputs: Inputs<'product-to-model'>): CapabilityRequest {
  if (inputs.model_image !== undefined) {
    return tryOnMax({ ...inputs, model_image: inputs.model_image });
  }
  return {
    capability: 'product-to-model',
    images: {
      product: inputs.product_image,
      inspiration: inputs.image_prompt,
      face: inputs.face_reference,
      background: inputs.background_reference,
    },
    faceMode: faceModeOf[inputs.face_reference_mode],
    prompt: inputs.prompt,
    ...common(inputs),
    aspectRatio: inputs.aspect_ratio,
    resolution: inputs.resolution ?? usualResolution,
  };
}

function faceToModel(inputs: Inputs<'face-to-model'>): CapabilityRequest {
  return {
    capability: 'face-to-model',
    images: { face: inputs.face_image },
    prompt: inputs.prompt,
    ...common(inputs),
    aspectRatio: inputs.aspect_ratio,
    resolution: inputs.resolution ?? usualResolution,
  };
}

function modelCreate(inputs: Inputs<'model-create'>): CapabilityRequest {
  const withoutReference = inputs.image_reference === undefined ? '1:1' : undefined;
  return {
    capability: 'model-create',
    images: { reference: inputs.image_reference, face: inputs.face_reference },
    referenceUse: inputs.reference_type,
    faceMode: faceModeOf[inputs.face_reference_mode],
    prompt: inputs.prompt,
    loraUrl: inputs.lora_url,
    ...common(inputs),
    aspectRatio: inputs.aspect_ratio ?? withoutReference,
    resolution: inputs.resolution ?? usualResolution,
  };
}

function modelSwap(inputs: Inputs<'model-swap'>): CapabilityRequest {
  return {
    capability: 'model-swap',
    images: { model: inputs.model_image, face: inputs.face_reference },
    faceMode: faceModeOf[inputs.face_reference_mode],
    keepBackground: !inputs.background_change,
    prompt: inputs.prompt,
    loraUrl: inputs.lora_url,
    ...common(inputs),
    aspectRatio: inputs.aspect_ratio,
    resolution: inputs.resolution ?? usualResolution,
  };
}

function modelVariation(inputs: Inputs<'model-variation'>): CapabilityRequest {
  return {
    capability: 'variations',
    images: { image: inputs.model_image },
    strength: inputs.variation_strength,
    loraUrl: inputs.lora_url,
    seed: inputs.seed,
    count: 1,
    moderation: usualModeration,
  };
}

function edit(inputs: Inputs<'edit'>): CapabilityRequest {
  return {
    capability: 'edit',
    images: { image: inputs.image, mask: inputs.mask, context: inputs.image_context },
    prompt: inputs.prompt,
    ...common(inputs),
    aspectRatio: inputs.aspect_ratio,
    resolution: inputs.resolution ?? usualResolution,
  };
}

function reframe(inputs: Inputs<'reframe'>): CapabilityRequest {
  const target = reframeTarget(inputs);
  if (target === null) throw new Error('reframe came past its schema without a target');
  return {
    capability: 'reframe',
    images: { image: inputs.image },
    target,
    ...common(inputs),
    resolution: inputs.resolution ?? usualResolution,
  };
}

function backgroundChange(inputs: Inputs<'background-change'>): CapabilityRequest {
  return {
    capability: 'background-change',
    images: { image: inputs.image },
    prompt: inputs.prompt ?? inputs.background_prompt ?? '',
    ...common(inputs),
    resolution: inputs.resolution ?? usualResolution,
  };
}

function backgroundRemove(inputs: Inputs<'background-remove'>): CapabilityRequest {
  return {
    capability: 'background-remove',
    images: { image: inputs.image },
    seed: 42,
    count: 1,
    moderation: usualModeration,
  };
}

function imageToVideo(inputs: Inputs<'image-to-video'>): CapabilityRequest {
  return {
    capability: 'image-to-video',
    images: { image: inputs.image, end: inputs.end_image },
    prompt: inputs.prompt,
    negativePrompt: inputs.negative_prompt,
    seconds: inputs.duration,
    lines: inputs.resolution,
    seed: inputs.seed,
    count: 1,
    moderation: usualModeration,
  };
}
