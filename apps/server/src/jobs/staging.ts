import type pg from 'pg';
import type { ObjectStore } from '../assets/object-store.ts';
import type { Database } from '../db/open.ts';
import type { Logger } from '../telemetry/logger.ts';
import { inputKey } from './inputs.ts';
import type { StageInput } from './port.ts';

export interface StagingDependencies {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly logger: Logger;
}

export interface StagedInput {
  readonly key: string;
  readonly bytes: number;
}

/** Files that belong to a submission, which are there before its commit and gone again when there is none. */
export interface Staging {
  /** For one job; `staged` grows with every call. */
  forJob(jobId: string): { readonly stage: StageInput; readonly staged: readonly StagedInput[] };
}

/**
 * Runs a submission that stages files in one transaction: commits when `work` says so, and otherwise rolls back
 * and deletes what was staged.
 */
export async function withStaging<Outcome>(
  { database, store, logger }: StagingDependencies,
  work: (
    client: pg.PoolClient,
    staging: Staging,
  ) => Promise<{ readonly keep: boolean; readonly outcome: Outcome }>,
): Promise<Outcome> {
  const keys: string[] = [];
  const staging: Staging = {
    forJob(jobId) {
      const staged: StagedInput[] = [];
      return {
        staged,
        stage: async (bytes) => {
          const input = { key: inputKey(jobId, staged.length), bytes: bytes.byteLength };
          staged.push(input);
          keys.push(input.key);
          await store.put(input.key, bytes);
          return input;
        },
      };
    },
  };
  try {
    const { keep, outcome } = await inTransaction(database.pool, (client) => work(client, staging));
    if (!keep) await discard();
    return outcome;
  } catch (error) {
    // When it was the commit that broke, the job may exist all the same: then its pictures must stay.
    if (!(error instanceof CommitInDoubt)) await discard();
    throw error;
  }

  async function discard(): Promise<void> {
    const results = await Promise.allSettled(keys.map((key) => store.delete(key)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) logger.warn({ err: failed.reason }, 'staged inputs are left to the sweeper');
  }
}

/** What the sweeper has to look after, not the caller. */
class CommitInDoubt extends Error {}

/** Commits what is to be kept and rolls back everything else. */
async function inTransaction<Value extends { readonly keep: boolean }>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const value = await work(client);
    if (!value.keep) {
      await client.query('rollback');
      return value;
    }
    await client.query('commit').catch((cause: unknown) => {
      throw new CommitInDoubt('the connection broke at commit', { cause });
    });
    return value;
  } catch (error) {
    await client.query('rollback').catch((cause: unknown) => {
      broken = new Error('rollback failed', { cause });
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
