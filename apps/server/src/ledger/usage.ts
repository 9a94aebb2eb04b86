import type { QueryConfig } from 'pg';
import { z } from 'zod';
import type { Database } from '../db/open.ts';
import { rowsOf } from '../db/run.ts';
import type { MilliCredits } from '../jobs/port.ts';

/** Jobs of one day, one capability and one key. */
export interface UsageRow {
  /** UTC, as `2026-11-21`. */
  readonly day: string;
  /** Null for jobs from before it was kept. */
  readonly capability: string | null;
  /** Jobs of a token count for the key that it was made with. */
  readonly keyId: string;
  readonly jobs: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly canceled: number;
  readonly charged: MilliCredits;
}

export interface Usage {
  /** Newest day first; `from` and `to` are days (UTC) and both count. */
  byDay(accountId: string, from: string, to: string): Promise<readonly UsageRow[]>;
}

const usageRowSchema = z
  .object({
    day: z.string(),
    capability: z.string().nullable(),
    key_id: z.string(),
    jobs: z.number(),
    succeeded: z.number(),
    failed: z.number(),
    canceled: z.number(),
    charged: z.number(),
  })
  .transform(({ key_id, ...row }): UsageRow => ({ ...row, keyId: key_id }));

/** What an account's jobs came to, counted from the jobs themselves, which keep price and end when their content is forgotten. */
export function createUsage({ database }: { database: Database }): Usage {
  return {
    byDay: (accountId, from, to) =>
      rowsOf(database.pool, usageByDay(accountId, from, to), usageRowSchema),
  };
}

/** Along the account's index: an id begins with the time at which it was made. The bounds lie a minute wide of the day. */
const usageByDay = (accountId: string, from: string, to: string): QueryConfig => ({
  name: 'usage-by-day',
  text: `select to_char(jobs.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, jobs.capability,
      coalesce(api_keys.parent_id, jobs.key_id) as key_id, count(*) as jobs,
      count(*) filter (where status = 'succeeded') as succeeded,
      count(*) filter (where status = 'failed') as failed,
      count(*) filter (where status = 'canceled') as canceled,
      sum(charged)::bigint as charged
    from jobs left join api_keys on api_keys.id = jobs.key_id
    where jobs.account_id = $1 and jobs.id >= $4 and jobs.id < $5
      and jobs.created_at >= $2::date at time zone 'UTC'
      and jobs.created_at < ($3::date + 1) at time zone 'UTC'
    group by 1, 2, 3 order by 1 desc, 2, 3`,
  values: [
    accountId,
    from,
    to,
    firstIdAt(Date.parse(`${from}T00:00:00Z`) - 60_000),
    firstIdAt(Date.parse(`${to}T00:00:00Z`) + 86_460_000),
  ],
});

function firstIdAt(milliseconds: number): string {
  const hex = Math.max(0, milliseconds).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
