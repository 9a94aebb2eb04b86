import { beforeAll, describe, expect, it } from 'vitest';
import { drawFigure, type Figure } from '../../../test/figures.ts';
import { readingOf } from '../../../test/scenes.ts';
import { type Lab, labOf } from '../../pixels/colour.ts';
import { createPlane, maskToPlane, type Plane } from '../../pixels/image.ts';
import { buildBody } from './body.ts';
import { takeCuffs } from './cuffs.ts';
import { shapeFace } from './face-shape.ts';
import { labelCount, SKIN, UPPER } from './labels.ts';

const YELLOW = labOf(0xe0, 0xb0, 0x40);
const SKIN_TONE = labOf(0xd9, 0xa5, 0x83);

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** The end of the left sleeve, and a bracelet on the bare wrist below it. */
const CUFF: Box = [168, 424, 212, 450];
const BRACELET: Box = [168, 464, 212, 474];

function indices([left, top, right, bottom]: Box, width: number): number[] {
  const found: number[] = [];
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) found.push(y * width + x);
  return found;
}

describe('cuffs that the parse took for skin', () => {
  let figure: Figure;

  beforeAll(async () => {
    figure = await drawFigure({ top: 'long' });
  });

  /** Share of the box's cloth or skin that is held for the upper garment, after cuffs are taken. */
  function takenFrom(box: Box, colour: Lab): number {
    const { truth } = figure;
    const { width, height } = figure.image;
    const reading = readingOf(figure);
    const shares = Array.from({ length: labelCount }, () => createPlane(width, height));
    shares[SKIN] = maskToPlane(truth.arms);
    shares[UPPER] = maskToPlane(truth.upper);
    const lab = SKIN_TONE.map((value): Plane => {
      const plane = createPlane(width, height);
      return { ...plane, data: plane.data.fill(value) };
    });
    const inside = indices(box, width).filter((i) => truth.arms.data[i] || truth.upper.data[i]);
    for (const i of inside) {
      shares[UPPER].data[i] = 0;
      shares[SKIN].data[i] = 1;
      for (const [c, plane] of lab.entries()) plane.data[i] = colour[c];
    }
    const face = shapeFace([300, 125], [300, 170], undefined);
    const [l, a, b] = lab;
    takeCuffs(shares, [l, a, b], reading.matte, buildBody(reading.pose, face, 1));
    return inside.filter((i) => shares[UPPER].data[i] > 0.5).length / inside.length;
  }

  it('are the sleeve’s when they have no skin’s colour', () => {
    expect(takenFrom(CUFF, YELLOW)).toBeGreaterThan(0.9);
  });

  it('are the arm’s when they have the skin’s, in the shade too', () => {
    expect(takenFrom(CUFF, SKIN_TONE)).toBe(0);
    expect(takenFrom(CUFF, [0.6 * SKIN_TONE[0], 0.7 * SKIN_TONE[1], 0.7 * SKIN_TONE[2]])).toBe(0);
  });

  it('are none when skin lies on both sides: bracelets stay', () => {
    expect(takenFrom(BRACELET, YELLOW)).toBe(0);
  });
});
