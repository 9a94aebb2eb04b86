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
      // The row stays, so that an answer which gets lost on the way can still be called missed.
      await orm
        .update(submissions)
        .set({ createdAt: sql`now() - 2 * ${secondsOf(call.windowSeconds)}` })
        .where(rowOf(call));
    },
    async missed(call, joinSeconds) {
      const end = sql`now() + ${secondsOf(joinSeconds)}`;
      await orm
        .update(submissions)
        .set({ createdAt: sql`${end} - ${secondsOf(call.windowSeconds)}`, expiresAt: end })
        .where(rowOf(call));
    },
  };
}

const secondsOf = (seconds: number) => sql`${seconds}::float8 * interval '1 second'`;
