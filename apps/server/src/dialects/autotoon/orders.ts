import { randomInt } from 'node:crypto';
import type { Direction } from '../../capabilities/direction.ts';
import type { CapabilityRequest, RequestFor } from '../../capabilities/index.ts';
import type { ImageSource } from '../../capabilities/image-source.ts';
import type { AutotoonPrices } from '../../prices/autotoon.ts';
import type { PictureTaker } from '../read-pictures.ts';
import type { Person } from './people.ts';
import { usualAiModel } from './wire.ts';
import type { AiModel, Generate, Relight, Upscale, Variations, Video } from './wire.ts';

/** What a call stands for. */
export interface Order {
  readonly operation: 'generate' | 'variations' | 'relight' | 'upscale' | 'video';
  readonly request: CapabilityRequest;
  /** Credits. */
  readonly price: number;
  /** Credits, when another engine serves than the one that was asked for. */
  readonly fallbackPrice?: number | undefined;
  /** The field of the call that each picture came in, where its name in messages would not tell. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Auto Toon lets nobody choose. Every call makes another picture, so that asking again is worth while. */
const common = () => ({ moderation: 'permissive', seed: randomInt(2 ** 32), count: 1 }) as const;
const variationCount = 3;

/** Blank text says nothing. */
const said = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text;

export function generate(
  body: Generate,
  people: readonly Person[],
  fields: Order['fields'],
  prices: AutotoonPrices,
): Order {
  const direction: Direction = {
    style: said(body.styleData?.style),
    background: said(body.backgroundData?.background),
    makeup: said(body.makeupAnalysis),
    hair: said(body.hairstyleAnalysis),
    brand: said(body.brandAnalysis),
    wishes: said(body.promptModifier),
  };
  const pictures = people.flatMap((person) => person.pictures);
  return {
    operation: 'generate',
    ...priceOf(prices.generate, body.aiModel),
    fields,
    request: {
      capability: 'editorial',
      images: Object.fromEntries(pictures),
      people: people.map(({ portrait, sheet, garments, prompt }) => ({
        portrait,
        sheet,
        garments: [...garments],
        prompt: said(prompt),
      })),
      direction,
      ...common(),
      aiModel: body.aiModel,
      aspectRatio: '3:4',
      resolution: '1k',
    },
  };
}

export function variations(body: Variations, take: PictureTaker, prices: AutotoonPrices): Order {
  const persona = body.styleData?.style ?? 'fashion-editorial';
  const scratch = body.styleData?.mode === 'scratch-model';
  const models = named('model', 'modelImageUrls', body.modelImageUrls, take);
  const garments = named('garment', 'clothingImageUrls', body.clothingImageUrls, take);
  const request: RequestFor<'variations'> = {
    capability: 'variations',
    images: {
      ...Object.fromEntries([...models, ...garments].map(({ name, source }) => [name, source])),
      image: take.take('baseImageUrl', body.baseImageUrl),
    },
    models: models.map(({ name }) => name),
    garments: garments.map(({ name }) => name),
    strength: 'strong',
    // A product hero has nobody whose face could be kept.
    identity: persona === 'fashion-editorial' ? (scratch ? 'invent' : 'keep') : undefined,
    direction: { persona },
    ...common(),
    count: variationCount,
    aspectRatio: body.aspectRatio,
  };
  return {
    operation: 'variations',
    price: prices.variation * variationCount,
    request,
    fields: new Map([...models, ...garments].map(({ name, field }) => [name, field])),
  };
}

export function relight(body: Relight, take: PictureTaker, prices: AutotoonPrices): Order {
  return {
    operation: 'relight',
    ...priceOf(prices.relight, body.aiModel),
    fields: new Map(),
    request: {
      capability: 'relight',
      images: { image: take.take('baseImageUrl', body.baseImageUrl) },
      direction: {
        light: {
          preset: body.lighting,
          position: said(body.lightPosition),
          color: said(body.lightColor),
        },
      },
      ...common(),
      aiModel: body.aiModel,
    },
  };
}

export function upscale(body: Upscale, take: PictureTaker, prices: AutotoonPrices): Order {
  return {
    operation: 'upscale',
    price: prices.upscale,
    fields: new Map(),
    request: {
      capability: 'upscale',
      images: { image: take.take('imageUrl', body.imageUrl) },
      factor: body.scale,
      ...common(),
    },
  };
}

export function video(body: Video, take: PictureTaker, prices: AutotoonPrices): Order {
  return {
    operation: 'video',
    price: prices.video * (body.duration / 5),
    fields: new Map(),
    request: {
      capability: 'image-to-video',
      images: { image: take.take('imageUrl', body.imageUrl) },
      seconds: body.duration,
      lines: '720p',
      ...common(),
    },
  };
}

/** Whoever names a model and gets another engine pays the lower of the two prices; who names none has no reason to care. */
function priceOf(
  table: AutotoonPrices['generate'],
  asked: AiModel | undefined,
): Pick<Order, 'price' | 'fallbackPrice'> {
  const price = table[asked ?? usualAiModel];
  return asked === undefined ? { price } : { price, fallbackPrice: Math.min(price, table.other) };
}

function named(
  kind: string,
  field: string,
  texts: readonly string[] | undefined,
  take: PictureTaker,
): { readonly name: string; readonly field: string; readonly source: ImageSource }[] {
  return (texts ?? []).map((text, index) => ({
    name: `${kind}-${index + 1}`,
    field: `${field}[${index}]`,
    source: take.take(`${field}[${index}]`, text),
  }));
}
