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

it('takes nothing from what is like the clothes beside a hole', () => {
  const colours = [0.3, 0.25, 0.2].map((share) => {
    const plane = createPlane(SIDE, SIDE);
    for (let i = 0; i < plane.data.length; i++) {
      const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
      // A white shirt to the right, a bright beam far to the left, a dim wall between them.
      plane.data[i] =
        x >= 110 ? 0.95 : x < 30 ? 0.9 : share + 0.05 * Math.sin(x / 3) * Math.sin(y / 4);
    }
    return plane;
  });
  const hole = createMask(SIDE, SIDE);
  const source = createMask(SIDE, SIDE);
  for (let i = 0; i < source.data.length; i++) {
    hole.data[i] = i % SIDE >= 106 && i % SIDE < 110 ? 1 : 0;
    source.data[i] = i % SIDE < 106 ? 1 : 0;
  }
  const guess = [0.3, 0.25, 0.2].map((share) => {
    const plane = createPlane(SIDE, SIDE);
    plane.data.fill(share);
    return plane;
  });
  const filled = fillFromExemplars({ colours, guess, hole, source, random: randomFrom(3) });
  const bright = hole.data.filter((value, i) => value && (filled?.[0].data[i] ?? 1) > 0.5);
  expect(bright.length).toBe(0);
});

it('says when there is nothing to copy from', () => {
  const colours = wall();
  const hole = { ...createMask(SIDE, SIDE), data: new Uint8Array(SIDE * SIDE).fill(1) };
  const source = createMask(SIDE, SIDE);
  const problem = { colours, guess: colours, hole, source, random: randomFrom(1) };
  expect(fillFromExemplars(problem)).toBeUndefined();
});
