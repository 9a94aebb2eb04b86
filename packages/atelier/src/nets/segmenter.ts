import { readFile } from 'node:fs/promises';
import { loadNet, type Net } from '@toile/nets';
import { translateLite } from '@toile/nets/lite';
import type { RgbImage } from '../pixels/image.ts';
import { floats } from '@toile/memory';
import { segmenterFile } from './files.ts';
import { type Region, sampleRegion } from './region.ts';
import type { NetRunner } from './runner.ts';

/** Side of the square that the net looks at, pixels. */
export const SEGMENTER_SIZE = 256;
const PIXELS = SEGMENTER_SIZE * SEGMENTER_SIZE;

/** What the net tells apart, in the order of its answer. */
export const bodyClasses = [
  'background',
  'hair',
  'bodySkin',
  'faceSkin',
  'clothes',
  'other',
] as const;
export type BodyClass = (typeof bodyClasses)[number];

/** A square of a picture with the share of each class at its pixels, row by row; they sum to 1 a pixel. */
export interface SegmentedRegion {
  readonly region: Region;
  readonly shares: Readonly<Record<BodyClass, Float32Array>>;
}

/** Loads MediaPipe's multi-class selfie segmenter (Google, 2023), a MobileViT. */
export async function loadSegmenter(threads: number): Promise<Net> {
  const file = await readFile(segmenterFile());
  const write = (): Uint8Array => translateLite(file);
  const shape = [1, SEGMENTER_SIZE, SEGMENTER_SIZE, 3];
  return await loadNet({ files: [file], write, shape, outputs: 1, threads });
}

/** Tells hair, skin, clothes and things worn apart in a region; what lies outside the picture is black to the net. */
export async function runSegmenter(
  nets: NetRunner,
  image: RgbImage,
  region: Region,
): Promise<SegmentedRegion> {
  const [scores] = await nets.run('segmenter', sampleRegion(image, region, SEGMENTER_SIZE));
  return { region, shares: sharesOf(scores) };
}

/** The softmax of six scores a pixel, a list a class. */
function sharesOf(scores: Float32Array): Record<BodyClass, Float32Array> {
  const count = bodyClasses.length;
  const lists = bodyClasses.map(() => floats(PIXELS));
  const odds = new Float64Array(count);
  for (let i = 0; i < PIXELS; i++) {
    let most = -Infinity;
    for (let k = 0; k < count; k++) most = Math.max(most, scores[i * count + k]);
    let total = 0;
    for (let k = 0; k < count; k++) total += odds[k] = Math.exp(scores[i * count + k] - most);
    for (let k = 0; k < count; k++) lists[k][i] = odds[k] / total;
  }
  const [background, hair, bodySkin, faceSkin, clothes, other] = lists;
  return { background, hair, bodySkin, faceSkin, clothes, other };
}
