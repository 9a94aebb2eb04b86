import { giveBack, letGo } from '@toile/memory';
import { loadGraph, type Net } from '@toile/nets';
import sharp from '@toile/memory/sharp';
import type { PixelImage } from '../engines/engine.ts';
import { classes, type Scores } from './levels.ts';
import { readModel } from './model-files.ts';

/** Side of the square that the classifier looks at, pixels. */
const SIDE = 224;

let model: Promise<Net> | undefined;

/** What the classifier sees in each picture. Runs in a thread of its own; the model is loaded with the first picture. */
export default async function classify(images: readonly PixelImage[]): Promise<Scores[]> {
  const loaded = await (model ??= load());
  const scores: Scores[] = [];
  for (const image of images) scores.push(await classifyOne(loaded, image));
  // What does not lie on shared memory is a copy for this thread.
  giveBack(...images.map(({ data }) => data));
  letGo(images);
  return scores;
}

async function load(): Promise<Net> {
  const { description, weights } = await readModel();
  return await loadGraph({ description, weights, size: SIDE, outputs: ['Identity'], threads: 1 });
}

async function classifyOne(loaded: Net, image: PixelImage): Promise<Scores> {
  const pixels = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: image.channels },
  })
    .flatten({ background: '#fff' })
    .resize(SIDE, SIDE, { fit: 'fill' })
    .raw()
    .toBuffer();
  const numbers = new Float32Array(pixels.length);
  // Not `from` nor `entries`, which make megabytes of garbage a picture.
  pixels.forEach((byte, i) => {
    numbers[i] = byte / 255;
  });
  const [shares = []] = await loaded.run(numbers);
  giveBack(pixels, numbers);
  const [drawing, hentai, neutral, porn, sexy] = shares;
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
