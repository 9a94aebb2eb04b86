import type { CapabilityName } from '../capabilities/index.ts';

/** The largest picture that any capability answers with: 4k. */
const largestOutput = 4096 * 4096;
/** A picture that is only looked at or worn smaller than it is given. */
const asReference = 2048 * 2048;

/** The input that a capability's answer is made from, where there is one; its size is the answer's. */
const leadingInput = {
  'try-on': 'model',
  'product-to-model': null,
  'face-to-model': null,
  'model-create': null,
  'model-swap': 'model',
  editorial: null,
  variations: 'image',
  edit: 'image',
  reframe: 'image',
  'background-change': 'image',
  'background-remove': 'image',
  relight: 'image',
  upscale: 'image',
  'fabric-change': 'model',
  'sketch-to-garment': null,
  'image-to-video': null,
} as const satisfies Record<CapabilityName, string | null>;

/** How many pixels of an input a capability has a use for; more are dropped while loading. */
export function neededPixels(capability: CapabilityName, inputName: string): number {
  if (inputName === 'mask') return largestOutput;
  return leadingInput[capability] === inputName ? largestOutput : asReference;
}
