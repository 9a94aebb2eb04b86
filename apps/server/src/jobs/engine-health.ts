import type { QueryConfig } from 'pg';
import { z } from 'zod';
import type { Database } from '../db/open.ts';
import { rowsOf } from '../db/run.ts';

/** Attempts of the last hour: what an engine brought to its end, and where it broke. */
export interface EngineCounts {
  readonly succeeded: number;
  readonly failed: number;
}

const keptMs = 10_000;

const countRowSchema = z.object({ engine: z.string(), succeeded: z.number(), failed: z.number() });

/** Jobs older than two hours have no attempts of this hour; ids begin with their time, so that an index finds the rest. */
const lastHour = (since: string): QueryConfig => ({
  name: 'engines-of-last-hour',
  text: `select engine, count(*) filter (where outcome = 'succeeded') as succeeded,
      count(*) filter (where failure->>'code' in ('engine-failed', 'engine-timeout')) as failed
    from attempts where job_id >= $1 and ended_at > now() - interval '1 hour' and engine is not null group by engine`,
  values: [since],
});

/** How engines have fared, counted in whichever process they ran. */
export function createEngineHealth({
  database,
}: {
  database: Database;
}): () => Promise<ReadonlyMap<string, EngineCounts>> {
  let known: {
    readonly at: number;
    readonly counts: Promise<ReadonlyMap<string, EngineCounts>>;
  } | null = null;
  return () => {
    if (known === null || performance.now() - known.at > keptMs) {
      const hex = (Date.now() - 2 * 3600_000).toString(16).padStart(12, '0');
      const since = `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
      const counts = rowsOf(database.pool, lastHour(since), countRowSchema).then(
        (rows) => new Map(rows.map(({ engine, ...counts }) => [engine, counts])),
      );
      known = { at: performance.now(), counts };
      counts.catch(() => {
        known = null;
      });
    }
    return known.counts;
  };
}
