import { createRequire } from 'node:module';
import path from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { ready, setBackend, Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import type { PixelImage } from '../engines/engine.ts';
import { classes, type Scores } from './levels.ts';
import { readModel } from './model-files.ts';

/** Side of the square that the classifier looks at, pixels. */
const SIDE = 224;

let model: Promise<GraphModel> | undefined;

/** What the classifier sees in each picture. Runs in a thread of its own; the model is loaded with the first picture. */
export default async function classify(images: readonly PixelImage[]): Promise<Scores[]> {
  const loaded = await (model ??= load());
  const scores: Scores[] = [];
  for (const image of images) scores.push(await classifyOne(loaded, image));
  return scores;
}

async function load(): Promise<GraphModel> {
  const kernels = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
  );
  setWasmPaths(path.dirname(kernels) + path.sep);
  setThreadsCount(1);
  if (!(await setBackend('wasm'))) throw new Error('the WebAssembly backend did not start');
  await ready();
  const artifacts = await readModel();
  return await loadGraphModel({ load: () => Promise.resolve(artifacts) });
}

async function classifyOne(loaded: GraphModel, image: PixelImage): Promise<Scores> {
  const pixels = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: image.channels },
  })
    .flatten({ background: '#fff' })
    .resize(SIDE, SIDE, { fit: 'fill' })
    .raw()
    .toBuffer();
  const shares = tidy(() => {
    const input = tensor4d(
      Float32Array.from(pixels, (byte) => byte / 255),
      [1, SIDE, SIDE, 3],
    );
    const output = loaded.predict(input);
    if (!(output instanceof Tensor)) throw new Error('the classifier gave no single output');
    return output.dataSync();
  });
  const [drawing, hentai, neutral, porn, sexy] = Array.from(shares, Number);
  if (
    drawing === undefined ||
    hentai === undefined ||
    neutral === undefined ||
    porn === undefined ||
    sexy === undefined ||
    shares.length !== classes.length
  ) {
    throw new Error(`the classifier gave ${shares.length} shares in place of ${classes.length}`);
  }
  return { drawing, hentai, neutral, porn, sexy };
}
