import { expect, it } from 'vitest';
import { drawFigure } from '../../test/figures.ts';
import { clothBox, readingOf } from '../../test/scenes.ts';
import { measureTrunk } from '../fit/trunk.ts';
import { doubtsOf, keepDecent } from './decency.ts';
import type { Removal } from './dressing.ts';

const HEIGHT = 900;

async function removalUnder(top: number, bottom: number): Promise<Removal> {
  const reading = readingOf(await drawFigure());
  const worn = {
    kind: 'top' as const,
    doubts: [],
    armpits: { left: [240, 290], right: [360, 290] } as const,
    body: clothBox([220, top, 160, bottom - top], [90, 90, 90]),
    sleeves: [],
  };
  const dressing = { garments: [worn], removal: { upper: true, lower: true } };
  return keepDecent(dressing, measureTrunk(reading), 1, HEIGHT).removal;
}

it('takes both old garments off under a dress', async () => {
  expect(await removalUnder(220, 620)).toEqual({ upper: true, lower: true });
});

it('keeps trousers on under what ends above the hips', async () => {
  expect(await removalUnder(220, 420)).toEqual({ upper: true, lower: false });
});

it('keeps the old top on when nothing new covers the chest', async () => {
  expect(await removalUnder(430, 620)).toEqual({ upper: false, lower: true });
});

it('says which of the clothes that should have come off were kept on', () => {
  const both = { upper: true, lower: true };
  expect(doubtsOf(both, both)).toEqual([]);
  expect(doubtsOf(both, { upper: true, lower: false })).toEqual([
    expect.stringContaining('trousers or skirt'),
  ]);
  expect(doubtsOf({ upper: false, lower: true }, { upper: false, lower: true })).toEqual([]);
});
