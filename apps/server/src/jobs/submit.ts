import type { ObjectStore } from '../assets/object-store.ts';
import type { CapabilityRequest } from '../capabilities/index.ts';
import { newId } from '../db/id.ts';
import type { Database } from '../db/open.ts';
import {
  type NewJob,
  type Reservation,
  reserveSubmission,
  submitJob,
} from '../db/queries/submissions.ts';
import { rowOf } from '../db/run.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { JobPolicy } from './policy.ts';
import type { Jobs, SubmitBatch, SubmitJob, SubmitOutcome } from './port.ts';
import { reservationRowSchema, submitRowSchema } from './rows.ts';
import type { Signals } from './signals.ts';
import { withStaging } from './staging.ts';

export interface SubmitDependencies {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly signals: Signals;
  readonly logger: Logger;
  readonly policy: JobPolicy;
}

/** Takes jobs in: one round trip where nothing has to be staged. */
export function createSubmit(dependencies: SubmitDependencies): Jobs['submit'] {
  const { database, signals, policy } = dependencies;
  return async (job) => {
    const jobId = newId();
    const outcome = job.stageInputs
      ? await submitStaged(dependencies, job, job.stageInputs, jobId)
      : outcomeOf(
          await rowOf(
            database.pool,
            submitJob(newJob(job, job.request, jobId, policy), reservationOf(job, jobId), null),
            submitRowSchema,
          ),
          job,
        );
    if (outcome.kind === 'accepted' && !outcome.repeated) signals.tell({ kind: 'submitted' });
    return outcome;
  };
}

/** The submission row first, so that a retry waits; then files, then the job that names them, then commit. */
function submitStaged(
  dependencies: SubmitDependencies,
  job: SubmitJob,
  stageInputs: NonNullable<SubmitJob['stageInputs']>,
  jobId: string,
): Promise<SubmitOutcome> {
  return withStaging<SubmitOutcome>(dependencies, async (client, staging) => {
    const guard = reservationOf(job, jobId);
    const reserved = await rowOf(client, reserveSubmission(guard), reservationRowSchema);
    if (reserved.outcome === 'repeat-mismatch') {
      return { keep: false, outcome: { kind: 'repeat-mismatch' } };
    }
    if (reserved.outcome === 'repeated' && reserved.earlier_job !== null) {
      const outcome = { kind: 'accepted', jobId: reserved.earlier_job, repeated: true } as const;
      return { keep: false, outcome };
    }
    const { stage, staged } = staging.forJob(jobId);
    const request = await stageInputs(stage);
    const row = { ...newJob(job, request, jobId, dependencies.policy), inputs: staged };
    const query = submitJob(row, guard, reserved.outcome);
    const outcome = outcomeOf(await rowOf(client, query, submitRowSchema), job);
    return { keep: outcome.kind === 'accepted', outcome };
  });
}

function newJob(
  job: SubmitJob,
  request: CapabilityRequest,
  jobId: string,
  policy: JobPolicy,
): NewJob {
  return {
    jobId,
    accountId: job.accountId,
    keyId: job.keyId,
    dialect: job.dialect,
    operation: job.operation,
    request,
    price: job.price,
    delivery: job.delivery,
    outputFormat: job.outputFormat,
    webhookUrl: job.webhookUrl,
    concurrencyLimit: job.concurrencyLimit,
    timeLimitSeconds: job.deadlineSeconds ?? policy.timeLimitSeconds,
    cancelAtDeadline: job.deadlineSeconds !== undefined,
    fallbackPrice: job.fallbackPrice ?? null,
    inputs: [],
  };
}

/** In the guard's row a batch stands where otherwise a job does. */
export const reservationOf = (
  job: Pick<SubmitJob | SubmitBatch, 'keyId' | 'repeat'>,
  jobId: string,
): Reservation => ({
  keyId: job.keyId,
  jobId,
  fingerprint: job.repeat.fingerprint,
  contentHash: job.repeat.contentHash,
  mayRepeat: job.repeat.mayRepeat,
  windowSeconds: job.repeat.windowSeconds,
});

type SubmitRow = ReturnType<typeof submitRowSchema.parse>;

function outcomeOf(row: SubmitRow, job: SubmitJob): SubmitOutcome {
  switch (row.outcome) {
    case 'accepted':
      return { kind: 'accepted', jobId: row.job_id, repeated: false };
    case 'repeated':
      return { kind: 'accepted', jobId: row.job_id, repeated: true };
    case 'repeat-mismatch':
      return { kind: 'repeat-mismatch' };
    case 'out-of-credits':
      return { kind: 'out-of-credits', available: row.available, required: job.price };
    case 'too-many-running':
      if (job.concurrencyLimit === null) throw new Error('a limit was met that nobody set');
      return { kind: 'too-many-running', limit: job.concurrencyLimit };
  }
}
