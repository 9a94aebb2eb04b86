import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { letGo } from './let-go.ts';

const MEGABYTE = 2 ** 20;

/** Something that is only collected, with what it holds, when the thread collects its garbage. */
function forgotten(bytes: number): WeakRef<object> {
  const picture = { data: new Uint8Array(new SharedArrayBuffer(bytes)) };
  letGo(picture, null, 'answer');
  return new WeakRef(picture);
}

it('collects what a thread has done with once that is worth it, after the answer', async () => {
  const first = forgotten(5 * MEGABYTE);
  await setTimeout(20);
  expect(first.deref()).toBeDefined();
  await setTimeout(20);
  const second = forgotten(5 * MEGABYTE);
  await setTimeout(20);
  expect([first.deref(), second.deref()]).toEqual([undefined, undefined]);
});
