import type { Database } from '../db/open.ts';
import { watchedJobs } from '../db/queries/jobs.ts';
import { rowsOf } from '../db/run.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Jobs, JobProgress } from './port.ts';
import { watchedRowSchema } from './rows.ts';
import type { Signals } from './signals.ts';
import { hasEnded } from './status.ts';

/** How often places in the queue, and what other processes do, are looked up: one statement for all that is watched. */
const lookEveryMs = 1500;
/** Names in one statement. */
const mostAtOnce = 2000;

interface Watched {
  readonly listeners: Set<(news: JobProgress) => void>;
  /** What was told last, so that nothing is told twice. */
  last: JobProgress | null;
}

/** Tells the watchers of jobs what changes. Ends and the progress of jobs in this process are heard; the rest is looked up. */
export function createWatch({
  database,
  signals,
  logger,
}: {
  database: Database;
  signals: Signals;
  logger: Logger;
}): Jobs['watch'] {
  const watched = new Map<string, Watched>();
  let timer: NodeJS.Timeout | undefined;

  signals.hear((news) => {
    if (news.kind === 'ended') tell(news.jobId, { kind: 'ended' });
    if (news.kind === 'progress') {
      tell(news.jobId, { kind: 'running', progress: news.progress });
    }
  });

  function tell(jobId: string, news: JobProgress): void {
    const entry = watched.get(jobId);
    if (!entry) return;
    if (entry.last !== null && isOld(news, entry.last)) return;
    entry.last = news;
    for (const listener of entry.listeners) listener(news);
  }

  async function look(): Promise<void> {
    const jobIds = [...watched.keys()];
    for (let from = 0; from < jobIds.length; from += mostAtOnce) {
      const query = watchedJobs(jobIds.slice(from, from + mostAtOnce));
      for (const row of await rowsOf(database.pool, query, watchedRowSchema)) {
        if (hasEnded(row.status)) tell(row.id, { kind: 'ended' });
        else if (row.status === 'running') {
          tell(row.id, { kind: 'running', progress: rounded(row.progress) });
        } else if (row.position !== null) {
          tell(row.id, { kind: 'queued', position: row.position });
        }
      }
    }
  }

  /** One look after another, as long as anybody watches. */
  function lookLater(milliseconds: number): void {
    timer ??= setTimeout(() => {
      look()
        .catch((error: unknown) => {
          logger.warn({ err: error }, 'watched jobs could not be looked up');
        })
        .finally(() => {
          timer = undefined;
          if (watched.size > 0) lookLater(lookEveryMs);
        });
    }, milliseconds);
    timer.unref();
  }

  return (jobId, listener) => {
    const entry = watched.get(jobId) ?? { listeners: new Set(), last: null };
    watched.set(jobId, entry);
    entry.listeners.add(listener);
    const { last } = entry;
    if (last !== null) queueMicrotask(() => listener(last));
    // Several that come together are looked up together.
    lookLater(20);
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0 && watched.get(jobId) === entry) watched.delete(jobId);
    };
  };
}

/** Rows lag behind what was heard: progress goes up, or starts again after the queue. */
function isOld(news: JobProgress, last: JobProgress): boolean {
  switch (news.kind) {
    case 'ended':
      return last.kind === 'ended';
    case 'running':
      return last.kind === 'ended' || (last.kind === 'running' && news.progress <= last.progress);
    case 'queued':
      return last.kind === 'ended' || (last.kind === 'queued' && news.position === last.position);
  }
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000;
