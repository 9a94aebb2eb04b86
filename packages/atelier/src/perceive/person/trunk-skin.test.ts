import { beforeAll, expect, it } from 'vitest';
import { drawFigure } from '../../../test/figures.ts';
import { wearerOf } from '../../../test/wearers.ts';
import { mix } from '../../geometry/vector.ts';
import { createMask, type Mask } from '../../pixels/image.ts';
import { type Body, buildBody } from './body.ts';
import { shapeFace } from './face-shape.ts';
import { skinWithoutArms } from './trunk-skin.ts';

let body: Body;

beforeAll(async () => {
  const { pose } = wearerOf(await drawFigure());
  const { eyes, mouth } = pose;
  const face = shapeFace(mix(eyes.left.at, eyes.right.at, 0.5), mouth.at, undefined);
  body = buildBody(pose, face, 1);
});

type Box = readonly [left: number, top: number, right: number, bottom: number];

function boxes(...all: readonly Box[]): Mask {
  const mask = createMask(600, 900);
  mask.data.forEach((_, i) => {
    const [x, y] = [i % 600, Math.floor(i / 600)];
    if (all.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom))
      mask.data[i] = 1;
  });
  return mask;
}

const WAIST: Box = [250, 400, 350, 408];
const FOREARM: Box = [180, 350, 215, 450];
const SPECK: Box = [290, 500, 300, 504];

const at = ({ data, width }: Mask, [left, top]: Box): number => data[(top + 1) * width + left + 1];

it('tells a strip of bare waist from an arm, and leaves specks to whoever asks', () => {
  const found = skinWithoutArms(boxes(WAIST, FOREARM, SPECK), body);
  expect([WAIST, FOREARM, SPECK].map((box) => at(found, box))).toEqual([1, 0, 0]);
});

it('takes skin that goes on into an arm for the arm', () => {
  const joined: Box = [200, 400, 350, 408];
  const found = skinWithoutArms(boxes(joined, FOREARM), body);
  expect(at(found, [300, 400, 0, 0])).toBe(0);
});
