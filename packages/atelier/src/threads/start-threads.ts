import { type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';

export interface ThreadsOptions {
  /** Module whose default export does what a thread is handed. */
  readonly module: URL;
  readonly count: number;
  readonly niceness: number;
  /** Milliseconds without work after which a thread ends. */
  readonly idleAfter: number;
  /** What each thread learns when it starts. */
  readonly settings: object;
  /** Megabytes of short-lived objects a thread may gather. */
  readonly young?: number;
}

export interface Threads {
  /** Whether a thread has ended by itself; the next work is given to new ones. */
  readonly broken: boolean;
  run<Answer>(work: object, given: readonly (ArrayBuffer | MessagePort)[]): Promise<Answer>;
  end(): Promise<void>;
}

/**
 * Threads that start with the first work and end after a while without any. One that ends by itself (out of memory, a
 * module that does not load) fails the work under way, not the process.
 */
export function startThreads(options: ThreadsOptions): Threads {
  const piscina = new Piscina({
    filename: options.module.href,
    minThreads: 0,
    maxThreads: options.count,
    idleTimeout: options.idleAfter,
    concurrentTasksPerWorker: 1,
    atomics: 'async',
    niceIncrement: options.niceness,
    // Histograms of waiting and running, 200 kB a thread, which nobody reads.
    recordTiming: false,
    workerData: options.settings,
    ...(options.young !== undefined && {
      resourceLimits: { maxYoungGenerationSizeMb: options.young },
    }),
  });
  // Not one promise for all to race against: it would hold on to every answer for as long as there are threads.
  const waiting = new Set<(reason: Error) => void>();
  let broken = false;
  piscina.on('error', (error: unknown) => {
    broken = true;
    const reason = new Error('an imaging thread ended by itself', { cause: error });
    for (const fail of waiting) fail(reason);
    void endQuietly(piscina);
  });
  return {
    get broken() {
      return broken;
    },
    async run(work, given) {
      const failure = Promise.withResolvers<never>();
      waiting.add(failure.reject);
      try {
        const answer = piscina.run(work, { transferList: [...given] });
        return await Promise.race([answer, failure.promise]);
      } finally {
        waiting.delete(failure.reject);
      }
    },
    // A thread that is ended within a native call takes the whole process with it: what runs comes to its end.
    end: () => piscina.close({ force: true }),
  };
}

/** Threads that are replaced when one of them has ended by itself. */
export function renewableThreads(options: ThreadsOptions): Omit<Threads, 'broken'> {
  let threads: Threads | undefined;
  return {
    run(work, given) {
      if (!threads || threads.broken) threads = startThreads(options);
      return threads.run(work, given);
    },
    async end() {
      await threads?.end();
      threads = undefined;
    },
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
