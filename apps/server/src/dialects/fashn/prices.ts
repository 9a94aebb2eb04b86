import type { Run } from './wire.ts';

type Mode = 'fast' | 'balanced' | 'quality';
type Resolution = '1k' | '2k' | '4k';

/** Credits. A server that asks other prices gives another table. */
export interface Prices {
  /** An output picture, for all models that know mode and resolution. */
  readonly picture: Readonly<Record<Mode, Readonly<Record<Resolution, number>>>>;
  /** Added to every output picture that is led by a face. */
  readonly faceReference: number;
  /** Five seconds of video; ten cost twice as much. */
  readonly video: Readonly<Record<'480p' | '720p' | '1080p', number>>;
  readonly tryOn: number;
  readonly backgroundRemove: number;
  readonly modelVariation: number;
  /** How a left-out mode is billed. */
  readonly usualMode: Readonly<Record<Resolution, Mode>>;
  /** The same for tryon-max, which has no fast mode. */
  readonly usualTryOnMaxMode: Readonly<Record<Resolution, Mode>>;
}

export const fashnPrices: Prices = {
  picture: {
    fast: { '1k': 1, '2k': 2, '4k': 3 },
    balanced: { '1k': 2, '2k': 3, '4k': 4 },
    quality: { '1k': 3, '2k': 4, '4k': 5 },
  },
  faceReference: 3,
  video: { '480p': 1, '720p': 3, '1080p': 6 },
  tryOn: 1,
  backgroundRemove: 1,
  modelVariation: 1,
  usualMode: { '1k': 'fast', '2k': 'quality', '4k': 'quality' },
  usualTryOnMaxMode: { '1k': 'balanced', '2k': 'quality', '4k': 'quality' },
};

/** What a run costs when it succeeds, in credits. */
export function priceOf(run: Run, prices: Prices): number {
  switch (run.model) {
    case 'tryon-v1.6':
      return prices.tryOn * run.inputs.num_samples;
    case 'tryon-max':
      return picturesPrice(run.inputs, prices, prices.usualTryOnMaxMode);
    case 'product-to-model':
    case 'face-to-model':
    case 'model-create':
    case 'model-swap':
    case 'edit':
    case 'reframe':
    case 'background-change':
      return picturesPrice(run.inputs, prices, prices.usualMode);
    case 'model-variation':
      return prices.modelVariation;
    case 'background-remove':
      return prices.backgroundRemove;
    case 'image-to-video':
      return prices.video[run.inputs.resolution] * (run.inputs.duration / 5);
  }
}

interface PricedInputs {
  readonly resolution?: Resolution | undefined;
  readonly generation_mode?: Mode | undefined;
  readonly num_images: number;
  readonly face_reference?: unknown;
}

/** cost = (table[mode][resolution] + (face ? 3 : 0)) x pictures */
function picturesPrice(
  inputs: PricedInputs,
  prices: Prices,
  usualMode: Prices['usualMode'],
): number {
  const resolution = inputs.resolution ?? '1k';
  const mode = inputs.generation_mode ?? usualMode[resolution];
  const face = inputs.face_reference === undefined ? 0 : prices.faceReference;
  return (prices.picture[mode][resolution] + face) * inputs.num_images;
}
