import { parentPort } from 'node:worker_threads';
import { takeApart } from './take-apart.ts';
import type { TakeApartOptions, TakeApartResult } from './take-apart.ts';

/** What goes into the thread, and what comes back under the same `id`. */
export interface BodyTask {
  readonly id: number;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly options: TakeApartOptions;
}

export interface BodyAnswer {
  readonly id: number;
  readonly result: TakeApartResult;
}

const port = parentPort;
if (port === null) throw new Error('body-thread.ts runs as a worker thread only');

port.on('message', (task: BodyTask) => {
  const result = takeApart(task.body, task.options);
  const answer: BodyAnswer = { id: task.id, result };
  const owned = result.ok ? result.value.pictures.map((picture) => picture.bytes.buffer) : [];
  port.postMessage(answer, owned);
});
