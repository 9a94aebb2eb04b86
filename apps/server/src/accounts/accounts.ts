import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import { newId } from '../db/id.ts';
import { lockNumbers } from '../db/locks.ts';
import type { Database } from '../db/open.ts';
import { accounts, apiKeys } from '../db/schema.ts';
import { createAuthenticate } from './authenticate.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Who sends a request. */
export interface Principal {
  readonly accountId: string;
  readonly keyId: string;
  readonly scopes: readonly string[];
  /** A browser's token, made with a key: it sees what was made with it, and no more. */
  readonly token: boolean;
}

export interface Account {
  readonly id: string;
  readonly name: string;
}

/** A short-lived secret for a browser, with the rights of its scopes alone. */
export interface NewToken {
  readonly id: string;
  readonly secret: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
}

/** An API key as it may be listed; its secret is shown once, when it is made. */
export interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewKey {
  readonly key: KeyView;
  readonly secret: string;
}

export interface Accounts {
  /** Null for an unknown or revoked key. Revocation is felt within 2 s, in every process. */
  authenticate(secret: string): Promise<Principal | null>;
  createAccount(name: string): Promise<Account>;
  /**
   * The account of a first start, with `milliCredits` on demand and a key: all of it or, when an account exists already, null.
   * Processes that start together make one.
   */
  createFirstAccount(options: {
    name: string;
    keyName: string;
    milliCredits: number;
  }): Promise<(NewKey & { readonly account: Account }) | null>;
  /** The oldest account; null before the first start. */
  firstAccount(): Promise<Account | null>;
  /** `scopes` are our own words for what a key may do; by default everything (`*`). */
  createKey(accountId: string, name: string, scopes?: readonly string[]): Promise<NewKey>;
  /** Oldest first, revoked ones included. */
  listKeys(accountId: string): Promise<readonly KeyView[]>;
  /** By id or by prefix, with every token that was made with it. False when this account has no such key in use. */
  revokeKey(accountId: string, idOrPrefix: string): Promise<boolean>;
  /** Null for no account. */
  account(accountId: string): Promise<(Account & { readonly createdAt: Date }) | null>;
  createToken(
    owner: { readonly accountId: string; readonly keyId: string },
    scopes: readonly string[],
    seconds: number,
  ): Promise<NewToken>;
  /** Tokens that ended long ago; by then nothing names them but old usage, which counts them by themselves. */
  forgetTokens(): Promise<void>;
}

const tokensKeptDays = 90;

export function createAccounts({ database }: { database: Database }): Accounts {
  const { orm } = database;

  return {
    authenticate: createAuthenticate(database),
    createAccount: (name) => insertAccount(orm, name),
    createKey: (accountId, name, scopes = ['*']) => insertKey(orm, accountId, name, scopes),

    createFirstAccount: ({ name, keyName, milliCredits }) =>
      orm.transaction(async (transaction) => {
        await transaction.execute(sql`select pg_advisory_xact_lock(${lockNumbers.firstAccount})`);
        if (await oldestAccount(transaction)) return null;
        const account = await insertAccount(transaction, name);
        await transaction.execute(
          sql`select grant_credits(${account.id}, 'on-demand', ${milliCredits}, 'first start')`,
        );
        return { account, ...(await insertKey(transaction, account.id, keyName, ['*'])) };
      }),

    firstAccount: () => oldestAccount(orm),

    listKeys: (accountId) =>
      orm
        .select(keyColumns)
        .from(apiKeys)
        .where(and(eq(apiKeys.accountId, accountId), isNull(apiKeys.parentId)))
        .orderBy(asc(apiKeys.createdAt)),

    async revokeKey(accountId, idOrPrefix) {
      // Neither an id nor a prefix; Postgres throws on some of it.
      if (!/^[\w-]{1,64}$/.test(idOrPrefix)) return false;
      const revoked = await orm
        .update(apiKeys)
        .set({ revokedAt: sql`now()` })
        .where(
          and(
            eq(apiKeys.accountId, accountId),
            sql`${idOrPrefix} in (${apiKeys.id}::text, ${apiKeys.prefix})`,
            isNull(apiKeys.revokedAt),
          ),
        )
        .returning({ id: apiKeys.id });
      const [key] = revoked;
      if (!key) return false;
      await orm
        .update(apiKeys)
        .set({ revokedAt: sql`now()` })
        .where(and(eq(apiKeys.parentId, key.id), isNull(apiKeys.revokedAt)));
      return true;
    },

    async account(accountId) {
      const [account] = await orm
        .select({ id: accounts.id, name: accounts.name, createdAt: accounts.createdAt })
        .from(accounts)
        .where(eq(accounts.id, accountId));
      return account ?? null;
    },

    async createToken({ accountId, keyId }, scopes, seconds) {
      const { secret, prefix } = newSecret('ft');
      const [token] = await orm
        .insert(apiKeys)
        .values({
          id: newId(),
          accountId,
          name: 'token',
          prefix,
          secretHash: hashSecret(secret),
          scopes: [...scopes],
          parentId: keyId,
          expiresAt: sql`now() + ${seconds}::float8 * interval '1 second'`,
        })
        .returning({ id: apiKeys.id, expiresAt: apiKeys.expiresAt });
      if (!token?.expiresAt) throw new Error('an insert answered no row');
      return { id: token.id, secret, scopes, expiresAt: token.expiresAt };
    },

    async forgetTokens() {
      await orm
        .delete(apiKeys)
        .where(lt(apiKeys.expiresAt, sql`now() - ${tokensKeptDays} * interval '1 day'`));
    },
  };
}

/** The database, or a transaction on it. */
type Orm = Pick<Database['orm'], 'insert' | 'select'>;

const keyColumns = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  createdAt: apiKeys.createdAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
};

async function oldestAccount(orm: Orm): Promise<Account | null> {
  const [account] = await orm
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .orderBy(asc(accounts.createdAt))
    .limit(1);
  return account ?? null;
}

async function insertAccount(orm: Orm, name: string): Promise<Account> {
  const account = { id: newId(), name };
  await orm.insert(accounts).values(account);
  return account;
}

async function insertKey(
  orm: Orm,
  accountId: string,
  name: string,
  scopes: readonly string[],
): Promise<NewKey> {
  const { secret, prefix } = newSecret('fa');
  const [key] = await orm
    .insert(apiKeys)
    .values({
      id: newId(),
      accountId,
      name,
      prefix,
      secretHash: hashSecret(secret),
      scopes: [...scopes],
    })
    .returning(keyColumns);
  if (!key) throw new Error('an insert answered no row');
  return { key, secret };
}
