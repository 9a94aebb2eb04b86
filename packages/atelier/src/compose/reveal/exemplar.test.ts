import { expect, it } from 'vitest';
import { createMask, createPlane, type Plane } from '../../pixels/image.ts';
import { randomFrom } from '../../pixels/random.ts';
import { fillFromExemplars } from './exemplar.ts';

const SIDE = 160;

/** A wall of slanted boards with dark joints. */
function wall(): Plane[] {
  return [0.8, 0.6, 0.4].map((share) => {
    const plane = createPlane(SIDE, SIDE);
    for (let i = 0; i < plane.data.length; i++) {
      const place = ((i % SIDE) + 0.25 * Math.floor(i / SIDE)) % 16;
      plane.data[i] = place < 3 ? 0.1 : share;
    }
    return plane;
  });
}

it('carries the boards of a wall on over a hole', () => {
  const colours = wall();
  const hole = createMask(SIDE, SIDE);
  const source = createMask(SIDE, SIDE).data.fill(1);
  for (let y = 60; y < 100; y++) {
    for (let x = 60; x < 100; x++) {
      hole.data[y * SIDE + x] = 1;
      source[y * SIDE + x] = 0;
    }
  }
  const grey = colours.map((plane) => ({ ...plane, data: plane.data.map(() => 0.5) }));
  const filled = fillFromExemplars({
    colours,
    guess: grey,
    hole,
    source: { width: SIDE, height: SIDE, data: source },
    random: randomFrom(7),
  });
  let wrong = 0;
  for (let i = 0; i < hole.data.length; i++) {
    if (hole.data[i] && Math.abs((filled?.[0].data[i] ?? 0) - colours[0].data[i]) > 0.2) wrong++;
  }
  expect(wrong / 1600).toBeLessThan(0.12);
});

it('says when there is nothing to copy from', () => {
  const colours = wall();
  const hole = { ...createMask(SIDE, SIDE), data: new Uint8Array(SIDE * SIDE).fill(1) };
  const source = createMask(SIDE, SIDE);
  const problem = { colours, guess: colours, hole, source, random: randomFrom(1) };
  expect(fillFromExemplars(problem)).toBeUndefined();
});
