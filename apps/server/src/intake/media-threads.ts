import { Piscina } from 'piscina';
import type { MediaAnswer, MediaTask } from './media-tasks.ts';

/** Threads that read and write picture files, shared by intake and finish. */
export interface MediaThreads {
  run<Kind extends MediaTask['kind']>(
    task: Extract<MediaTask, { kind: Kind }>,
  ): Promise<MediaAnswer<Kind>>;
  close(): Promise<void>;
}

export interface MediaThreadsOptions {
  /** Most threads at once; default 2. */
  readonly threads?: number;
  /** Milliseconds without work after which a thread ends and gives its memory back; default 20,000. */
  readonly idleAfter?: number;
}

/**
 * The first task starts the first thread. A running task is not interrupted, because a thread must not end under the
 * feet of libvips; every task is short, and decoding has a time limit of its own.
 */
export function createMediaThreads({
  threads = 2,
  idleAfter = 20_000,
}: MediaThreadsOptions = {}): MediaThreads {
  let pool: Piscina | null = null;
  const opened = (): Piscina =>
    (pool ??= new Piscina({
      filename: new URL('./media-thread.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleAfter,
      concurrentTasksPerWorker: 1,
      // The default lets idle threads sleep in a way that keeps libuv's own callbacks waiting.
      atomics: 'async',
    }));
  return {
    run: (task) => opened().run(task),
    async close() {
      await pool?.close();
      pool = null;
    },
  };
}
