import { Piscina } from 'piscina';

export interface ThreadPoolOptions {
  /** The module whose default export carries out a task. */
  readonly module: URL;
  /** Most threads at once. */
  readonly threads: number;
  /** Tasks that a thread is given at once; default 1. More are for tasks that wait for a library's threads. */
  readonly tasksAtOnce?: number;
  /** Milliseconds without work after which a thread ends and gives its memory back. */
  readonly idleAfter: number;
  /** Added to the niceness of the threads, 0 to 19; default 0. */
  readonly niceness?: number;
  /** Megabytes of short-lived objects that a thread may gather; default what V8 thinks. */
  readonly young?: number;
}

export interface ThreadPool {
  /** Rejects when the task throws, and when its thread ends by itself; the process goes on either way. */
  run(task: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Threads that start with the first task and end after a while without one. */
export function createThreadPool(options: ThreadPoolOptions): ThreadPool {
  let threads: Threads | null = null;
  return {
    run(task) {
      if (!threads || threads.broken) threads = startThreads(options);
      return threads.run(task);
    },
    async close() {
      await threads?.end();
      threads = null;
    },
  };
}

interface Threads {
  /** Whether a thread could not start; the next task is given new ones. */
  readonly broken: boolean;
  run(task: unknown): Promise<unknown>;
  end(): Promise<void>;
}

function startThreads(options: ThreadPoolOptions): Threads {
  const { module, threads, tasksAtOnce = 1, idleAfter, niceness, young } = options;
  const piscina = new Piscina({
    filename: module.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idleAfter,
    concurrentTasksPerWorker: tasksAtOnce,
    // The default lets idle threads sleep in a way that keeps libuv's own callbacks waiting.
    atomics: 'async',
    niceIncrement: niceness ?? 0,
    // Histograms of waiting and running, 200 kB a thread, which nobody reads.
    recordTiming: false,
    ...(young !== undefined && { resourceLimits: { maxYoungGenerationSizeMb: young } }),
  });
  // Not one promise for all to race against: it would hold on to every answer for as long as there are threads.
  const waiting = new Set<(reason: Error) => void>();
  let broken = false;
  // Without a listener a thread that cannot start would end the process, and its task would wait for ever.
  piscina.on('error', (error: unknown) => {
    broken = true;
    const reason = new Error('a thread ended by itself', { cause: error });
    for (const fail of waiting) fail(reason);
    void endQuietly(piscina);
  });
  return {
    get broken() {
      return broken;
    },
    async run(task) {
      const failure = Promise.withResolvers<never>();
      waiting.add(failure.reject);
      try {
        const answer: Promise<unknown> = piscina.run(task);
        return await Promise.race([answer, failure.promise]);
      } finally {
        waiting.delete(failure.reject);
      }
    },
    end: () => piscina.close(),
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
