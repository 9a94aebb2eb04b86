import { setTimeout as pause } from 'node:timers/promises';
import type { Addresses } from '../assets/addresses.ts';
import type { ObjectStore } from '../assets/object-store.ts';
import type { CapabilityRequest } from '../capabilities/index.ts';
import type { Database } from '../db/open.ts';
import { endJob, type JobEnd, requeueJob } from '../db/queries/jobs.ts';
import { rowOf } from '../db/run.ts';
import type { Failure } from '../failures/failure.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { AttemptRecord, AttemptResult } from './attempt.ts';
import { deleteInputs } from './inputs.ts';
import { storeOutputs } from './outputs.ts';
import { failures, type JobPolicy, retentionEnd, retryDelay } from './policy.ts';
import { type ClaimedJob, reachedRowSchema } from './rows.ts';
import type { Signals } from './signals.ts';
import type { FinishedImage } from './stages.ts';
import { hasEnded, type JobStatus } from './status.ts';

export interface ConcludeDependencies {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly addresses: Pick<Addresses, 'sign'>;
  readonly signals: Signals;
  readonly logger: Logger;
  readonly policy: JobPolicy;
}

export interface Conclusion {
  readonly job: ClaimedJob;
  readonly result: AttemptResult;
  readonly record: AttemptRecord;
  /** Seconds until the deadline. */
  readonly secondsLeft: number;
}

/**
 * Turns what an attempt came to into the job's next state, in one transaction.
 * Answers that state, or null when this attempt had no say any more.
 */
export async function conclude(
  dependencies: ConcludeDependencies,
  conclusion: Conclusion,
): Promise<JobStatus | null> {
  const { signals, database, store, logger } = dependencies;
  const { job } = conclusion;
  const reached = await decide(dependencies, conclusion);
  if (reached === 'queued') signals.tell({ kind: 'submitted' });
  if (reached && hasEnded(reached)) {
    signals.tell({ kind: 'ended', jobId: job.id });
    if (hasUploads(job.request)) {
      await deleteInputs(database, store, job.id).catch((error: unknown) => {
        logger.warn({ err: error, jobId: job.id }, 'inputs are left to the sweeper');
      });
    }
  }
  return reached;
}

const hasUploads = ({ images }: CapabilityRequest): boolean =>
  Object.values(images).some((source) => source?.from === 'upload');

function decide(
  dependencies: ConcludeDependencies,
  conclusion: Conclusion,
): Promise<JobStatus | null> {
  const { result } = conclusion;
  switch (result.kind) {
    case 'done':
      return succeed(dependencies, conclusion, result.images);
    case 'failed':
    case 'threw':
      return failOrRetry(dependencies, conclusion, result.failure);
    case 'stopped':
      switch (result.reason) {
        case 'canceled':
          return end(dependencies, conclusion, { status: 'canceled' });
        case 'deadline':
          return end(
            dependencies,
            conclusion,
            conclusion.job.cancelAtDeadline
              ? { status: 'canceled' }
              : { status: 'failed', failure: failures.deadlinePassed },
          );
        case 'draining':
          return requeue(dependencies, conclusion, { outcome: 'handed-back', delaySeconds: 0 });
        case 'lost':
          return Promise.resolve(null);
      }
  }
}

/** Bytes first, fsynced by the store, then the commit that names them. */
async function succeed(
  dependencies: ConcludeDependencies,
  conclusion: Conclusion,
  images: readonly FinishedImage[],
): Promise<JobStatus | null> {
  const { store, logger } = dependencies;
  const { job, record } = conclusion;
  const expiresAt = retentionEnd(job.delivery);
  const start = performance.now();
  let artifacts;
  try {
    artifacts = await storeOutputs(dependencies, job, images, expiresAt);
  } catch (error) {
    logger.error({ err: error, jobId: job.id }, 'outputs could not be stored');
    return failOrRetry(dependencies, conclusion, failures.fault);
  }
  record.timings['store'] = Math.round(performance.now() - start);
  const reached = await end(dependencies, conclusion, {
    status: 'succeeded',
    warnings: record.warnings,
    artifacts,
    expiresAt,
  });
  // A cancel came first. On null nothing is deleted: after a broken connection it may be our own commit that we met.
  if (reached !== null && reached !== 'succeeded') {
    await Promise.all(artifacts.map((artifact) => store.delete(artifact.storage_key)));
  }
  return reached;
}

function failOrRetry(
  dependencies: ConcludeDependencies,
  conclusion: Conclusion,
  failure: Failure,
): Promise<JobStatus | null> {
  const { job, secondsLeft } = conclusion;
  const delaySeconds = retryDelay(failure, job.tries, secondsLeft, dependencies.policy);
  return delaySeconds === null
    ? end(dependencies, conclusion, { status: 'failed', failure })
    : requeue(dependencies, conclusion, { outcome: 'failed', delaySeconds, failure });
}

async function end(
  { database, logger }: ConcludeDependencies,
  { job, record }: Conclusion,
  how: Pick<JobEnd, 'status'> & Partial<JobEnd>,
): Promise<JobStatus | null> {
  const query = endJob({
    jobId: job.id,
    attempt: job.attempt,
    failure: null,
    warnings: [],
    artifacts: [],
    record,
    expiresAt: retentionEnd(job.delivery),
    ...how,
  });
  return persist(logger, async () => (await rowOf(database.pool, query, reachedRowSchema)).reached);
}

async function requeue(
  { database, logger }: ConcludeDependencies,
  { job, record }: Conclusion,
  how: {
    outcome: 'failed' | 'handed-back';
    delaySeconds: number;
    failure?: Failure;
  },
): Promise<JobStatus | null> {
  const query = requeueJob({
    jobId: job.id,
    attempt: job.attempt,
    failure: null,
    record,
    expiresAt: retentionEnd(job.delivery),
    ...how,
  });
  return persist(logger, async () => (await rowOf(database.pool, query, reachedRowSchema)).reached);
}

/**
 * A finished picture is worth some patience with a database that restarts. Repeating is safe: the fence lets
 * only one of the tries through.
 */
async function persist<Value>(logger: Logger, work: () => Promise<Value>): Promise<Value> {
  for (const delayMs of [200, 1000, 3000]) {
    try {
      return await work();
    } catch (error) {
      logger.warn({ err: error }, 'the end of an attempt could not be written yet');
      await pause(delayMs);
    }
  }
  return work();
}
