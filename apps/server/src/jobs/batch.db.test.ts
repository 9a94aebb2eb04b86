import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Core, startCore, submission } from '../../test/core.ts';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import { stagesAround } from '../../test/stages.ts';
import type { SubmitBatch } from './port.ts';

let database: TestDatabase;
let core: Core;
beforeAll(async () => {
  database = await freshDatabase({ poolSize: 16 });
  core = await startCore(database);
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

const batchOf = (
  owner: { accountId: string; keyId: string },
  prices: readonly number[],
  rest: Partial<SubmitBatch> = {},
): SubmitBatch => ({
  ...submission(owner),
  jobs: prices.map((price) => ({ ...submission(owner), price })),
  ...rest,
});

const jobsOf = async (owner: { accountId: string }) =>
  core.jobs.list({ accountId: owner.accountId, dialect: 'fashn', limit: 100 });

describe('a batch', () => {
  it('is taken whole and charged job by job, subscription first', async () => {
    const owner = await core.account(10_000);
    const outcome = await core.jobs.submitBatch(batchOf(owner, [2000, 2000, 2000]));
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    expect(await core.ledger.balance(owner.accountId)).toEqual({
      subscription: 0,
      onDemand: 4000,
      held: 6000,
    });
    const worker = core.worker();
    for (const jobId of outcome.jobIds) {
      const view = await core.jobs.waitFor(owner.accountId, 'fashn', jobId, { timeoutMs: 9000 });
      expect(view).toMatchObject({ batchId: outcome.batchId, charged: 2000 });
    }
    await worker.drain(0);
    expect(await core.ledger.balance(owner.accountId)).toMatchObject({ onDemand: 4000, held: 0 });
  });

  it('is refused whole when credits or places do not suffice for all of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 15_000 }),
        async (prices, limit, credits) => {
          const owner = await core.account(credits);
          const total = prices.reduce((sum, price) => sum + price, 0);
          const outcome = await core.jobs.submitBatch(
            batchOf(owner, prices, { concurrencyLimit: limit }),
          );
          const fits = total <= credits && prices.length <= limit;
          expect(outcome.kind === 'accepted').toBe(fits);
          expect(await jobsOf(owner)).toHaveLength(fits ? prices.length : 0);
          const { subscription, onDemand, held } = await core.ledger.balance(owner.accountId);
          expect(held).toBe(fits ? total : 0);
          expect(subscription + onDemand + held).toBe(credits);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('sent again answers with the first one, in order, and stages pictures once', async () => {
    const owner = await core.account();
    const staged: string[] = [];
    const job = submission(owner);
    const batch = batchOf(owner, [1000, 1000, 1000], {
      repeat: { fingerprint: 'batch', mayRepeat: true, windowSeconds: 600, contentHash: 'same' },
      jobs: [0, 1, 2].map(() => ({
        ...job,
        stageInputs: async (stage) => {
          const { key, bytes } = await stage(new Uint8Array([1, 2, 3]));
          staged.push(key);
          return { ...job.request, images: { image: { from: 'upload', key, bytes } } } as never;
        },
      })),
    });
    const [first, second] = await Promise.all([
      core.jobs.submitBatch(batch),
      core.jobs.submitBatch(batch),
    ]);
    if (first.kind !== 'accepted' || second.kind !== 'accepted') throw new Error('refused');
    expect(new Set([first.repeated, second.repeated])).toEqual(new Set([true, false]));
    expect(second.jobIds).toEqual(first.jobIds);
    expect(staged).toHaveLength(3);
    expect(await jobsOf(owner)).toHaveLength(3);
    const mismatch = { ...batch, repeat: { ...batch.repeat, contentHash: 'other' } };
    expect(await core.jobs.submitBatch(mismatch)).toEqual({ kind: 'repeat-mismatch' });
  });
});

describe('lists', () => {
  it('lead from page to page through all jobs of the account, newest first, and no others', async () => {
    const owner = await core.account();
    const other = await core.account();
    await core.jobs.submitBatch(batchOf(other, [1, 1]));
    await core.jobs.submitBatch(batchOf(owner, [1, 1, 1, 1, 1]));
    const seen: string[] = [];
    for (let before: string | undefined; ;) {
      const page = await core.jobs.list({
        ...owner,
        keyId: undefined,
        dialect: 'fashn',
        before,
        limit: 2,
      });
      seen.push(...page.map(({ id }) => id));
      before = page.at(-1)?.id;
      if (page.length < 2) break;
    }
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(seen.toSorted().toReversed());
  });
});

describe('a deadline of the caller', () => {
  it('cancels a job that nobody took up, free of charge', async () => {
    const owner = await core.account(1000);
    const busy = core.worker(undefined, { concurrency: 0 });
    const outcome = await core.jobs.submit(submission(owner, { deadlineSeconds: 0.3 }));
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    const view = await core.jobs.waitFor(owner.accountId, 'fashn', outcome.jobId, {
      timeoutMs: 9000,
    });
    expect(view?.state.status).toBe('canceled');
    expect(await core.ledger.balance(owner.accountId)).toMatchObject({ held: 0 });
    await busy.drain(0);
  });
});

describe('a fallback', () => {
  it.each([
    [400, 400],
    [5000, 1000],
    [undefined, 1000],
  ])(
    'with a price of %s is charged at %s of 1000, and the rest goes back',
    async (price, charged) => {
      const owner = await core.account(1000);
      const outcome = await core.jobs.submit(submission(owner, { fallbackPrice: price }));
      if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
      const usual = stagesAround();
      const worker = core.worker({
        ...usual,
        route: async (job) => ({ ...(await usual.route(job)), fallbackUsed: true }),
      });
      const view = await core.jobs.waitFor(owner.accountId, 'fashn', outcome.jobId, {
        timeoutMs: 9000,
      });
      await worker.drain(0);
      expect(view).toMatchObject({ fallbackUsed: true, charged });
      const { subscription, onDemand, held } = await core.ledger.balance(owner.accountId);
      expect([subscription + onDemand, held]).toEqual([1000 - charged, 0]);
      const { rows } = await database.pool.query(
        `select kind, subscription + on_demand as amount from ledger_entries where job_id = $1 order by id`,
        [outcome.jobId],
      );
      expect(rows).toEqual([
        { kind: 'hold', amount: 1000 },
        { kind: 'settle', amount: charged },
      ]);
    },
  );
});

describe('watching', () => {
  it('tells the place in the queue, then progress, then the end', async () => {
    const owner = await core.account();
    await core.jobs.submit(submission(owner));
    const outcome = await core.jobs.submit(submission(owner));
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    const news: string[] = [];
    const placed = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    const stop = core.jobs.watch(outcome.jobId, (each) => {
      news.push(each.kind);
      if (each.kind === 'queued') {
        expect(each.position).toBeGreaterThan(0);
        placed.resolve();
      }
      if (each.kind === 'ended') over.resolve();
    });
    await placed.promise;
    const worker = core.worker();
    await over.promise;
    stop();
    await worker.drain(0);
    expect(news).toEqual(['queued', 'running', 'ended']);
  });
});
