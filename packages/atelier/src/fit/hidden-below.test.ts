import { expect, it } from 'vitest';
import { readDrawnTop } from '../../test/drawn-top.ts';
import { drawFigure } from '../../test/figures.ts';
import { readingOf } from '../../test/scenes.ts';
import type { PersonReading } from '../perceive/person.ts';
import { createPlane } from '../pixels/image.ts';
import { hidesWhatIsBelow } from './hidden-below.ts';

/** The same person in a coat that hides whatever is worn below the waist. */
function inLongCoat(reading: PersonReading): PersonReading {
  const { upperGarment, lowerGarment, legs } = reading.parts;
  const { width, height } = reading.image;
  const none = createPlane(width, height);
  const coat = createPlane(width, height);
  for (let i = 0; i < coat.data.length; i++) {
    coat.data[i] = upperGarment.data[i] + lowerGarment.data[i] + legs.data[i];
  }
  const parts = { ...reading.parts, upperGarment: coat, lowerGarment: none, legs: none };
  return { ...reading, parts };
}

it('is so under a long coat for a top, but not for a dress or where trousers show', async () => {
  const shown = readingOf(await drawFigure({ top: 'tank' }));
  const top = await readDrawnTop({});
  const dress = { ...top, kind: { value: 'dress', confidence: 1 } } as const;
  expect(hidesWhatIsBelow(inLongCoat(shown), [top], {})).toBe(true);
  expect(hidesWhatIsBelow(inLongCoat(shown), [dress], {})).toBe(false);
  expect(hidesWhatIsBelow(shown, [top], {})).toBe(false);
});

it('is not where the photo ends with the new hem', async () => {
  const hidden = inLongCoat(readingOf(await drawFigure({ top: 'tank' })));
  const { width, height } = hidden.image;
  const end = Math.round(hidden.pose.hipMiddle[1]);
  const data = hidden.parts.upperGarment.data.map((share, i) => (i < end * width ? share : 0));
  const upperGarment = { width, height, data };
  const cut = { ...hidden, parts: { ...hidden.parts, upperGarment } };
  expect(hidesWhatIsBelow(cut, [await readDrawnTop({})], {})).toBe(false);
});
