import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawFigure, type Figure, type FigurePart } from '../../test/figures.ts';
import { type Nets, openNets } from './open-nets.ts';
import { wholeOf } from './region.ts';
import { type BodyClass, SEGMENTER_SIZE, type SegmentedRegion } from './segmenter.ts';

let nets: Nets;
let figure: Figure;
let seen: SegmentedRegion;

beforeAll(async () => {
  nets = openNets();
  figure = await drawFigure();
  seen = await nets.segment(figure.image, wholeOf(figure.image));
});

afterAll(async () => {
  await nets.close();
});

/** Shared over joined area of parts that were drawn and of what is mostly of some classes. */
function agreement(parts: readonly FigurePart[], classes: readonly BodyClass[]): number {
  const { width, height } = figure.image;
  const side = Math.max(width, height);
  let shared = 0;
  let joined = 0;
  for (let y = 0; y < SEGMENTER_SIZE; y++) {
    for (let x = 0; x < SEGMENTER_SIZE; x++) {
      const px = Math.floor(((x + 0.5) * side) / SEGMENTER_SIZE - (side - width) / 2);
      const py = Math.floor(((y + 0.5) * side) / SEGMENTER_SIZE - (side - height) / 2);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const drawn = parts.some((part) => figure.truth[part].data[py * width + px] === 1);
      const i = y * SEGMENTER_SIZE + x;
      const share = classes.reduce((sum, name) => sum + seen.shares[name][i], 0);
      if (drawn && share > 0.5) shared++;
      if (drawn || share > 0.5) joined++;
    }
  }
  return shared / joined;
}

it('tells a figure from its ground, and its clothes, skin and hair apart', () => {
  expect(agreement(['upper', 'lower'], ['clothes'])).toBeGreaterThan(0.85);
  expect(agreement(['face', 'neck', 'arms', 'legs'], ['bodySkin', 'faceSkin'])).toBeGreaterThan(
    0.7,
  );
  expect(agreement(['hair'], ['hair', 'other'])).toBeGreaterThan(0.6);
});

it('gives each pixel shares that sum to 1', () => {
  const lists = Object.values(seen.shares);
  for (let i = 0; i < lists[0].length; i += 97) {
    expect(lists.reduce((sum, list) => sum + list[i], 0)).toBeCloseTo(1, 5);
  }
});
