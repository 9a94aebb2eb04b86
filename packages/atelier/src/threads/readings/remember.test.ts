import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { Outcome, SeenPerson, Timed } from '../tasks.ts';
import { remember } from './remember.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const planesOf = (answer: Outcome<Timed<SeenPerson>>): readonly number[] =>
  answer.ok ? [...answer.value.value.planes] : [];

it('gives what it keeps again, and lets go of it in time though nobody asks for anything again', async () => {
  const made: WeakRef<object>[] = [];
  const read = (): Promise<Outcome<Timed<SeenPerson>>> => {
    const image = { data: new Uint8Array(6) };
    made.push(new WeakRef(image));
    const value = { image, planes: Uint8Array.of(0, 0, 255, 7, 0, 255), doubts: [] };
    return Promise.resolve({ ok: true, value: { value, took: 1 } });
  };
  const kept = remember<SeenPerson>(200);
  const planes = planesOf(await kept('a', read));
  expect(planesOf(await kept('a', read))).toEqual(planes);
  expect(made).toHaveLength(1);
  await wait(1);
  collect();
  expect(made[0].deref()).toBeDefined();
  await wait(500);
  collect();
  expect(made[0].deref()).toBeUndefined();
  expect(kept).toBeDefined();
});
