import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import { migrate } from './migrate.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

it('can be run by several processes at once and again', async () => {
  await Promise.all([migrate(database), migrate(database), migrate(database)]);
  const { rows } = await database.pool.query('select count(*) as n from accounts');
  expect(rows).toEqual([{ n: 0 }]);
});

it('refuses to change or remove what the ledger says', async () => {
  const orm = database.orm;
  await orm.execute(sql`insert into accounts (id, name) values (gen_random_uuid(), 'ledger')`);
  await orm.execute(
    sql`select grant_credits((select id from accounts where name = 'ledger'), 'subscription', 5, 'test')`,
  );
  for (const statement of [
    sql`update ledger_entries set subscription = 6`,
    sql`delete from ledger_entries`,
    sql`truncate ledger_entries`,
  ]) {
    await expect(orm.execute(statement)).rejects.toMatchObject({ cause: { code: '23001' } });
  }
});

it('refuses balances that do not add up, and negative ones', async () => {
  await expect(
    database.pool.query(`update accounts set available_subscription = available_subscription + 1`),
  ).rejects.toMatchObject({ constraint: 'accounts_credits_add_up' });
  await expect(
    database.pool.query(`update accounts set available_subscription = -1, available_on_demand = 6`),
  ).rejects.toMatchObject({ constraint: 'accounts_nothing_negative' });
});
