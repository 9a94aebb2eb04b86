import { handOver } from './hand-over.ts';
import { openHeap } from './heap.ts';
import { openNetDesk } from './net-desk.ts';
import { renewableThreads } from './start-threads.ts';
import type { Answers, Assignment, Outcome, Task, Timed } from './tasks.ts';

export interface PoolOptions {
  readonly workers: number;
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

/** What each imaging thread learns when it starts. */
export type ThreadSettings = Pick<PoolOptions, 'readingsFolder'>;

const canceled = {
  ok: false,
  problem: { code: 'canceled', message: 'The work was canceled.' },
} as const;

/** Room for objects that die young, megabytes: with half of it, making points and colours costs a tenth more time. */
const YOUNG = 12;

/** Tasks that end what was asked for; after the others a picture is still under way, and takes the same pages. */
const CONCLUDING: ReadonlySet<Task['kind']> = new Set(['dress', 'cut-out', 'inspect']);

/** Imaging threads, and the nets that they ask; all start with the first task and end after a while without one. */
export function openPool(options: PoolOptions): Pool {
  const { niceness, idleAfter, readingsFolder, workers } = options;
  const nets = openNetDesk({ niceness, idleAfter });
  const heap = openHeap(idleAfter);
  let running = 0;
  const settings: ThreadSettings = { readingsFolder };
  const imaging = renewableThreads({
    module: new URL('./thread.ts', import.meta.url),
    count: workers,
    niceness,
    idleAfter,
    settings,
    young: YOUNG,
  });
  let closing = false;
  return {
    async run(task, signal) {
      if (closing || signal?.aborted) return canceled;
      const stop = new Int32Array(new SharedArrayBuffer(4));
      const halt = (): void => void Atomics.store(stop, 0, 1);
      signal?.addEventListener('abort', halt, { once: true });
      const desk = nets.open();
      running++;
      heap.wake();
      try {
        const { task: handed, given } = handOver(task);
        const assignment: Assignment = { task: handed, stop, nets: desk.port };
        return await imaging.run<Outcome<Timed<Answers[typeof task.kind]>>>(assignment, [
          desk.port,
          ...given,
        ]);
      } catch (error) {
        if (closing) return canceled;
        throw error;
      } finally {
        desk.close();
        if (CONCLUDING.has(task.kind)) void heap.trim();
        if (--running === 0) heap.rest();
        signal?.removeEventListener('abort', halt);
      }
    },
    async close() {
      closing = true;
      heap.wake();
      await imaging.end();
      await nets.end();
    },
  };
}
