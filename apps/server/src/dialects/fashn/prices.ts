import type { FashnPrices } from '../../prices/fashn.ts';
import type { Run } from './wire.ts';

type Mode = 'fast' | 'balanced' | 'quality';
type Resolution = '1k' | '2k' | '4k';

/** What a run costs when it succeeds, in credits. */
export function priceOf(run: Run, prices: FashnPrices): number {
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
  prices: FashnPrices,
  usualMode: FashnPrices['usualMode'],
): number {
  const resolution = inputs.resolution ?? '1k';
  const mode = inputs.generation_mode ?? usualMode[resolution];
  const face = inputs.face_reference === undefined ? 0 : prices.faceReference;
  return (prices.picture[mode][resolution] + face) * inputs.num_images;
}
