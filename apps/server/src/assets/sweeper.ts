import type { ObjectStore } from './object-store.ts';

/** What the sweeper asks of the tables that name stored objects; the owners of those tables provide it. */
export interface StoredRecords {
  /** Keys of at most `limit` inputs and outputs whose retention has ended. */
  expired(limit: number): Promise<readonly string[]>;
  /** Deletes the rows that name these keys. */
  forget(keys: readonly string[]): Promise<void>;
  /** Those of `keys` that a row names. */
  named(keys: readonly string[]): Promise<ReadonlySet<string>>;
}

/** The tables of several owners, asked as one. */
export function joinRecords(owners: readonly StoredRecords[]): StoredRecords {
  return {
    async expired(limit) {
      const keys = await Promise.all(owners.map((owner) => owner.expired(limit)));
      return keys.flat().slice(0, limit);
    },
    async forget(keys) {
      for (const owner of owners) await owner.forget(keys);
    },
    async named(keys) {
      const named = await Promise.all(owners.map((owner) => owner.named(keys)));
      return new Set(named.flatMap((some) => [...some]));
    },
  };
}

export interface SweepReport {
  /** Objects whose retention had ended. */
  readonly expired: number;
  /** Objects that no row names: left by a process that died between writing bytes and committing. */
  readonly orphans: number;
}

export interface SweeperOptions {
  readonly store: ObjectStore;
  readonly records: StoredRecords;
  /** Folders of the store that rows answer for, each ending in a slash. */
  readonly prefixes: readonly string[];
  /** An object younger than this may still be waiting for its commit. Default one hour. */
  readonly orphanAfterMs?: number;
  readonly now?: () => number;
}

export interface Sweeper {
  /** One full round. May run in several processes at once: every step can be repeated. */
  sweep(signal: AbortSignal): Promise<SweepReport>;
}

const batch = 200;

export function createSweeper(options: SweeperOptions): Sweeper {
  return {
    sweep: async (signal) => ({
      expired: await sweepExpired(options, signal),
      orphans: await sweepOrphans(options, signal),
    }),
  };
}

/** Bytes first, then rows: a crash in between leaves a row that the next round meets again, never bytes that nothing names. */
async function sweepExpired(
  { store, records }: SweeperOptions,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  while (!signal.aborted) {
    const keys = await records.expired(batch);
    for (const key of keys) await store.delete(key);
    if (keys.length > 0) await records.forget(keys);
    count += keys.length;
    if (keys.length < batch) break;
  }
  return count;
}

async function sweepOrphans(options: SweeperOptions, signal: AbortSignal): Promise<number> {
  const { store, prefixes, orphanAfterMs = 60 * 60 * 1000, now = Date.now } = options;
  let count = 0;
  let old: string[] = [];
  const flush = async (): Promise<void> => {
    count += await deleteUnnamed(options, old);
    old = [];
  };
  for (const prefix of prefixes) {
    for await (const object of store.list(prefix)) {
      if (signal.aborted) return count;
      if (now() - object.modifiedAt.getTime() >= orphanAfterMs) old.push(object.key);
      if (old.length === batch) await flush();
    }
  }
  await flush();
  return count;
}

async function deleteUnnamed(
  { store, records }: SweeperOptions,
  keys: readonly string[],
): Promise<number> {
  if (keys.length === 0) return 0;
  const named = await records.named(keys);
  const orphans = keys.filter((key) => !named.has(key));
  for (const key of orphans) await store.delete(key);
  return orphans.length;
}
