import type { MessagePort } from 'node:worker_threads';

/** sRGB, 8 bits a channel, interleaved; four channels carry straight alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

export interface TryOnTask {
  readonly person: Pixels;
  readonly garment: Pixels;
  /** What the client says the garment is; `auto` lets the picture decide. */
  readonly garmentKind: 'auto' | 'tops' | 'bottoms' | 'one-pieces' | 'accessories';
  /** Size of the answer; the person's own by default. Both sides change by the same factor. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly seeds: readonly number[];
}

export interface CutOutTask {
  readonly image: Pixels;
}

export type Task =
  | ({ readonly kind: 'try-on' } & TryOnTask)
  | ({ readonly kind: 'cut-out' } & CutOutTask);

/** One answer a seed, with doubts worth telling. */
export interface Picture {
  readonly images: readonly Pixels[];
  readonly warnings: readonly string[];
  /** Milliseconds of each stage. */
  readonly timings: Readonly<Record<string, number>>;
}

export type ProblemCode =
  | 'pose-not-found'
  | 'garment-not-found'
  | 'subject-not-found'
  | 'unsupported'
  | 'canceled';

/** Why there is no picture: a sentence for the client that says what to do instead. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
}

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** What a thread is handed: the task, a port for its progress and a word that turns 1 when it should stop. */
export interface Assignment {
  readonly task: Task;
  readonly progress: MessagePort;
  readonly stop: Int32Array;
}
