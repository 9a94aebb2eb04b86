import { eq } from 'drizzle-orm';
import type { Database } from '../db/open.ts';
import { accounts } from '../db/schema.ts';

/** Whether another engine may step in for a generative model that no engine of this server serves. */
export interface Pinning {
  /** True: it may not. False for an account that does not exist. */
  isPinned(accountId: string): Promise<boolean>;
  pin(accountId: string, pinned: boolean): Promise<void>;
}

export function createPinning({ database: { orm } }: { database: Database }): Pinning {
  return {
    async isPinned(accountId) {
      const [account] = await orm
        .select({ pinned: accounts.pinsAiModel })
        .from(accounts)
        .where(eq(accounts.id, accountId));
      return account?.pinned ?? false;
    },
    async pin(accountId, pinned) {
      await orm.update(accounts).set({ pinsAiModel: pinned }).where(eq(accounts.id, accountId));
    },
  };
}
