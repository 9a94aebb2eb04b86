import { and, eq } from 'drizzle-orm';
import { capabilityRequestSchema } from '../capabilities/index.ts';
import { isId } from '../db/id.ts';
import type { Database } from '../db/open.ts';
import { jobs } from '../db/schema.ts';
import type { JobRequests } from './port.ts';

/** For the dialects that repeat what they were asked; the way of a poll does not carry it. */
export function createJobRequests({ database: { orm } }: { database: Database }): JobRequests {
  return {
    async find(accountId, jobId) {
      if (!isId(jobId)) return null;
      const [row] = await orm
        .select({ request: jobs.request })
        .from(jobs)
        .where(and(eq(jobs.id, jobId), eq(jobs.accountId, accountId)));
      return row?.request ? capabilityRequestSchema.parse(row.request) : null;
    },
  };
}
