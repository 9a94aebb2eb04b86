import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import sharp from './sharp.ts';

/** What a thread says that loads a module and then answers nothing but how much libvips may keep, megabytes. */
async function mostKeptAfter(module: string): Promise<unknown> {
  const thread = new Worker(
    `import { parentPort } from 'node:worker_threads';
     import sharp from ${JSON.stringify(module)};
     parentPort.postMessage(sharp.cache().memory.max);`,
    { eval: true, execArgv: ['--input-type=module'] },
  );
  const [most] = await once(thread, 'message');
  await thread.terminate();
  return most;
}

it('keeps no decoded pictures, whichever threads load it afterwards', async () => {
  expect(await mostKeptAfter('sharp')).toBe(50);
  expect(sharp.cache().memory.max).toBe(50);
  expect(await mostKeptAfter(new URL('sharp.ts', import.meta.url).href)).toBe(0);
  expect(sharp.cache().memory.max).toBe(0);
});
