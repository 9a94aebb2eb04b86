import { Piscina } from 'piscina';
import type { Answers, Assignment, Outcome, Task, Timed } from './tasks.ts';

export interface PoolOptions {
  readonly workers: number;
  readonly threads: number;
  readonly niceness: number;
  readonly idleAfter: number;
}

export interface Pool {
  /** Carries out one task. A signal that fires before a thread takes it, or a closed pool, ends it as `canceled`. */
  run<Kind extends Task['kind']>(
    task: Extract<Task, { kind: Kind }>,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<Timed<Answers[Kind]>>>;
  close(): Promise<void>;
}

/** What each thread learns when it starts. */
export interface ThreadSettings {
  readonly threads: number;
}

const canceled = {
  ok: false,
  problem: { code: 'canceled', message: 'The work was canceled.' },
} as const;

/** Imaging threads that start with the first task and end after a while without one. */
export function openPool(options: PoolOptions): Pool {
  let threads: Threads | null = null;
  let closing = false;
  return {
    async run(task, signal) {
      if (closing || signal?.aborted) return canceled;
      const stop = new Int32Array(new SharedArrayBuffer(4));
      const halt = (): void => void Atomics.store(stop, 0, 1);
      signal?.addEventListener('abort', halt, { once: true });
      if (!threads || threads.broken) threads = startThreads(options);
      try {
        return await threads.run({ task, stop });
      } catch (error) {
        if (closing) return canceled;
        throw error;
      } finally {
        signal?.removeEventListener('abort', halt);
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
  run<Answer>(assignment: Assignment): Promise<Outcome<Timed<Answer>>>;
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
    run: (assignment) => Promise.race([piscina.run(assignment), fallen.promise]),
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
