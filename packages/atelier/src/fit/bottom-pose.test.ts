import { expect, it } from 'vitest';
import { drawFigure } from '../../test/figures.ts';
import { wearerOf } from '../../test/wearers.ts';
import type { PersonReading } from '../perceive/person.ts';
import { refuseStance } from './bottom-pose.ts';

it('takes a person who stands, in whatever covers the legs', async () => {
  for (const bottom of ['trousers', 'shorts', 'skirt'] as const) {
    expect(refuseStance(wearerOf(await drawFigure({ bottom })))).toBeNull();
  }
});

it('refuses a person whose legs are hidden, and says so', async () => {
  const reading = wearerOf(await drawFigure({ bottom: 'trousers' }));
  const nothing = reading.parts.lowerGarment.data.map(() => 0);
  const behindTable: PersonReading = {
    ...reading,
    parts: {
      ...reading.parts,
      lowerGarment: { ...reading.parts.lowerGarment, data: nothing },
      accessory: reading.parts.lowerGarment,
    },
  };
  expect(refuseStance(behindTable)).toContain('hides the legs');
});
