import type { Direction } from '../../capabilities/direction.ts';
import type { CapabilityRequest } from '../../capabilities/index.ts';
import type { VistourePrices } from '../../prices/vistoure.ts';
import type { PictureTaker } from '../read-pictures.ts';
import type { Body } from './wire.ts';

/** What a run stands for. */
export interface Order {
  /** Its `model_name`, which is a part of some answers; empty for tools without models. */
  readonly model: string;
  readonly request: CapabilityRequest;
  readonly tokens: number;
}

const garmentKinds = {
  top: 'tops',
  bottom: 'bottoms',
  dress: 'one-pieces',
  dresses: 'one-pieces',
  accessory: 'accessories',
} as const;

const effortOf = { Turbo: 'fast', Beta: 'balanced' } as const;

/** VistoureAI lets nobody choose these, save for the seed of its first tool. */
const common = { moderation: 'permissive', seed: 42, count: 1 } as const;
const usualResolution = '1k';

/** Blank text says nothing. */
const said = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text;

export function tryon(body: Body<'tryon'>, take: PictureTaker, prices: VistourePrices): Order {
  return {
    model: body.model_name,
    tokens: prices.tryon[body.model_name],
    request: {
      capability: 'try-on',
      images: {
        model: take.take('model_image', body.model_image),
        garment: take.take('garment_image', body.garment_image),
      },
      garmentKind: garmentKinds[body.category],
      photoType: 'auto',
      garmentWords: said(body.garment_description),
      ...common,
      seed: body.seed,
      effort: effortOf[body.model_name],
    },
  };
}

export function tryonPro(
  body: Body<'tryonPro'>,
  take: PictureTaker,
  prices: VistourePrices,
): Order {
  const ratio = body.aspect_ratio ?? (body.model_name === 'Pro' ? 'match_input_image' : '3:4');
  return {
    model: body.model_name,
    tokens: prices.tryonPro[body.model_name],
    request: {
      capability: 'try-on',
      images: {
        model: take.take('model_image', body.model_image),
        garment: take.take('garment_image', body.garment_image),
        pose: take.takeIfGiven('pose_image', body.pose_image),
        style: take.takeIfGiven('style_image', body.style_image),
      },
      garmentKind: garmentKinds[body.category],
      photoType: 'auto',
      garmentSize: body.model_name === 'Pro Fit' ? body.garment_size : undefined,
      aspectRatio: ratio === 'match_input_image' ? undefined : ratio,
      ...common,
      effort: 'quality',
    },
  };
}

export function virtualmodel(
  body: Body<'virtualmodel'>,
  take: PictureTaker,
  prices: VistourePrices,
): Order {
  const direction: Direction = {
    person: { gender: body.gender, age: said(body.age) ?? 'Adult', ethnicity: body.ethnicity },
    outfit: body.dresstype,
    background: body.background,
    framing: body.closeup ? 'close-up' : undefined,
    wishes: said(body.improve_prompt),
  };
  return {
    model: body.model_name,
    tokens: prices.virtualmodel[body.model_name] * body.num_outputs,
    request: {
      capability: 'model-create',
      images: { face: take.takeIfGiven('face_reference', body.face_reference) },
      referenceUse: 'pose',
      faceMode: 'match-reference',
      prompt: '',
      direction,
      ...common,
      count: body.num_outputs,
      effort: body.model_name === 'Standard' ? 'balanced' : 'quality',
      aspectRatio: '3:4',
      resolution: usualResolution,
    },
  };
}

export function fabric(body: Body<'fabric'>, take: PictureTaker, prices: VistourePrices): Order {
  return {
    model: '',
    tokens: prices.fabric + (body.upscale ? prices.fabricUpscale : 0),
    request: {
      capability: 'fabric-change',
      images: {
        model: take.take('model_image', body.model_image),
        fabric: take.takeIfGiven('fabric_image', body.fabric_image),
      },
      garmentKind: garmentKinds[body.category],
      prompt: said(body.fabric_description),
      upscale: body.upscale,
      ...common,
    },
  };
}

export function sketchtodress(
  body: Body<'sketchtodress'>,
  take: PictureTaker,
  prices: VistourePrices,
): Order {
  return {
    model: '',
    tokens: prices.sketchtodress,
    request: {
      capability: 'sketch-to-garment',
      images: { sketch: take.take('image', body.image) },
      onPaper: body.mode === 'upload',
      direction: { person: { gender: body.gender }, wishes: said(body.improve_prompt) },
      ...common,
      aspectRatio: '3:4',
      resolution: usualResolution,
    },
  };
}
