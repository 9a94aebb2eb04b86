import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { Outcome, SeenPerson, Timed } from '../tasks.ts';
import { remember } from './remember.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

it('gives what it keeps again, and lets go of it in time though nobody asks for anything again', async () => {
  const made: WeakRef<object>[] = [];
  const read = (): Promise<Outcome<Timed<SeenPerson>>> => {
    const value = { image: { data: new Uint8Array(6) }, planes: new Uint8Array(9), doubts: [] };
    made.push(new WeakRef(value));
    return Promise.resolve({ ok: true, value: { value, took: 1 } });
  };
  const kept = remember<SeenPerson>(200);
  await kept('a', read);
  await kept('a', read);
  expect(made).toHaveLength(1);
  await wait(1);
  collect();
  expect(made[0].deref()).toBeDefined();
  await wait(500);
  collect();
  expect(made[0].deref()).toBeUndefined();
  expect(kept).toBeDefined();
});
