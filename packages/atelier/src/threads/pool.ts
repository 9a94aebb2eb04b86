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
  let threads: Threads | null = null;
  let closing = false;
  return {
    async run(task, control) {
      if (closing || control.signal?.aborted) return canceled;
      const stop = new Int32Array(new SharedArrayBuffer(4));
      const { port1, port2 } = new MessageChannel();
      port1.on('message', (message: { share: number; stage: string }) =>
        control.onProgress?.(message.share, message.stage),
      );
      port1.unref();
      const halt = (): void => void Atomics.store(stop, 0, 1);
      control.signal?.addEventListener('abort', halt, { once: true });
      if (!threads || threads.broken) threads = startThreads(options);
      try {
        return await threads.run({ task, progress: port2, stop });
      } catch (error) {
        if (closing) return canceled;
        throw error;
      } finally {
        control.signal?.removeEventListener('abort', halt);
        port1.close();
      }
    },
    async close() {
      closing = true;
      await threads?.end();
      threads = null;
    },
  };
}

interface Threads {
  /** Whether a thread has ended by itself; the next task is given new ones. */
  readonly broken: boolean;
  run(assignment: Assignment): Promise<Outcome<Picture>>;
  end(): Promise<void>;
}

/** A thread that ends by itself (out of memory, a module that does not load) fails the tasks under way, not the process. */
function startThreads(options: PoolOptions): Threads {
  const settings: ThreadSettings = { threads: options.threads };
  const piscina = new Piscina({
    filename: new URL('./thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: options.workers,
    idleTimeout: options.idleAfter,
    concurrentTasksPerWorker: 1,
    atomics: 'async',
    niceIncrement: options.niceness,
    workerData: settings,
  });
  const fallen = Promise.withResolvers<never>();
  fallen.promise.catch(() => undefined);
  let broken = false;
  piscina.on('error', (error: unknown) => {
    broken = true;
    fallen.reject(new Error('an imaging thread ended by itself', { cause: error }));
    void endQuietly(piscina);
  });
  return {
    get broken() {
      return broken;
    },
    run: (assignment) =>
      Promise.race([
        piscina.run(assignment, { transferList: [assignment.progress] }),
        fallen.promise,
      ]),
    end: () => piscina.destroy(),
  };
}

/** Ends what is left of threads whose failure is already told. */
async function endQuietly(piscina: Piscina): Promise<void> {
  try {
    await piscina.destroy();
  } catch {
    // Its tasks have been failed by the first error.
  }
}
