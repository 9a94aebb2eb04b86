import { afterAll, beforeAll, expect, it } from 'vitest';
import { accepted, type Core, startCore, submission } from '../../test/core.ts';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';

let database: TestDatabase;
let core: Core;
let elsewhere: Core;
beforeAll(async () => {
  database = await freshDatabase({ poolSize: 16 });
  core = await startCore(database);
  elsewhere = await startCore(database);
});
afterAll(async () => {
  await core.stop();
  await elsewhere.stop();
  await database.drop();
});

it('wakes every waiting call when another process ends the job, long before their time is over', async () => {
  const owner = await core.account();
  const jobId = await accepted(core.jobs, submission(owner));
  const waiting = Array.from({ length: 50 }, () =>
    core.jobs.waitFor(owner.accountId, 'fashn', jobId, { timeoutMs: 60_000 }),
  );
  const worker = elsewhere.worker();
  const views = await Promise.all(waiting);
  expect(views.every((view) => view?.state.status === 'succeeded')).toBe(true);
  await worker.drain(0);
});

it('answers with the unfinished job when the time is over, or the caller goes away', async () => {
  const owner = await core.account();
  const jobId = await accepted(core.jobs, submission(owner));
  const leave = new AbortController();
  const left = core.jobs.waitFor(owner.accountId, 'fashn', jobId, {
    timeoutMs: 60_000,
    signal: leave.signal,
  });
  expect(await core.jobs.waitFor(owner.accountId, 'fashn', jobId, { timeoutMs: 30 })).toMatchObject(
    { id: jobId, state: { status: 'queued' } },
  );
  leave.abort();
  expect(await left).toMatchObject({ state: { status: 'queued' } });
});

it('shows nothing of the job of another account', async () => {
  const owner = await core.account();
  const other = await core.account();
  const jobId = await accepted(core.jobs, submission(owner));
  expect(
    await core.jobs.waitFor(other.accountId, 'fashn', jobId, { timeoutMs: 60_000 }),
  ).toBeNull();
});
