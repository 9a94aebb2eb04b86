import type { MessagePort } from 'node:worker_threads';

/** Thrown between stages once the client has given up. */
export class Stopped extends Error {}

/** The stages of one task: tells how far it is, times each, and stops between two of them. */
export interface Steps {
  /** Begins a stage; `share` of the whole work is done before it. Throws `Stopped` when the work is no longer wanted. */
  begin(share: number, stage: string): void;
  /** Milliseconds a stage, the last one ended by this call. */
  finish(): Record<string, number>;
}

export function openSteps(progress: MessagePort, stop: Int32Array): Steps {
  const timings: Record<string, number> = {};
  let current: { stage: string; since: number } | null = null;
  const end = (): void => {
    if (current) timings[current.stage] = performance.now() - current.since;
    current = null;
  };
  return {
    begin(share, stage) {
      end();
      if (Atomics.load(stop, 0) === 1) throw new Stopped();
      progress.postMessage({ share, stage });
      current = { stage, since: performance.now() };
    },
    finish() {
      end();
      progress.postMessage({ share: 1, stage: 'done' });
      return timings;
    },
  };
}
