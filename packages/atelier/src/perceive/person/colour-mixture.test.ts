import { expect, it } from 'vitest';
import { createPlane } from '../../pixels/image.ts';
import { randomFrom } from '../../pixels/random.ts';
import { density, fitMixture, type LabPlanes, strangeness } from './colour-mixture.ts';

const options = { count: 3, floor: [4, 4, 4] } as const;

/** Half the pixels light and grey, half dark and warm, with noise. */
function twoColours(): LabPlanes {
  const random = randomFrom(3);
  const planes: LabPlanes = [createPlane(40, 40), createPlane(40, 40), createPlane(40, 40)];
  for (let i = 0; i < 1600; i++) {
    const colour = i % 2 ? [85, 0, 2] : [35, 18, 22];
    for (const [c, plane] of planes.entries()) plane.data[i] = colour[c] + (random() - 0.5) * 4;
  }
  return planes;
}

const all = Array.from({ length: 1600 }, (_, i) => i);

it('gives both colours of two more density than what lies between', () => {
  const mixture = fitMixture(twoColours(), all, options)!;
  const between = density(mixture, 60, 9, 12);
  expect(density(mixture, 85, 0, 2)).toBeGreaterThan(100 * between);
  expect(density(mixture, 35, 18, 22)).toBeGreaterThan(100 * between);
});

it('finds its own colours familiar and others strange', () => {
  const mixture = fitMixture(twoColours(), all, options)!;
  expect(strangeness(mixture, 85, 0, 2, [0, 0, 0])).toBeLessThan(1);
  expect(strangeness(mixture, 50, -40, 30, [0, 0, 0])).toBeGreaterThan(25);
});

it('fits the same mixture twice', () => {
  expect(fitMixture(twoColours(), all, options)).toEqual(fitMixture(twoColours(), all, options));
});

it('says nothing from a handful of pixels', () => {
  expect(fitMixture(twoColours(), [1, 2, 3], options)).toBeUndefined();
});
