import type { QueryConfig } from 'pg';

/** The statements by which jobs are taken in; each calls a function of drizzle/0003_own_api_rules.sql, in one round trip. */

export interface NewJob {
  readonly jobId: string;
  readonly accountId: string;
  readonly keyId: string;
  readonly dialect: string;
  readonly operation: string;
  readonly request: unknown;
  readonly price: number;
  readonly delivery: string;
  readonly outputFormat: string;
  readonly webhookUrl: string | null;
  readonly concurrencyLimit: number | null;
  readonly timeLimitSeconds: number;
  readonly cancelAtDeadline: boolean;
  readonly fallbackPrice: number | null;
  readonly inputs: readonly { readonly key: string; readonly bytes: number }[];
}

export interface Reservation {
  readonly keyId: string;
  readonly jobId: string;
  readonly fingerprint: string;
  readonly contentHash: string;
  readonly mayRepeat: boolean;
  readonly windowSeconds: number;
}

export const reserveSubmission = (guard: Reservation): QueryConfig => ({
  name: 'reserve-submission',
  text: `select outcome, earlier_job from reserve_submission($1, $2, $3, $4, $5::float8 * interval '1 second', $6)`,
  values: [
    guard.keyId,
    guard.fingerprint,
    guard.contentHash,
    guard.mayRepeat,
    guard.windowSeconds,
    guard.jobId,
  ],
});

/** `reserved` is the outcome of `reserveSubmission` in the same transaction, null when it is still to be asked. */
export const submitJob = (
  job: NewJob,
  guard: Reservation,
  reserved: string | null,
): QueryConfig => ({
  name: 'submit-job',
  text: `select outcome, job_id, available from submit_job($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11,
    $12::float8 * interval '1 second', $13, $14, $15, $16::float8 * interval '1 second', $17::jsonb, $18, $19, $20)`,
  values: [
    job.jobId,
    job.accountId,
    job.keyId,
    job.dialect,
    job.operation,
    JSON.stringify(job.request),
    job.price,
    job.delivery,
    job.outputFormat,
    job.webhookUrl,
    job.concurrencyLimit,
    job.timeLimitSeconds,
    guard.fingerprint,
    guard.contentHash,
    guard.mayRepeat,
    guard.windowSeconds,
    job.inputs.length > 0 ? JSON.stringify(job.inputs) : null,
    reserved,
    job.cancelAtDeadline,
    job.fallbackPrice,
  ],
});

export interface NewBatch {
  readonly batchId: string;
  readonly accountId: string;
  readonly keyId: string;
  readonly dialect: string;
  readonly concurrencyLimit: number | null;
  readonly timeLimitSeconds: number;
  readonly cancelAtDeadline: boolean;
  readonly jobs: readonly NewBatchJob[];
}

/** As `submit_jobs` reads it from JSON. */
export interface NewBatchJob {
  readonly id: string;
  readonly operation: string;
  readonly request: unknown;
  readonly price: number;
  readonly delivery: string;
  readonly outputFormat: string;
  readonly webhookUrl: string | null;
  readonly fallbackPrice: number | null;
  readonly inputs: readonly { readonly key: string; readonly bytes: number }[] | null;
}

export const submitJobs = (
  batch: NewBatch,
  guard: Reservation,
  reserved: string | null,
): QueryConfig => ({
  name: 'submit-jobs',
  text: `select outcome, batch_id, available from submit_jobs($1, $2, $3, $4, $5::jsonb, $6,
    $7::float8 * interval '1 second', $8, $9, $10, $11, $12::float8 * interval '1 second', $13)`,
  values: [
    batch.batchId,
    batch.accountId,
    batch.keyId,
    batch.dialect,
    JSON.stringify(batch.jobs),
    batch.concurrencyLimit,
    batch.timeLimitSeconds,
    batch.cancelAtDeadline,
    guard.fingerprint,
    guard.contentHash,
    guard.mayRepeat,
    guard.windowSeconds,
    reserved,
  ],
});

/** Ids rise with time; those of one batch are made in its order. */
export const findBatch = (accountId: string, batchId: string): QueryConfig => ({
  name: 'find-batch',
  text: `select id from jobs where batch_id = $2 and account_id = $1 order by id`,
  values: [accountId, batchId],
});
