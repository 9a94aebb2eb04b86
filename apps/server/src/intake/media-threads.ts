import { weigh } from '@toile/memory';
import { z } from 'zod';
import type { PixelImage } from '../engines/engine.ts';
import { createThreadPool } from '../threads/thread-pool.ts';
import {
  type ImageHeader,
  imageHeaderSchema,
  type MediaTask,
  pixelImageSchema,
} from './media-tasks.ts';

type Work<Kind extends MediaTask['kind']> = Omit<Extract<MediaTask, { kind: Kind }>, 'kind'>;

/** A thread that reads and writes picture files, shared by intake and finish. */
export interface MediaThreads {
  /** Null when the bytes cannot be the picture they claim to be. */
  inspect(work: Work<'inspect'>): Promise<ImageHeader | null>;
  /** Null when the pixels cannot be read, or not in bearable time. */
  decode(work: Work<'decode'>): Promise<PixelImage | null>;
  encode(work: Work<'encode'>): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface MediaThreadsOptions {
  /** Milliseconds without work after which a thread ends and gives its memory back; default 20,000. */
  readonly idleAfter?: number;
}

/** Pictures read or written at once: libvips does it in threads of libuv, beside the one that asks for it. */
const AT_ONCE = 2;

/** Megabytes of short-lived objects a thread may gather; it makes hardly any. */
const YOUNG = 2;

const encodedSchema = z.instanceof(Uint8Array);

/**
 * The first task starts the first thread. A running task is not interrupted, because a thread must not end under the
 * feet of libvips; every task is short, and decoding has a time limit of its own.
 */
export function createMediaThreads({ idleAfter = 20_000 }: MediaThreadsOptions = {}): MediaThreads {
  const pool = createThreadPool({
    module: new URL('./media-thread.ts', import.meta.url),
    threads: 1,
    tasksAtOnce: AT_ONCE,
    idleAfter,
    // Requests that only ask and answer come first.
    niceness: 5,
    young: YOUNG,
  });
  const run = (task: MediaTask): Promise<unknown> => pool.run(task);
  /** What a thread has put on shared memory is held by this one from now on. */
  const held = <Answer>(answer: Answer): Answer => {
    weigh(answer);
    return answer;
  };
  return {
    inspect: async (work) =>
      held(imageHeaderSchema.nullable().parse(await run({ kind: 'inspect', ...work }))),
    decode: async (work) =>
      held(pixelImageSchema.nullable().parse(await run({ kind: 'decode', ...work }))),
    encode: async (work) => encodedSchema.parse(await run({ kind: 'encode', ...work })),
    close: () => pool.close(),
  };
}
