import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Control } from '../index.ts';
import type { Assignment, Outcome, Picture, Task } from './tasks.ts';

export interface PoolOptions {
  readonly workers: number;
  readonly threads: number;
  readonly niceness: number;
  readonly idleAfter: number;
}

export interface Pool {
  run(task: Task, control: Control): Promise<Outcome<Picture>>;
  close(): Promise<void>;
}

/** What each thread learns when it starts. */
export interface ThreadSettings {
  readonly threads: number;
}

const canceled: Outcome<Picture> = {
  ok: false,
  problem: { code: 'canceled', message: 'The work was canceled.' },
};

/** Imaging threads that start with the first task and end after a while without one. */
export function openPool(options: PoolOptions): Pool {
  const settings: ThreadSettings = { threads: options.threads };
  let piscina: Piscina | null = null;
  const threads = (): Piscina =>
    (piscina ??= new Piscina({
      filename: new URL('./thread.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: options.workers,
      idleTimeout: options.idleAfter,
      concurrentTasksPerWorker: 1,
      atomics: 'async',
      niceIncrement: options.niceness,
      workerData: settings,
    }));
  return {
    async run(task, control) {
      if (control.signal?.aborted) return canceled;
      const stop = new Int32Array(new SharedArrayBuffer(4));
      const { port1, port2 } = new MessageChannel();
      port1.on('message', (message: { share: number; stage: string }) =>
        control.onProgress?.(message.share, message.stage),
      );
      port1.unref();
      const halt = (): void => void Atomics.store(stop, 0, 1);
      control.signal?.addEventListener('abort', halt, { once: true });
      try {
        const assignment: Assignment = { task, progress: port2, stop };
        return await threads().run(assignment, { transferList: [port2] });
      } finally {
        control.signal?.removeEventListener('abort', halt);
        port1.close();
      }
    },
    async close() {
      await piscina?.destroy();
      piscina = null;
    },
  };
}
