import { beforeAll, expect, it } from 'vitest';
import { readDrawnTop } from '../../test/drawn-top.ts';
import { drawFigure, type FigureOptions } from '../../test/figures.ts';
import { wearerOf, type WearerOptions } from '../../test/wearers.ts';
import type { TopReading } from '../perceive/garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import { refusePose } from './top-pose.ts';

let tee: TopReading;
let longSleeved: TopReading;

beforeAll(async () => {
  tee = await readDrawnTop({});
  longSleeved = await readDrawnTop({ sleeves: 'long' });
});

const person = async (
  figure: FigureOptions,
  joints: WearerOptions['joints'] = {},
): Promise<PersonReading> => wearerOf(await drawFigure(figure), { joints });

it('takes arms that hang, rest on the hip, or are bare before the body', async () => {
  expect(refusePose(await person({ top: 'long' }), tee)).toBeNull();
  expect(refusePose(await person({ top: 'tee', arms: 'hip' }), tee)).toBeNull();
  const bare = await person({ top: 'tank', arms: 'down' });
  expect(refusePose(bare, tee)).toBeNull();
});

it('refuses an arm that is folded onto itself', async () => {
  const folded = await person({ top: 'tank' }, { leftElbow: [210, 345], leftWrist: [222, 240] });
  expect(refusePose(folded, tee)).toContain('folded arm');
});

it('refuses to bare a forearm that lies before the body in its sleeve, and takes a long sleeve for it', async () => {
  const across = await person({ top: 'long' }, { leftElbow: [226, 345], leftWrist: [310, 350] });
  expect(refusePose(across, tee)).toContain('would bare');
  expect(refusePose(across, longSleeved)).toBeNull();
});

it('refuses an arm that is behind the body, of which the other one is bare', async () => {
  const reading = await person({ top: 'tee' }, { leftElbow: [246, 345], leftWrist: [256, 440] });
  const { left } = reading.pose.arms;
  const unseen = { ...left, end: { ...left.end, confidence: 0.1 } };
  const hidden = {
    ...reading,
    pose: { ...reading.pose, arms: { ...reading.pose.arms, left: unseen } },
  };
  expect(refusePose(hidden, longSleeved)).toContain('hidden behind');
});
