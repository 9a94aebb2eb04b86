import { eq, sql } from 'drizzle-orm';
import type { Database } from '../db/open.ts';
import { accounts } from '../db/schema.ts';
import type { Balance, MilliCredits } from '../jobs/port.ts';

/** `subscription` is spent before `on-demand`. */
export type Bucket = 'subscription' | 'on-demand';

export interface Ledger {
  /** Adds a positive whole number of milli-credits. Throws for an account that does not exist. */
  grant(
    accountId: string,
    bucket: Bucket,
    milliCredits: MilliCredits,
    reason: string,
  ): Promise<void>;
  /** What is available, by bucket, and what unfinished jobs hold. */
  balance(accountId: string): Promise<Balance>;
}

/**
 * Credits of accounts. Holding, settling and releasing happen in the database, in the transaction that moves the job
 * (drizzle/0001_rules.sql: hold_credits, end_hold), so that no other code can part the two.
 */
export function createLedger({ database }: { database: Database }): Ledger {
  return {
    async grant(accountId, bucket, milliCredits, reason) {
      if (!Number.isSafeInteger(milliCredits) || milliCredits <= 0) {
        throw new RangeError(`not a positive whole number of milli-credits: ${milliCredits}`);
      }
      await database.orm.execute(
        sql`select grant_credits(${accountId}, ${bucket}, ${milliCredits}, ${reason})`,
      );
    },

    async balance(accountId) {
      const [balance] = await database.orm
        .select({
          subscription: accounts.availableSubscription,
          onDemand: accounts.availableOnDemand,
          held: sql<number>`${accounts.heldSubscription} + ${accounts.heldOnDemand}`.mapWith(
            Number,
          ),
        })
        .from(accounts)
        .where(eq(accounts.id, accountId));
      if (!balance) throw new Error(`no account ${accountId}`);
      return balance;
    },
  };
}
