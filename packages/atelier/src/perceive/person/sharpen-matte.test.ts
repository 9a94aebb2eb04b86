import { expect, it } from 'vitest';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { smoothstep } from '../../pixels/scalar.ts';
import { sharpenMatte } from './sharpen-matte.ts';

const SIZE = 96;
const PERSON = [0.3, 0.2, 0.15];

/** A person at the left, sharp at x = 48, before a ground of one colour; the matte given is soft and 3 pixels too wide. */
function scene(ground: readonly number[]): { guide: [Plane, Plane, Plane]; matte: Plane } {
  const plane = (): Plane => createPlane(SIZE, SIZE);
  const guide: [Plane, Plane, Plane] = [plane(), plane(), plane()];
  const matte = plane();
  for (let i = 0; i < SIZE * SIZE; i++) {
    const x = i % SIZE;
    for (const [c, target] of guide.entries()) target.data[i] = x < 48 ? PERSON[c] : ground[c];
    matte.data[i] = 1 - smoothstep(46, 56, x);
  }
  return { guide, matte };
}

const at = (plane: Plane, x: number): number => plane.data[40 * SIZE + x];

it('takes away the fringe that a wide matte leaves', () => {
  const { guide, matte } = scene([0.9, 0.9, 0.88]);
  const sharp = sharpenMatte(guide, guide, matte, 10);
  expect(at(matte, 50)).toBeGreaterThan(0.5);
  expect(at(sharp, 50)).toBeLessThan(0.1);
  expect(at(sharp, 46)).toBeGreaterThan(0.95);
});

it('leaves the matte alone where person and ground look alike', () => {
  const { guide, matte } = scene(PERSON);
  const sharp = sharpenMatte(guide, guide, matte, 10);
  for (let x = 0; x < SIZE; x++) expect(at(sharp, x)).toBeCloseTo(at(matte, x), 6);
});
