import type { QueryConfig } from 'pg';

/**
 * The statements of the hot paths. Each has a name, so that a connection parses and plans it once;
 * the transitions themselves are functions in the database (drizzle/0001_rules.sql), one round trip and one commit each.
 */

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
    $12::float8 * interval '1 second', $13, $14, $15, $16::float8 * interval '1 second', $17::jsonb, $18)`,
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
  ],
});

/** Everything that an answer about a job needs, in one index look-up (and one more for outputs). */
export const findJob = (accountId: string, dialect: string, jobId: string): QueryConfig => ({
  name: 'find-job',
  text: `select id, dialect, operation, created_at, charged, price, warnings, status, progress, failure,
      case when status = 'succeeded' then (
        select jsonb_agg(jsonb_build_object('storageKey', storage_key, 'mime', mime, 'address', address) order by position)
        from artifacts where job_id = jobs.id
      ) end as outputs
    from jobs
    where id = $1 and account_id = $2 and dialect = $3 and (expires_at is null or expires_at > now())`,
  values: [jobId, accountId, dialect],
});

/** Takes up to `most` queued jobs, oldest first, and opens an attempt for each. */
export const claimJobs = (workerId: string, most: number, leaseSeconds: number): QueryConfig => ({
  name: 'claim-jobs',
  text: `with candidates as materialized (
      select id from jobs where status = 'queued' and not_before <= now()
      order by not_before limit $2 for no key update skip locked
    ), claimed as (
      update jobs set status = 'running', attempt = attempt + 1, lease_until = now() + $3::float8 * interval '1 second'
      from candidates where jobs.id = candidates.id
      returning jobs.id, jobs.account_id, jobs.attempt, jobs.tries, jobs.request, jobs.delivery, jobs.output_format,
        extract(epoch from jobs.deadline - now())::float8 as seconds_left
    ), opened as (
      insert into attempts (job_id, number, worker_id) select id, attempt, $1 from claimed
    )
    select * from claimed`,
  values: [workerId, most, leaseSeconds],
});

export interface Heartbeat {
  readonly jobId: string;
  readonly attempt: number;
  readonly progress: number;
}

/** Answers which jobs are still held, and which of them someone wants canceled. */
export const renewLeases = (beats: readonly Heartbeat[], leaseSeconds: number): QueryConfig => ({
  name: 'renew-leases',
  text: `update jobs set lease_until = now() + $4::float8 * interval '1 second', progress = beat.progress
    from unnest($1::uuid[], $2::int[], $3::real[]) as beat(id, attempt, progress)
    where jobs.id = beat.id and jobs.attempt = beat.attempt and jobs.status = 'running'
    returning jobs.id, jobs.cancel_requested_at is not null as cancel_requested`,
  values: [
    beats.map((beat) => beat.jobId),
    beats.map((beat) => beat.attempt),
    beats.map((beat) => beat.progress),
    leaseSeconds,
  ],
});

export interface NewArtifact {
  readonly id: string;
  readonly position: number;
  readonly storage_key: string;
  readonly mime: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly address: string | null;
}

export interface JobEnd {
  readonly jobId: string;
  readonly attempt: number;
  readonly status: 'succeeded' | 'failed' | 'canceled';
  readonly failure: unknown;
  readonly warnings: readonly string[];
  readonly artifacts: readonly NewArtifact[];
  /** Engine, runs, moderation and timings of the attempt. */
  readonly record: unknown;
  readonly expiresAt: Date;
}

export const endJob = (end: JobEnd): QueryConfig => ({
  name: 'end-job',
  text: `select end_job($1, 'running', $2, $3, $4::jsonb, $5::text[], $6::jsonb, $7::jsonb, $8) as reached`,
  values: [
    end.jobId,
    end.attempt,
    end.status,
    jsonOrNull(end.failure),
    end.warnings,
    JSON.stringify(end.artifacts),
    JSON.stringify(end.record),
    end.expiresAt,
  ],
});

export interface Requeue {
  readonly jobId: string;
  readonly attempt: number;
  readonly outcome: 'failed' | 'handed-back';
  readonly delaySeconds: number;
  readonly failure: unknown;
  readonly record: unknown;
  /** For the case that a cancel was asked for meanwhile, which then ends the job. */
  readonly expiresAt: Date;
}

export const requeueJob = (back: Requeue): QueryConfig => ({
  name: 'requeue-job',
  text: `select requeue_job($1, $2, $3, $4, $5::float8 * interval '1 second', $6::jsonb, $7::jsonb, $8) as reached`,
  values: [
    back.jobId,
    back.attempt,
    back.outcome,
    back.outcome === 'failed',
    back.delaySeconds,
    jsonOrNull(back.failure),
    JSON.stringify(back.record),
    back.expiresAt,
  ],
});

export const recoverLostJobs = (
  mostTries: number,
  failure: unknown,
  expiresAt: Date,
): QueryConfig => ({
  name: 'recover-lost-jobs',
  text: `select job_id, state from recover_lost_jobs($1, $2::jsonb, $3)`,
  values: [mostTries, JSON.stringify(failure), expiresAt],
});

export const cancelJob = (accountId: string, jobId: string, expiresAt: Date): QueryConfig => ({
  name: 'cancel-job',
  text: `select cancel_job($1, $2, $3) as reached`,
  values: [accountId, jobId, expiresAt],
});

const jsonOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);
