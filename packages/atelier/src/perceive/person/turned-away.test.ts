import { expect, it } from 'vitest';
import { createPlane, type Plane } from '../../pixels/image.ts';
import type { BodyClasses } from './body-classes.ts';
import { isTurnedAway } from './turned-away.ts';

const SIDE = 100;
const SHOULDERS = 40;

/** A plane of which the first pixels are sure. */
function plane(pixels: number): Plane {
  const result = createPlane(SIDE, SIDE);
  result.data.fill(0.02);
  result.data.fill(1, 0, pixels);
  return result;
}

const head = (hair: number, face: number): BodyClasses => ({
  person: plane(hair + face),
  hair: plane(hair),
  skin: plane(face),
  face: plane(face),
  clothes: plane(0),
  other: plane(0),
});

it('takes a head of hair without a face for one that looks away', () => {
  expect(isTurnedAway(0, head(600, 60), SHOULDERS)).toBe(true);
});

it('takes profiles, bald heads, hats and whoever has a face for people who look at us', () => {
  expect(isTurnedAway(0, head(600, 400), SHOULDERS)).toBe(false);
  expect(isTurnedAway(0, head(0, 0), SHOULDERS)).toBe(false);
  expect(isTurnedAway(0, head(100, 0), SHOULDERS)).toBe(false);
  expect(isTurnedAway(0.9, head(600, 0), SHOULDERS)).toBe(false);
});
