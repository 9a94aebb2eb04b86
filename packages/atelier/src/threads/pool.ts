import { Piscina } from 'piscina';
import type { Answers, Assignment, Outcome, Task, Timed } from './tasks.ts';

export interface PoolOptions {
  readonly workers: number;
  readonly threads: number;
  readonly niceness: number;
  readonly idleAfter: number;
  /** Where readings are kept; null for nowhere. */
  readonly readingsFolder: string | null;
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
export interface ThreadSettings extends Pick<PoolOptions, 'threads' | 'readingsFolder'> {
  /** Of the saliency net, which needs 250 MB while it runs. */
  readonly saliencyTurn: Int32Array<SharedArrayBuffer>;
}

const canceled = {
  ok: false,
  problem: { code: 'canceled', message: 'The work was canceled.' },
} as const;

/** Imaging threads that start with the first task and end after a while without one. */
export function openPool(options: PoolOptions): Pool {
  const lanes = openLanes(options);
  let closing = false;
  return {
    async run(task, signal) {
      if (closing || signal?.aborted) return canceled;
      const stop = new Int32Array(new SharedArrayBuffer(4));
      const halt = (): void => void Atomics.store(stop, 0, 1);
      signal?.addEventListener('abort', halt, { once: true });
      try {
        return await lanes.of(task.kind).run({ task, stop });
      } catch (error) {
        if (closing) return canceled;
        throw error;
      } finally {
        signal?.removeEventListener('abort', halt);
      }
    },
    async close() {
      closing = true;
      await lanes.end();
    },
  };
}

interface Lanes {
  of(kind: Task['kind']): Threads;
  end(): Promise<void>;
}

/**
 * Figures are read in threads of their own: only there the large pose net is loaded, which saves each other thread 250 MB, and
 * a try-on has about as much to do on one side as on the other.
 */
function openLanes(options: PoolOptions): Lanes {
  const apart = options.workers > 1;
  const sizes = apart
    ? { figures: Math.floor(options.workers / 2), cloth: Math.ceil(options.workers / 2) }
    : { figures: 1, cloth: 1 };
  const saliencyTurn = new Int32Array(new SharedArrayBuffer(4));
  const lanes = new Map<keyof typeof sizes, Threads>();
  return {
    of(kind) {
      const name = apart && (kind === 'read-person' || kind === 'inspect') ? 'figures' : 'cloth';
      const open = lanes.get(name);
      if (open && !open.broken) return open;
      const started = startThreads({ ...options, workers: sizes[name] }, saliencyTurn);
      lanes.set(name, started);
      return started;
    },
    async end() {
      await Promise.all([...lanes.values()].map((threads) => threads.end()));
      lanes.clear();
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
function startThreads(options: PoolOptions, saliencyTurn: Int32Array<SharedArrayBuffer>): Threads {
  const settings: ThreadSettings = {
    threads: options.threads,
    readingsFolder: options.readingsFolder,
    saliencyTurn,
  };
  const piscina = new Piscina({
    filename: new URL('./thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: options.workers,
    idleTimeout: options.idleAfter,
    concurrentTasksPerWorker: 1,
    atomics: 'async',
    niceIncrement: options.niceness,
    workerData: settings,
    // Planes live outside the heap; a large young generation only keeps dead ones longer.
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
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
    // A thread that is ended within a native call takes the whole process with it: what runs comes to its end.
    end: () => piscina.close({ force: true }),
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
