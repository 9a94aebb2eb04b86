import type { Database } from '../db/open.ts';
import { cancelOverdueJobs, recoverLostJobs, renewLeases } from '../db/queries/jobs.ts';
import { rowsOf } from '../db/run.ts';
import type { Logger } from '../telemetry/logger.ts';
import { failures, type JobPolicy, retentionEnd } from './policy.ts';
import { overdueRowSchema, recoveredRowSchema, renewedRowSchema } from './rows.ts';
import type { Signals } from './signals.ts';
import { hasEnded } from './status.ts';
import type { RunningJob } from './worker.ts';

interface Leases {
  start(): void;
  stop(): Promise<void>;
}

/** The heartbeat of a worker: renews what it holds, and takes up what dead workers let fall. */
export function createLeases({
  database,
  signals,
  logger,
  running,
  policy,
}: {
  database: Database;
  signals: Signals;
  logger: Logger;
  running: ReadonlySet<RunningJob>;
  policy: JobPolicy;
}): Leases {
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();

  async function beat(): Promise<void> {
    try {
      await renew();
      await recover();
      await cancelOverdue();
    } catch (error) {
      logger.error({ err: error }, 'leases could not be renewed');
    }
  }

  async function renew(): Promise<void> {
    const held = [...running];
    if (held.length === 0) return;
    const beats = held.map(({ job, progress }) => ({
      jobId: job.id,
      attempt: job.attempt,
      progress,
    }));
    const query = renewLeases(beats, policy.leaseSeconds);
    const renewed = await rowsOf(database.pool, query, renewedRowSchema);
    const cancelRequested = new Map(renewed.map((row) => [row.id, row.cancel_requested]));
    for (const entry of held) {
      const wanted = cancelRequested.get(entry.job.id);
      // Also the case of one that is just ending, to which it no longer matters.
      if (wanted === undefined) entry.stop('lost');
      else if (wanted) entry.stop('canceled');
    }
  }

  async function recover(): Promise<void> {
    const query = recoverLostJobs(policy.mostTries, failures.workerLost, retentionEnd('address'));
    const recovered = await rowsOf(database.pool, query, recoveredRowSchema);
    for (const { job_id: jobId, state } of recovered) {
      logger.warn({ jobId, state }, 'took up the job of a worker that went silent');
      if (hasEnded(state)) signals.tell({ kind: 'ended', jobId });
    }
    if (recovered.some(({ state }) => state === 'queued')) signals.tell({ kind: 'submitted' });
  }

  /** Their inputs end with them: the sweeper sees to the bytes. */
  async function cancelOverdue(): Promise<void> {
    const query = cancelOverdueJobs(retentionEnd('address'));
    for (const { job_id: jobId } of await rowsOf(database.pool, query, overdueRowSchema)) {
      signals.tell({ kind: 'ended', jobId });
    }
  }

  return {
    start() {
      timer = setInterval(() => {
        beating = beating.then(beat);
      }, policy.heartbeatSeconds * 1000);
      beating = beat();
    },
    async stop() {
      clearInterval(timer);
      await beating;
    },
  };
}
