import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import { createLedger } from '../ledger/ledger.ts';
import { type Accounts, createAccounts } from './accounts.ts';

let database: TestDatabase;
let accounts: Accounts;
beforeAll(async () => {
  database = await freshDatabase();
  accounts = createAccounts({ database });
});
afterAll(() => database.drop());

describe('the first start', () => {
  it('makes one account with credits and a key, however many processes start', async () => {
    expect(await accounts.firstAccount()).toBeNull();
    const options = { name: 'first', keyName: 'first key', milliCredits: 1_000_000 };
    const made = await Promise.all(
      Array.from({ length: 4 }, () => accounts.createFirstAccount(options)),
    );
    const [first, ...others] = made.filter((account) => account !== null);
    expect(others).toEqual([]);
    if (!first) throw new Error('nobody made an account');
    expect(await accounts.firstAccount()).toEqual(first.account);
    expect(await createLedger({ database }).balance(first.account.id)).toEqual({
      subscription: 0,
      onDemand: 1_000_000,
      held: 0,
    });
    expect(await accounts.authenticate(first.secret)).toMatchObject({
      accountId: first.account.id,
      scopes: ['*'],
    });
  });
});

describe('API keys', () => {
  it('are stored as a hash alone', async () => {
    const { id } = await accounts.createAccount('hashes');
    const { secret } = await accounts.createKey(id, 'key');
    expect(secret).toMatch(/^fa-[0-9a-f]{12}-[0-9a-f]{64}$/);
    const { rows } = await database.pool.query('select * from api_keys where account_id = $1', [
      id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(-64));
  });

  it('open nothing when unknown, cut short or revoked', async () => {
    const { id } = await accounts.createAccount('revoked');
    const { secret, key } = await accounts.createKey(id, 'key', ['read']);
    expect(await accounts.authenticate(secret)).toEqual({
      accountId: id,
      keyId: key.id,
      scopes: ['read'],
      token: false,
    });
    expect(await accounts.authenticate(secret.slice(0, -1))).toBeNull();
    expect(await accounts.authenticate('')).toBeNull();
    const revokedAt = Date.now();
    expect(await accounts.revokeKey(id, key.prefix)).toBe(true);
    while (await accounts.authenticate(secret)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(Date.now() - revokedAt).toBeLessThan(2000);
    expect(await accounts.revokeKey(id, key.id)).toBe(false);
  });

  it('can be revoked by their account alone', async () => {
    const { id } = await accounts.createAccount('mine');
    const other = await accounts.createAccount('other');
    const { key } = await accounts.createKey(id, 'key');
    expect(await accounts.revokeKey(other.id, key.id)).toBe(false);
    expect(await accounts.listKeys(id)).toMatchObject([{ id: key.id, revokedAt: null }]);
  });

  it('remember when they were last used, without a write for each request', async () => {
    const { id } = await accounts.createAccount('used');
    const { secret } = await accounts.createKey(id, 'key');
    for (let request = 0; request < 50; request += 1) await accounts.authenticate(secret);
    const giveUpAt = Date.now() + 3000;
    let lastUsedAt: Date | null = null;
    while (!lastUsedAt && Date.now() < giveUpAt) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      lastUsedAt = (await accounts.listKeys(id))[0]?.lastUsedAt ?? null;
    }
    expect(lastUsedAt).toBeInstanceOf(Date);
  });
});

describe('the ledger', () => {
  it('refuses amounts that are no positive whole number', async () => {
    const { id } = await accounts.createAccount('amounts');
    const ledger = createLedger({ database });
    for (const amount of [0, -1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1]) {
      await expect(ledger.grant(id, 'on-demand', amount, 'test')).rejects.toThrow(RangeError);
    }
  });
});
