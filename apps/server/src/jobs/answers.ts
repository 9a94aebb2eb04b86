import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../db/open.ts';
import { submissions } from '../db/schema.ts';
import type { Answers, AwaitedJob } from './port.ts';

/**
 * The repeat guard of synchronous calls. A call leaves its row in `submissions` when it is accepted; as long as the row is
 * young enough, an equal call joins its job. A process that dies while somebody waits leaves the row behind, as it should.
 */
export function createAnswers({ database: { orm } }: { database: Database }): Answers {
  const rowOf = ({ keyId, fingerprint, jobId }: AwaitedJob) =>
    and(
      eq(submissions.keyId, keyId),
      eq(submissions.fingerprint, fingerprint),
      eq(submissions.jobId, jobId),
    );
  return {
    async given(call) {
      // The row stays, so that the answer can still be called lost.
      await orm
        .update(submissions)
        .set({ createdAt: sql`now() - 2 * ${secondsOf(call.windowSeconds)}` })
        .where(rowOf(call));
    },
    async lost(call, joinSeconds) {
      await orm.update(submissions).set(joinable(call, joinSeconds)).where(rowOf(call));
    },
    async told(call) {
      await orm.update(submissions).set({ answeredJob: call.jobId }).where(rowOf(call));
    },
    async wasTold(call) {
      const [row] = await orm
        .select({ answeredJob: submissions.answeredJob })
        .from(submissions)
        .where(rowOf(call));
      return row?.answeredJob === call.jobId;
    },
    async missed(call, joinSeconds) {
      const notGiven = sql`${submissions.createdAt} > now() - ${secondsOf(call.windowSeconds)}`;
      await orm
        .update(submissions)
        .set(joinable(call, joinSeconds))
        .where(and(rowOf(call), notGiven));
    },
  };
}

/** The guard counts its window from `created_at`: so much of it is left from now on. */
function joinable({ windowSeconds }: AwaitedJob, joinSeconds: number) {
  const end = sql`now() + ${secondsOf(joinSeconds)}`;
  return { createdAt: sql`${end} - ${secondsOf(windowSeconds)}`, expiresAt: end };
}

const secondsOf = (seconds: number) => sql`${seconds}::float8 * interval '1 second'`;
