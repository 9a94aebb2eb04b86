import { expect, it } from 'vitest';
import type { Vec } from '../../geometry/vector.ts';
import { createPlane } from '../../pixels/image.ts';
import { insideBetween } from './neck-between.ts';
import type { NeckWindow } from './neck-window.ts';

const SIDE = 200;
const NECK = 120;
const level = (y: number): Vec[] => Array.from({ length: 41 }, (_, k): Vec => [40 + 3 * k, y]);

/** Cloth of two kinds in a pattern, and a third one above a height: the inside. */
function window(insideDownTo: number, patterned: number): NeckWindow {
  const plane = createPlane(SIDE, SIDE);
  const kinds = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < kinds.length; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    kinds[i] = y < insideDownTo ? 2 : (Math.floor(x / 7) + Math.floor(y / 7)) % 2;
  }
  return {
    origin: [0, 0],
    matte: plane,
    lab: [plane, plane, plane],
    texture: 0,
    patterned,
    cloth: { kinds, count: 3 },
  };
}

it('takes a deeper edge where the inside goes down to it', () => {
  expect(insideBetween(level(60), level(100), window(100, 1), NECK)).toBe(true);
});

it('takes no edge of the pattern, which goes on above it', () => {
  expect(insideBetween(level(60), level(100), window(60, 1), NECK)).toBe(false);
});

it('says nothing of plain cloth', () => {
  expect(insideBetween(level(60), level(100), window(60, 0), NECK)).toBe(true);
});
