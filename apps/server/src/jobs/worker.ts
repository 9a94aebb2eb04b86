import type { Addresses } from '../assets/addresses.ts';
import type { ObjectStore } from '../assets/object-store.ts';
import type { Database } from '../db/open.ts';
import { claimJobs } from '../db/queries/jobs.ts';
import type { Logger } from '../telemetry/logger.ts';
import { emptyRecord, runAttempt, type StopReason } from './attempt.ts';
import { conclude } from './conclude.ts';
import { createLeases } from './leases.ts';
import { defaultPolicy, type JobPolicy } from './policy.ts';
import { type ClaimedJob, claimedRowSchema } from './rows.ts';
import type { Signals } from './signals.ts';
import type { Stages } from './stages.ts';

export interface Worker {
  /** Looks for jobs from now on. */
  start(): void;
  /**
   * Takes no new jobs, waits for running ones, and after `timeoutMs` gives the rest back to the queue.
   * Resolves when nothing runs any more.
   */
  drain(timeoutMs: number): Promise<void>;
  /** Whether it takes jobs, and whether its last look into the queue worked. */
  readonly healthy: boolean;
}

/** Engines need not hold back with progress; whoever watches wants to see it move, no more. */
const progressEveryMs = 250;

/** A job that this worker holds. */
export interface RunningJob {
  readonly job: ClaimedJob;
  progress: number;
  stop(reason: StopReason): void;
}

export interface WorkerDependencies {
  readonly database: Database;
  readonly stages: Stages;
  readonly store: ObjectStore;
  readonly addresses: Pick<Addresses, 'sign'>;
  readonly signals: Signals;
  readonly logger: Logger;
  /** Names this process in attempts. */
  readonly workerId: string;
  /** Jobs at once. */
  readonly concurrency: number;
  readonly policy?: JobPolicy;
}

/** Claims jobs and runs them. Any number of workers, in any number of processes, share one queue. */
export function createWorker({ policy = defaultPolicy, ...options }: WorkerDependencies): Worker {
  const { database, stages, signals, logger, workerId, concurrency } = options;
  const running = new Set<RunningJob>();
  const runs = new Set<Promise<void>>();
  const leases = createLeases({ database, signals, logger, running, policy });
  let state: 'idle' | 'working' | 'draining' = 'idle';
  let claiming: Promise<void> | null = null;
  let wokenWhileClaiming = false;
  let claimsWork = true;
  let poll: NodeJS.Timeout | undefined;
  let stopHearing = (): void => undefined;

  /** Fills the free slots. Being woken while at it means one more round, never two rounds at a time. */
  function claim(): void {
    wokenWhileClaiming = true;
    claiming ??= claimRounds().finally(() => {
      claiming = null;
      // Woken between the last look and here.
      if (wokenWhileClaiming) claim();
    });
  }

  async function claimRounds(): Promise<void> {
    while (wokenWhileClaiming) {
      wokenWhileClaiming = false;
      const free = concurrency - running.size;
      if (state !== 'working' || free <= 0) return;
      try {
        const { rows } = await database.pool.query(claimJobs(workerId, free, policy.leaseSeconds));
        claimsWork = true;
        for (const row of rows) take(row);
      } catch (error) {
        claimsWork = false;
        logger.error({ err: error }, 'cannot claim jobs');
      }
    }
  }

  function take(row: unknown): void {
    const parsed = claimedRowSchema.safeParse(row);
    if (!parsed.success) {
      // Stored by another version of this program, perhaps. It is left to its lease and, after some tries, fails.
      logger.error({ err: parsed.error }, 'a claimed job cannot be understood');
      return;
    }
    const done = run(parsed.data).finally(() => {
      runs.delete(done);
      claim();
    });
    runs.add(done);
  }

  async function run(job: ClaimedJob): Promise<void> {
    const controller = new AbortController();
    const entry: RunningJob = { job, progress: 0, stop: (reason) => controller.abort(reason) };
    running.add(entry);
    const startedAt = performance.now();
    let progressToldAt = -Infinity;
    signals.tell({ kind: 'progress', jobId: job.id, progress: 0 });
    const deadline = setTimeout(() => entry.stop('deadline'), Math.max(0, job.secondsLeft) * 1000);
    if (job.secondsLeft <= 0) entry.stop('deadline');
    try {
      const record = emptyRecord();
      const result = await runAttempt(
        {
          stages,
          job,
          signal: controller.signal,
          graceSeconds: policy.graceSeconds,
          onProgress: (share) => {
            entry.progress = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;
            if (performance.now() - progressToldAt < progressEveryMs) return;
            progressToldAt = performance.now();
            signals.tell({ kind: 'progress', jobId: job.id, progress: entry.progress });
          },
        },
        record,
      );
      if (result.kind === 'threw') {
        logger.error({ err: result.cause, jobId: job.id, attempt: job.attempt }, 'attempt broke');
      }
      const secondsLeft = job.secondsLeft - (performance.now() - startedAt) / 1000;
      const reached = await conclude({ ...options, policy }, { job, result, record, secondsLeft });
      logger.debug({ jobId: job.id, attempt: job.attempt, reached }, 'attempt ended');
    } catch (error) {
      // The lease runs out and another attempt follows.
      logger.error({ err: error, jobId: job.id }, 'the end of an attempt could not be written');
    } finally {
      clearTimeout(deadline);
      running.delete(entry);
    }
  }

  return {
    start() {
      state = 'working';
      stopHearing = signals.hear((news) => {
        if (news.kind === 'submitted') claim();
        if (news.kind === 'cancel-requested') {
          for (const entry of running) if (entry.job.id === news.jobId) entry.stop('canceled');
        }
      });
      poll = setInterval(claim, policy.pollSeconds * 1000);
      leases.start();
      claim();
    },

    async drain(timeoutMs) {
      state = 'draining';
      stopHearing();
      clearInterval(poll);
      // What a claim under way still brings runs or is handed back like the rest.
      await claiming;
      const handBack = setTimeout(() => {
        for (const entry of running) entry.stop('draining');
      }, timeoutMs);
      await Promise.all(runs);
      clearTimeout(handBack);
      await leases.stop();
    },

    get healthy() {
      return state === 'working' && claimsWork;
    },
  };
}
