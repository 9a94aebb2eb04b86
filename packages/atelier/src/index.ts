import { cutOut } from './threads/cut-out.ts';
import { openPool } from './threads/pool.ts';
import { pruneHourly } from './threads/readings/prune.ts';
import { createReadings } from './threads/readings/readings.ts';
import { preflight } from './threads/preflight.ts';
import { readingSide, tryOn } from './threads/try-on.ts';
import type {
  CutOutTask,
  Inspection,
  Outcome,
  Picture,
  Pixels,
  Preflight,
  TryOnTask,
} from './threads/tasks.ts';

export type {
  Effort,
  Inspection,
  Outcome,
  Picture,
  Preflight,
  Seen,
  Verdict,
  Wear,
  Pixels,
  Problem,
  ProblemCode,
} from './threads/tasks.ts';

/** Bumped whenever the same request may give other bytes. */
export const ATELIER_VERSION = '0.2.0';

export interface AtelierOptions {
  /** Pictures worked on at the same time. Default 2. */
  readonly workers?: number;
  /** Added to the niceness of the imaging threads (0 to 19), so that a server beside them stays prompt. Default 10. */
  readonly niceness?: number;
  /** After this long without work the threads end and the models' memory is given back; milliseconds. Default 120,000. */
  readonly idleAfter?: number;
  /** Folder in which shapes and landmarks read from pictures are kept for 72 h at most, never the pictures. Default: none are kept on disk. */
  readonly readingsFolder?: string;
}

export interface Control {
  /** Work stops at the next stage once this fires; the outcome is then the problem `canceled`. */
  readonly signal?: AbortSignal;
  /** Share done, 0 to 1, and the name of the stage that begins. */
  readonly onProgress?: (share: number, stage: string) => void;
}

/** The offline imaging engine. Pixels in, pixels out; the heavy work happens in worker threads. */
export interface Atelier {
  /** Dresses the person of one picture in the garment of another. */
  tryOn(task: TryOnTask, control?: Control): Promise<Outcome<Picture>>;
  /** Cuts the subject out of its background; the answer has an alpha channel. */
  cutOut(task: CutOutTask, control?: Control): Promise<Outcome<Picture>>;
  /** Says whether a try-on could be made of two pictures; what it reads is kept, so that the try-on itself is faster afterwards. */
  preflight(task: TryOnTask, control?: Control): Promise<Outcome<Preflight>>;
  /** Reads a picture as a person's and as a garment's and draws what every stage saw. */
  inspect(image: Pixels, control?: Control): Promise<Outcome<Inspection>>;
  /** Ends the threads. Running work ends as `canceled`. */
  close(): Promise<void>;
}

/** Opens the engine. No thread starts and no model is loaded before the first task. */
export function openAtelier(options: AtelierOptions = {}): Atelier {
  const pool = openPool({
    workers: options.workers ?? 2,
    niceness: options.niceness ?? 10,
    idleAfter: options.idleAfter ?? 120_000,
    readingsFolder: options.readingsFolder ?? null,
  });
  const readings = createReadings(pool);
  const stopPruning =
    options.readingsFolder === undefined ? null : pruneHourly(options.readingsFolder);
  return {
    tryOn: (task, control = {}) => tryOn({ pool, readings }, task, control),
    cutOut: (task, control = {}) => cutOut(pool, task, control),
    preflight: (task, control = {}) => preflight({ pool, readings }, task, control),
    async inspect(image, control = {}) {
      const seen = await pool.run(
        { kind: 'inspect', image, side: readingSide.balanced },
        control.signal,
      );
      return seen.ok ? { ok: true, value: seen.value.value } : seen;
    },
    async close() {
      stopPruning?.();
      await pool.close();
    },
  };
}

export type { CutOutTask, TryOnTask };
