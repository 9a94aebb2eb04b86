import type { Signals } from './signals.ts';

/** The ends of jobs, told to those who asked after one: a look-up for each end, however many wait for others. */
export interface JobEndings {
  /** Returns what ends the listening. */
  listen(jobId: string, listener: () => void): () => void;
}

export function createJobEndings(signals: Signals): JobEndings {
  const listeners = new Map<string, Set<() => void>>();
  signals.hear((news) => {
    if (news.kind !== 'ended') return;
    for (const listener of listeners.get(news.jobId) ?? []) listener();
  });

  return {
    listen(jobId, listener) {
      const known = listeners.get(jobId) ?? new Set();
      listeners.set(jobId, known.add(listener));
      return () => {
        known.delete(listener);
        if (known.size === 0 && listeners.get(jobId) === known) listeners.delete(jobId);
      };
    },
  };
}
