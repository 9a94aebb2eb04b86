import { expect, it } from 'vitest';
import { createPlane, type Plane } from '../pixels/image.ts';
import { hangingHair } from './hanging-hair.ts';

const UNIT = 200;

/** Boxes of hair in a plane, as `[left, top, width, height]`. */
function hairOf(...boxes: readonly (readonly [number, number, number, number])[]): Plane {
  const plane = createPlane(300, 200);
  for (const [left, top, width, height] of boxes) {
    for (let y = top; y < top + height; y++) {
      plane.data.fill(0.9, y * 300 + left, y * 300 + left + width);
    }
  }
  return plane;
}

const left = (hair: Plane, x: number, y: number): number =>
  hangingHair(hair, UNIT).data[y * hair.width + x];

it('keeps hair of the head with its strands, and braids that come forward over a shoulder', () => {
  const head = hairOf([100, 0, 60, 50], [158, 50, 2, 12], [220, 80, 30, 90]);
  expect(left(head, 120, 20)).toBeCloseTo(0.9);
  expect(left(head, 159, 60)).toBeCloseTo(0.9);
  expect(left(head, 230, 120)).toBeCloseTo(0.9);
});

it('takes the shade under a collar, and scraps of dark clothes, for no hair', () => {
  const head = hairOf([100, 0, 60, 50], [90, 90, 3, 40], [200, 100, 25, 25]);
  expect(left(head, 120, 20)).toBeCloseTo(0.9);
  expect(left(head, 91, 110)).toBe(0);
  expect(left(head, 210, 110)).toBe(0);
});
