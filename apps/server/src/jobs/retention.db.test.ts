import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { accepted, type Core, ended, startCore, submission } from '../../test/core.ts';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import { createSweeper } from '../assets/sweeper.ts';
import { lockNumbers } from '../db/locks.ts';
import { createArtifacts } from './artifacts.ts';
import {
  createRetention,
  createStoredRecords,
  type Retention,
  storedFolders,
} from './retention.ts';

let database: TestDatabase;
let core: Core;
let retention: Retention;
let owner: { accountId: string; keyId: string };
beforeAll(async () => {
  database = await freshDatabase();
  core = await startCore(database);
  core.worker();
  const records = createStoredRecords({ database });
  const sweeper = createSweeper({ store: core.store, records, prefixes: storedFolders });
  retention = createRetention({ database, sweeper, logger: core.logger });
});
beforeEach(async () => {
  owner = await core.account();
});
afterAll(async () => {
  await retention.stop();
  await core.stop();
  await database.drop();
});

const storedKeys = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of core.store.list('')) keys.push(key);
  return keys;
};
const expire = (jobId: string) =>
  database.pool.query(
    `with job as (update jobs set expires_at = now() where id = $1)
     update artifacts set expires_at = now() where job_id = $1`,
    [jobId],
  );

it('leaves nothing of a job after its retention, in storage or in the database', async () => {
  const secret = 'a prompt that nobody may read later';
  const draft = submission(owner, { webhookUrl: 'http://receiver.test/secret' });
  const jobId = await accepted(core.jobs, {
    ...draft,
    request: {
      capability: 'edit',
      images: { image: { from: 'url', url: 'http://pictures.test/secret' } },
      prompt: secret,
      seed: 1,
      count: 1,
      moderation: 'none',
    },
  });
  await ended(core.jobs, owner.accountId, jobId);
  const { rows } = await database.pool.query<{ id: string; storage_key: string }>(
    'select id, storage_key from artifacts where job_id = $1',
    [jobId],
  );
  const [artifact] = rows;
  const artifacts = createArtifacts({ database });
  expect(await artifacts.find(artifact!.id)).toMatchObject({ accountId: owner.accountId });
  expect(await storedKeys()).toContain(artifact!.storage_key);

  await retention.sweep();
  expect(await storedKeys()).toContain(artifact!.storage_key);

  await expire(jobId);
  await retention.sweep();
  expect(await storedKeys()).not.toContain(artifact!.storage_key);
  expect(await artifacts.find(artifact!.id)).toBeNull();
  expect(await core.jobs.find(owner.accountId, 'fashn', jobId)).toBeNull();
  const left = await database.pool.query(
    `select request, webhook_url, charged from jobs where id = $1`,
    [jobId],
  );
  expect(left.rows).toEqual([{ request: null, webhook_url: null, charged: 1000 }]);
});

it('deletes inputs when their job has ended', async () => {
  const jobId = await accepted(core.jobs, {
    ...submission(owner),
    stageInputs: async (stage) => ({
      capability: 'background-remove',
      images: { image: { from: 'upload', ...(await stage(new Uint8Array([1]))) } },
      seed: 1,
      count: 1,
      moderation: 'none',
    }),
  });
  await ended(core.jobs, owner.accountId, jobId);
  const giveUpAt = Date.now() + 2000;
  while ((await storedKeys()).includes(`inputs/${jobId}/0`) && Date.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await storedKeys()).not.toContain(`inputs/${jobId}/0`);
});

it('deletes inputs whose worker died before it came to that', async () => {
  const jobId = await accepted(core.jobs, submission(owner));
  await ended(core.jobs, owner.accountId, jobId);
  const key = `inputs/${jobId}/0`;
  await core.store.put(key, new Uint8Array([1]));
  await database.pool.query(`insert into inputs values ($1, $2, 1, now())`, [key, jobId]);
  await retention.sweep();
  expect(await storedKeys()).not.toContain(key);
  const { rows } = await database.pool.query('select 1 from inputs where storage_key = $1', [key]);
  expect(rows).toEqual([]);
});

it('deletes old bytes that no row names, and no others', async () => {
  const jobId = await accepted(core.jobs, submission(owner));
  await ended(core.jobs, owner.accountId, jobId);
  const kept = await storedKeys();
  const old = new Date(Date.now() - 2 * 3600_000);
  for (const key of ['outputs/orphan/1-0.png', 'inputs/orphan/0', 'outputs/orphan/young.png']) {
    await core.store.put(key, new Uint8Array([1]));
  }
  for (const key of [...kept, 'outputs/orphan/1-0.png', 'inputs/orphan/0']) {
    await utimes(join(core.folder, key), old, old);
  }
  await retention.sweep();
  expect((await storedKeys()).toSorted()).toEqual([...kept, 'outputs/orphan/young.png'].toSorted());
});

it('leaves the sweep to the process that is at it', async () => {
  const client = await database.connect();
  await client.query('select pg_advisory_lock($1)', [lockNumbers.sweep]);
  expect(await retention.sweep()).toBe(false);
  await client.end();
  expect(await retention.sweep()).toBe(true);
});
