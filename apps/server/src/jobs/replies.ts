import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../db/open.ts';
import { replies } from '../db/schema.ts';
import type { Seal } from '../secrets/seal.ts';
import type { Replies, ReplyGuard } from './port.ts';

/** A request that is at it for longer has died with its process. */
const abandonedAfterSeconds = 60;

const keptReplySchema = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown(),
});

/** The repeat guard of requests that are no submissions: what they do is done once, and answered the same again. */
export function createReplies({
  database: { orm },
  seal,
}: {
  database: Database;
  seal: Seal;
}): Replies {
  const contextOf = (guard: ReplyGuard): string => `reply ${guard.keyId} ${guard.fingerprint}`;
  const rowOf = ({ keyId, fingerprint }: ReplyGuard) =>
    and(eq(replies.keyId, keyId), eq(replies.fingerprint, fingerprint));

  /** True for the one who may go ahead. */
  async function reserve(guard: ReplyGuard): Promise<boolean> {
    const abandoned = sql`now() - ${abandonedAfterSeconds} * interval '1 second'`;
    await orm.delete(replies).where(and(rowOf(guard), lte(replies.expiresAt, sql`now()`)));
    await orm
      .delete(replies)
      .where(and(rowOf(guard), isNull(replies.sealedReply), lte(replies.startedAt, abandoned)));
    const taken = await orm
      .insert(replies)
      .values({
        keyId: guard.keyId,
        fingerprint: guard.fingerprint,
        contentHash: guard.contentHash,
        expiresAt: sql`now() + ${guard.windowSeconds} * interval '1 second'`,
      })
      .onConflictDoNothing()
      .returning({ keyId: replies.keyId });
    return taken.length > 0;
  }

  return {
    async once(guard, work) {
      if (await reserve(guard)) {
        try {
          const reply = await work();
          if (reply.status >= 300) await orm.delete(replies).where(rowOf(guard));
          else {
            const sealedReply = seal.seal(JSON.stringify(reply), contextOf(guard));
            await orm.update(replies).set({ sealedReply }).where(rowOf(guard));
          }
          return { kind: 'done', reply, repeated: false };
        } catch (error) {
          await orm.delete(replies).where(rowOf(guard));
          throw error;
        }
      }
      const [earlier] = await orm
        .select({ contentHash: replies.contentHash, sealedReply: replies.sealedReply })
        .from(replies)
        .where(rowOf(guard));
      if (earlier && earlier.contentHash !== guard.contentHash) return { kind: 'mismatch' };
      if (!earlier?.sealedReply) return { kind: 'under-way' };
      const text = seal.open(earlier.sealedReply, contextOf(guard));
      if (text === null) throw new Error('a kept answer can not be opened');
      return { kind: 'done', reply: keptReplySchema.parse(JSON.parse(text)), repeated: true };
    },
  };
}
