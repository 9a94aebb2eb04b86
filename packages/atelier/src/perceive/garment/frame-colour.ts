import type { RgbImage } from '../../pixels/image.ts';

/** Colours are counted in steps of this many levels a channel; a step's neighbours count as the same colour. */
const STEP = 8;
const LEVELS = 256 / STEP;

/** The most common colour of a picture's outermost pixels, and the share of them that have it, nearly. */
export function commonFrameColour({ width, height, data }: RgbImage): {
  readonly colour: readonly [number, number, number];
  readonly share: number;
} {
  const frame: number[] = [];
  for (let x = 0; x < width; x++) frame.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) frame.push(y * width, y * width + width - 1);
  const counts = new Int32Array(LEVELS ** 3);
  const cellOf = (i: number): number =>
    (Math.floor(data[3 * i] / STEP) * LEVELS + Math.floor(data[3 * i + 1] / STEP)) * LEVELS +
    Math.floor(data[3 * i + 2] / STEP);
  let best = 0;
  for (const i of frame) {
    const cell = cellOf(i);
    counts[cell]++;
    if (counts[cell] > counts[best]) best = cell;
  }
  const own = frame.filter((i) => cellOf(i) === best);
  const mean = (c: number): number =>
    own.reduce((sum, i) => sum + data[3 * i + c], 0) / Math.max(1, own.length);
  const exact = [mean(0), mean(1), mean(2)];
  const near = frame.filter((i) => exact.every((v, c) => Math.abs(data[3 * i + c] - v) < STEP));
  const [r, g, b] = exact.map(Math.round);
  return { colour: [r, g, b], share: near.length / Math.max(1, frame.length) };
}
