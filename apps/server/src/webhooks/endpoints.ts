import { and, asc, eq, sql } from 'drizzle-orm';
import { isId, newId } from '../db/id.ts';
import type { Database } from '../db/open.ts';
import { accounts, webhookEndpoints } from '../db/schema.ts';
import type { Seal } from '../secrets/seal.ts';
import { newWebhookSecret } from './sign.ts';

/** A receiver of everything that happens to an account's jobs in our own dialect. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly createdAt: Date;
}

export interface WebhookEndpoints {
  /** The secret is told once. Null when the account has as many receivers as it may have. */
  create(
    accountId: string,
    url: string,
  ): Promise<{ readonly endpoint: WebhookEndpoint; readonly secret: string } | null>;
  /** Oldest first. */
  list(accountId: string): Promise<readonly WebhookEndpoint[]>;
  /** False when the account has no such receiver. What is owed to it is given up. */
  remove(accountId: string, endpointId: string): Promise<boolean>;
}

/** Every end of a job writes a row for each. */
export const mostEndpoints = 10;

export const sealContext = (endpointId: string): string => `webhook endpoint ${endpointId}`;

export function createWebhookEndpoints({
  database: { orm },
  seal,
}: {
  database: Database;
  seal: Seal;
}): WebhookEndpoints {
  const columns = {
    id: webhookEndpoints.id,
    url: webhookEndpoints.url,
    createdAt: webhookEndpoints.createdAt,
  };
  return {
    create: (accountId, url) =>
      orm.transaction(async (transaction) => {
        // The account's row stands for its list of receivers: two that come at once are counted one after the other.
        await transaction
          .select({ id: accounts.id })
          .from(accounts)
          .where(eq(accounts.id, accountId))
          .for('no key update');
        const [count] = await transaction
          .select({ endpoints: sql<number>`count(*)`.mapWith(Number) })
          .from(webhookEndpoints)
          .where(eq(webhookEndpoints.accountId, accountId));
        if ((count?.endpoints ?? 0) >= mostEndpoints) return null;
        const id = newId();
        const secret = newWebhookSecret();
        const sealedSecret = seal.seal(secret, sealContext(id));
        const [endpoint] = await transaction
          .insert(webhookEndpoints)
          .values({ id, accountId, url, sealedSecret })
          .returning(columns);
        if (!endpoint) throw new Error('an insert answered no row');
        return { endpoint, secret };
      }),

    list: (accountId) =>
      orm
        .select(columns)
        .from(webhookEndpoints)
        .where(eq(webhookEndpoints.accountId, accountId))
        .orderBy(asc(webhookEndpoints.createdAt)),

    async remove(accountId, endpointId) {
      if (!isId(endpointId)) return false;
      const removed = await orm
        .delete(webhookEndpoints)
        .where(and(eq(webhookEndpoints.accountId, accountId), eq(webhookEndpoints.id, endpointId)))
        .returning({ id: webhookEndpoints.id });
      return removed.length > 0;
    },
  };
}
