import type pg from 'pg';
import { newId } from '../db/id.ts';
import {
  findBatch,
  type NewBatch,
  type NewBatchJob,
  reserveSubmission,
  submitJobs,
} from '../db/queries/submissions.ts';
import { rowOf, rowsOf } from '../db/run.ts';
import type { BatchJob, BatchOutcome, Jobs, SubmitBatch } from './port.ts';
import { idRowSchema, reservationRowSchema, submitBatchRowSchema } from './rows.ts';
import { type Staging, withStaging } from './staging.ts';
import { reservationOf, type SubmitDependencies } from './submit.ts';

/** The jobs of a batch wait for each other: every ten get as much time as a single one. */
const jobsInOneTimeLimit = 10;

/** Takes in several jobs or none: one round trip where nothing has to be staged. */
export function createSubmitBatch(dependencies: SubmitDependencies): Jobs['submitBatch'] {
  const { database, signals } = dependencies;
  return async (batch) => {
    const outcome = batch.jobs.some(({ stageInputs }) => stageInputs)
      ? await submitStagedBatch(dependencies, batch)
      : await submitPlainBatch(dependencies, batch);
    switch (outcome.kind) {
      case 'new': {
        signals.tell({ kind: 'submitted' });
        return { ...outcome, kind: 'accepted', repeated: false };
      }
      case 'repeated': {
        const query = findBatch(batch.accountId, outcome.batchId);
        const rows = await rowsOf(database.pool, query, idRowSchema);
        const jobIds = rows.map(({ id }) => id);
        return { kind: 'accepted', batchId: outcome.batchId, jobIds, repeated: true };
      }
      case 'out-of-credits':
      case 'too-many-running':
      case 'repeat-mismatch':
        return outcome;
    }
  };
}

type Submitted =
  | { readonly kind: 'new'; readonly batchId: string; readonly jobIds: readonly string[] }
  | { readonly kind: 'repeated'; readonly batchId: string }
  | Exclude<BatchOutcome, { readonly kind: 'accepted' }>;

async function submitPlainBatch(
  { database, policy }: SubmitDependencies,
  batch: SubmitBatch,
): Promise<Submitted> {
  const jobs = batch.jobs.map((job) => newBatchJob(batch, job, newId(), null));
  return send(database.pool, batch, newBatch(batch, jobs, newId(), policy.timeLimitSeconds), null);
}

/** The guard's row first, so that a retry waits; then files, then the jobs that name them, then commit. */
function submitStagedBatch(
  dependencies: SubmitDependencies,
  batch: SubmitBatch,
): Promise<Submitted> {
  return withStaging<Submitted>(dependencies, async (client, staging) => {
    const batchId = newId();
    const guard = reservationOf(batch, batchId);
    const reserved = await rowOf(client, reserveSubmission(guard), reservationRowSchema);
    if (reserved.outcome === 'repeat-mismatch') {
      return { keep: false, outcome: { kind: 'repeat-mismatch' } };
    }
    if (reserved.outcome === 'repeated' && reserved.earlier_job !== null) {
      return { keep: false, outcome: { kind: 'repeated', batchId: reserved.earlier_job } };
    }
    const jobs: NewBatchJob[] = [];
    for (const job of batch.jobs) jobs.push(await stagedJob(batch, job, staging));
    const rows = newBatch(batch, jobs, batchId, dependencies.policy.timeLimitSeconds);
    const outcome = await send(client, batch, rows, reserved.outcome);
    return { keep: outcome.kind === 'new', outcome };
  });
}

async function stagedJob(
  batch: SubmitBatch,
  job: BatchJob,
  staging: Staging,
): Promise<NewBatchJob> {
  const id = newId();
  if (!job.stageInputs) return newBatchJob(batch, job, id, null);
  const { stage, staged } = staging.forJob(id);
  const request = await job.stageInputs(stage);
  return newBatchJob(batch, { ...job, request }, id, staged);
}

async function send(
  runner: pg.Pool | pg.PoolClient,
  batch: SubmitBatch,
  rows: NewBatch,
  reserved: string | null,
): Promise<Submitted> {
  const query = submitJobs(rows, reservationOf(batch, rows.batchId), reserved);
  const row = await rowOf(runner, query, submitBatchRowSchema);
  switch (row.outcome) {
    case 'accepted':
      return { kind: 'new', batchId: row.batch_id, jobIds: rows.jobs.map(({ id }) => id) };
    case 'repeated':
      return { kind: 'repeated', batchId: row.batch_id };
    case 'repeat-mismatch':
      return { kind: 'repeat-mismatch' };
    case 'out-of-credits': {
      const required = batch.jobs.reduce((sum, { price }) => sum + price, 0);
      return { kind: 'out-of-credits', available: row.available, required };
    }
    case 'too-many-running':
      if (batch.concurrencyLimit === null) throw new Error('a limit was met that nobody set');
      return { kind: 'too-many-running', limit: batch.concurrencyLimit };
  }
}

const newBatchJob = (
  batch: SubmitBatch,
  job: BatchJob,
  id: string,
  inputs: NewBatchJob['inputs'],
): NewBatchJob => ({
  id,
  operation: job.operation,
  request: job.request,
  price: job.price,
  delivery: job.delivery,
  outputFormat: job.outputFormat,
  webhookUrl: batch.webhookUrl,
  fallbackPrice: job.fallbackPrice ?? null,
  inputs,
});

const newBatch = (
  batch: SubmitBatch,
  jobs: readonly NewBatchJob[],
  batchId: string,
  timeLimitSeconds: number,
): NewBatch => ({
  batchId,
  accountId: batch.accountId,
  keyId: batch.keyId,
  dialect: batch.dialect,
  concurrencyLimit: batch.concurrencyLimit,
  timeLimitSeconds:
    batch.deadlineSeconds ?? timeLimitSeconds * Math.ceil(jobs.length / jobsInOneTimeLimit),
  cancelAtDeadline: batch.deadlineSeconds !== undefined,
  jobs,
});
