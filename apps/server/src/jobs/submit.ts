import type pg from 'pg';
import type { ObjectStore } from '../assets/object-store.ts';
import type { CapabilityRequest } from '../capabilities/index.ts';
import { newId } from '../db/id.ts';
import type { Database } from '../db/open.ts';
import { type NewJob, type Reservation, reserveSubmission, submitJob } from '../db/queries/jobs.ts';
import { rowOf } from '../db/run.ts';
import type { Logger } from '../telemetry/logger.ts';
import { inputKey } from './inputs.ts';
import type { JobPolicy } from './policy.ts';
import type { Jobs, StageInput, SubmitJob, SubmitOutcome } from './port.ts';
import { reservationRowSchema, submitRowSchema } from './rows.ts';
import type { Signals } from './signals.ts';

interface Dependencies {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly signals: Signals;
  readonly logger: Logger;
  readonly policy: JobPolicy;
}

/** Takes jobs in: one round trip where nothing has to be staged. */
export function createSubmit(dependencies: Dependencies): Jobs['submit'] {
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
async function submitStaged(
  { database, store, logger, policy }: Dependencies,
  job: SubmitJob,
  stageInputs: NonNullable<SubmitJob['stageInputs']>,
  jobId: string,
): Promise<SubmitOutcome> {
  const staged: { key: string; bytes: number }[] = [];
  const stage: StageInput = async (bytes) => {
    const input = { key: inputKey(jobId, staged.length), bytes: bytes.byteLength };
    staged.push(input);
    await store.put(input.key, bytes);
    return input;
  };
  const outcome = await inTransaction(database.pool, async (client) => {
    const guard = reservationOf(job, jobId);
    const reserved = await rowOf(client, reserveSubmission(guard), reservationRowSchema);
    if (reserved.outcome === 'repeat-mismatch') return { kind: 'repeat-mismatch' } as const;
    if (reserved.outcome === 'repeated' && reserved.earlier_job !== null) {
      return { kind: 'accepted', jobId: reserved.earlier_job, repeated: true } as const;
    }
    const request = await stageInputs(stage);
    const row = { ...newJob(job, request, jobId, policy), inputs: staged };
    return outcomeOf(
      await rowOf(client, submitJob(row, guard, reserved.outcome), submitRowSchema),
      job,
    );
  }).catch(async (error: unknown) => {
    // When it was the commit that broke, the job may exist all the same: then its pictures must stay.
    if (!(error instanceof CommitInDoubt)) await discard();
    throw error;
  });
  if (outcome.kind !== 'accepted') await discard();
  return outcome;

  async function discard(): Promise<void> {
    const results = await Promise.allSettled(staged.map(({ key }) => store.delete(key)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) logger.warn({ err: failed.reason, jobId }, 'staged inputs are left to the sweeper');
  }
}

/** What the sweeper has to look after, not the caller. */
class CommitInDoubt extends Error {}

/** Commits what was accepted and rolls back everything else. */
async function inTransaction(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<SubmitOutcome>,
): Promise<SubmitOutcome> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const outcome = await work(client);
    if (outcome.kind !== 'accepted' || outcome.repeated) {
      await client.query('rollback');
      return outcome;
    }
    await client.query('commit').catch((cause: unknown) => {
      throw new CommitInDoubt('the connection broke at commit', { cause });
    });
    return outcome;
  } catch (error) {
    await client.query('rollback').catch((cause: unknown) => {
      broken = new Error('rollback failed', { cause });
    });
    throw error;
  } finally {
    client.release(broken);
  }
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
    timeLimitSeconds: policy.timeLimitSeconds,
    inputs: [],
  };
}

const reservationOf = (job: SubmitJob, jobId: string): Reservation => ({
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
