import type { QueryConfig } from 'pg';
import { z } from 'zod';
import type { Database } from '../db/open.ts';
import { rowOf, rowsOf } from '../db/run.ts';
import type { Expectations } from './port.ts';

/** Quotes may be asked for often; what they rest on changes slowly. */
const keptMs = 10_000;

const workRowSchema = z.object({ capability: z.string(), seconds: z.number() });
const queueRowSchema = z.object({ waiting: z.number(), workers: z.number() });

/** The median of the last 500 successes, capability by capability. */
const recentWork: QueryConfig = {
  name: 'recent-work',
  text: `with recent as (
      select jobs.capability, extract(epoch from attempts.ended_at - attempts.started_at)::float8 as seconds
      from jobs join attempts on attempts.job_id = jobs.id and attempts.outcome = 'succeeded'
      where jobs.status = 'succeeded' and jobs.capability is not null
      order by jobs.id desc limit 500
    )
    select capability, percentile_cont(0.5) within group (order by seconds) as seconds from recent group by capability`,
  values: [],
};

/** Jobs that are under way at once stand for the places that there are. */
const queueNow: QueryConfig = {
  name: 'queue-now',
  text: `select (select count(*) from jobs where status = 'queued') as waiting,
      greatest(1, (select count(*) from jobs where status = 'running')) as workers`,
  values: [],
};

export function createExpectations({ database }: { database: Database }): Expectations {
  let known: { readonly at: number; readonly rows: Promise<Map<string, number>> } | null = null;

  const recent = (): Promise<Map<string, number>> => {
    if (known === null || performance.now() - known.at > keptMs) {
      const rows = rowsOf(database.pool, recentWork, workRowSchema).then(
        (found) => new Map(found.map(({ capability, seconds }) => [capability, seconds])),
      );
      known = { at: performance.now(), rows };
      rows.catch(() => {
        known = null;
      });
    }
    return known.rows;
  };

  return {
    workSeconds: async (capability) => (await recent()).get(capability) ?? null,
    async queueSeconds() {
      const { waiting, workers } = await rowOf(database.pool, queueNow, queueRowSchema);
      if (waiting === 0) return 0;
      const all = [...(await recent()).values()];
      const usual = all.length === 0 ? 0 : all.reduce((sum, each) => sum + each, 0) / all.length;
      return (waiting / workers) * usual;
    },
  };
}
