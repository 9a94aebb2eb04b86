import { and, inArray, isNotNull, lte, or, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import type { StoredRecords, Sweeper } from '../assets/sweeper.ts';
import { lockNumbers } from '../db/locks.ts';
import type { Database } from '../db/open.ts';
import { artifacts, inputs, jobs, replies, submissions, webhookDeliveries } from '../db/schema.ts';
import type { Logger } from '../telemetry/logger.ts';
import { inputsFolder } from './inputs.ts';
import { outputsFolder } from './outputs.ts';

/** The folders of the object store that jobs answer for. */
export const storedFolders = [inputsFolder, outputsFolder] as const;

/** Which stored objects the tables of jobs name. */
export function createStoredRecords({ database: { orm } }: { database: Database }): StoredRecords {
  return {
    async expired(limit) {
      const rows = await union(
        orm
          .select({ key: artifacts.storageKey })
          .from(artifacts)
          .where(lte(artifacts.expiresAt, sql`now()`)),
        orm
          .select({ key: inputs.storageKey })
          .from(inputs)
          .where(lte(inputs.expiresAt, sql`now()`)),
      ).limit(limit);
      return rows.map(({ key }) => key);
    },
    async forget(keys) {
      await orm.delete(artifacts).where(inArray(artifacts.storageKey, [...keys]));
      await orm.delete(inputs).where(inArray(inputs.storageKey, [...keys]));
    },
    async named(keys) {
      const rows = await union(
        orm
          .select({ key: artifacts.storageKey })
          .from(artifacts)
          .where(inArray(artifacts.storageKey, [...keys])),
        orm
          .select({ key: inputs.storageKey })
          .from(inputs)
          .where(inArray(inputs.storageKey, [...keys])),
      );
      return new Set(rows.map(({ key }) => key));
    },
  };
}

export interface Retention {
  start(): void;
  stop(): Promise<void>;
  /** One round, unless another process is at it; answers whether this one was. */
  sweep(): Promise<boolean>;
}

/** Ends what has to end: stored bytes, their rows, and what rows of ended jobs say of their inputs. */
export function createRetention({
  database,
  sweeper,
  logger,
  forgetMore = [],
  everySeconds = 60,
}: {
  database: Database;
  sweeper: Sweeper;
  logger: Logger;
  /** What other owners of tables forget in the same round. */
  forgetMore?: readonly (() => Promise<void>)[];
  everySeconds?: number;
}): Retention {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<unknown> = Promise.resolve();

  async function sweep(): Promise<boolean> {
    // A session lock: a transaction open for as long as a round takes would keep the database from tidying up.
    const client = await database.connect();
    try {
      const { rows } = await client.query<{ mine: boolean }>(
        'select pg_try_advisory_lock($1) as mine',
        [lockNumbers.sweep],
      );
      if (rows[0]?.mine !== true) return false;
      const { expired, orphans } = await sweeper.sweep(stopping.signal);
      if (expired + orphans > 0) logger.info({ expired, orphans }, 'swept stored objects');
      await forget(database);
      for (const forgetTheirs of forgetMore) await forgetTheirs();
      return true;
    } finally {
      await client.end();
    }
  }

  return {
    sweep,
    start() {
      timer = setInterval(() => {
        sweeping = sweep().catch((error: unknown) => {
          logger.error({ err: error }, 'a sweep broke off');
        });
      }, everySeconds * 1000);
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await sweeping;
    },
  };
}

/** Prompts, addresses of inputs and of receivers are forgotten with the outputs; the job's price and end stay, for usage. */
async function forget({ orm }: Database): Promise<void> {
  await orm
    .update(jobs)
    .set({ request: null, webhookUrl: null })
    .where(and(isNotNull(jobs.request), lte(jobs.expiresAt, sql`now()`)));
  await orm.delete(submissions).where(lte(submissions.expiresAt, sql`now()`));
  await orm.delete(replies).where(lte(replies.expiresAt, sql`now()`));
  await orm
    .delete(webhookDeliveries)
    .where(
      and(
        or(isNotNull(webhookDeliveries.deliveredAt), isNotNull(webhookDeliveries.abandonedAt)),
        lte(webhookDeliveries.createdAt, sql`now() - interval '1 day'`),
      ),
    );
}
