import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../db/open.ts';
import { submissions } from '../db/schema.ts';
import type { Answers, AwaitedJob } from './port.ts';

/**
 * The repeat guard of synchronous calls. A call leaves its row in `submissions` when it is accepted; as long as the row is
 * there, an equal call joins its job. A process that dies while somebody waits leaves the row behind, as it should.
 */
export function createAnswers({ database: { orm } }: { database: Database }): Answers {
  const rowOf = ({ keyId, fingerprint, jobId }: AwaitedJob) =>
    and(
      eq(submissions.keyId, keyId),
      eq(submissions.fingerprint, fingerprint),
      eq(submissions.jobId, jobId),
    );
  return {
    async delivered(call) {
      await orm.delete(submissions).where(rowOf(call));
    },
    async missed(call, joinSeconds) {
      // The guard counts its window from `created_at`: whatever the window was, so much of it is left from now on.
      const left = sql`now() + ${joinSeconds}::float8 * interval '1 second'`;
      await orm
        .update(submissions)
        .set({
          createdAt: sql`${left} - (${submissions.expiresAt} - ${submissions.createdAt})`,
          expiresAt: left,
        })
        .where(rowOf(call));
    },
  };
}
