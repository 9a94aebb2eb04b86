import type { QueryConfig } from 'pg';

/**
 * The statements of the hot paths. Each has a name, so that a connection parses and plans it once;
 * the transitions themselves are functions in the database (drizzle/0001_rules.sql), one round trip and one commit each.
 */

const jobColumns = `id, dialect, operation, key_id, batch_id, created_at, ended_at, expires_at, charged, price, fallback_used,
      warnings, status, progress, failure,
      case when status = 'succeeded' then (
        select jsonb_agg(jsonb_build_object('storageKey', storage_key, 'mime', mime, 'address', address,
          'width', width, 'height', height, 'bytes', bytes) order by position)
        from artifacts where job_id = jobs.id
      ) end as outputs`;

/** Everything that an answer about a job needs, in one index look-up (and one more for outputs). */
export const findJob = (accountId: string, dialect: string, jobId: string): QueryConfig => ({
  name: 'find-job',
  text: `select ${jobColumns}
    from jobs
    where id = $1 and account_id = $2 and dialect = $3 and (expires_at is null or expires_at > now())`,
  values: [jobId, accountId, dialect],
});

export interface JobListFilter {
  readonly accountId: string;
  readonly dialect: string;
  readonly status?: string | undefined;
  readonly operation?: string | undefined;
  readonly batchId?: string | undefined;
  readonly keyId?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Newest first, along the index of the account. */
export const listJobs = (filter: JobListFilter): QueryConfig => ({
  name: 'list-jobs',
  text: `select ${jobColumns}
    from jobs
    where account_id = $1 and dialect = $2 and (expires_at is null or expires_at > now())
      and ($3::text is null or status = $3) and ($4::text is null or operation = $4)
      and ($5::uuid is null or batch_id = $5) and ($6::uuid is null or key_id = $6)
      and ($7::uuid is null or id < $7)
    order by id desc limit $8`,
  values: [
    filter.accountId,
    filter.dialect,
    filter.status ?? null,
    filter.operation ?? null,
    filter.batchId ?? null,
    filter.keyId ?? null,
    filter.before ?? null,
    filter.limit,
  ],
});

/** Where watched jobs stand. Places are counted once, along the index of the queue, however many are watched. */
export const watchedJobs = (jobIds: readonly string[]): QueryConfig => ({
  name: 'watched-jobs',
  text: `with queue as (
      select id, row_number() over (order by not_before) - 1 as position from jobs
      where status = 'queued'
        and exists (select from jobs watched where watched.id = any($1::uuid[]) and watched.status = 'queued')
    )
    select jobs.id, status, progress, queue.position::int from jobs left join queue on queue.id = jobs.id
    where jobs.id = any($1::uuid[])`,
  values: [jobIds],
});

export const cancelOverdueJobs = (expiresAt: Date): QueryConfig => ({
  name: 'cancel-overdue-jobs',
  text: `select job_id from cancel_overdue_jobs($1)`,
  values: [expiresAt],
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
        extract(epoch from jobs.deadline - now())::float8 as seconds_left, jobs.cancel_at_deadline
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
