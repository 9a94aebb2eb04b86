import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, type Core, startCore, submission } from '../../test/core.ts';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import type { SubmitJob } from './port.ts';

let database: TestDatabase;
let core: Core;
beforeAll(async () => {
  database = await freshDatabase({ poolSize: 24 });
  core = await startCore(database);
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

const repeatable = (fingerprint: string, contentHash = 'content'): SubmitJob['repeat'] => ({
  fingerprint,
  mayRepeat: true,
  windowSeconds: 600,
  contentHash,
});

const keysIn = async (prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of core.store.list(prefix)) keys.push(key);
  return keys;
};

describe('submitting', () => {
  it('holds the price, subscription first', async () => {
    const owner = await core.account(3000);
    await accepted(core.jobs, submission(owner, { price: 2000 }));
    expect(await core.ledger.balance(owner.accountId)).toEqual({
      subscription: 0,
      onDemand: 1000,
      held: 2000,
    });
  });

  it('refuses a job that the account cannot pay, and leaves no trace of it', async () => {
    const owner = await core.account(1500);
    const job = submission(owner, { price: 2000, repeat: repeatable('poor') });
    const refusal = { kind: 'out-of-credits', available: 1500, required: 2000 };
    expect(await core.jobs.submit(job)).toEqual(refusal);
    expect(await core.ledger.balance(owner.accountId)).toMatchObject({ held: 0 });
    // Sent again it is judged again, not taken for a repetition.
    expect(await core.jobs.submit(job)).toEqual(refusal);
    await core.ledger.grant(owner.accountId, 'on-demand', 500, 'test');
    expect(await core.jobs.submit(job)).toMatchObject({ kind: 'accepted', repeated: false });
  });

  it('never spends a credit twice, however many requests come at once', async () => {
    const owner = await core.account(5000);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => core.jobs.submit(submission(owner))),
    );
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(5);
    expect(outcomes.filter(({ kind }) => kind === 'out-of-credits')).toHaveLength(15);
  });

  it('keeps to the concurrency limit, however many requests come at once', async () => {
    const owner = await core.account();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        core.jobs.submit(submission(owner, { concurrencyLimit: 6 })),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(6);
    expect(outcomes).toContainEqual({ kind: 'too-many-running', limit: 6 });
  });

  it('shows a job to its own account and dialect alone', async () => {
    const owner = await core.account();
    const other = await core.account();
    const jobId = await accepted(core.jobs, submission(owner));
    expect(await core.jobs.find(owner.accountId, 'fashn', jobId)).toMatchObject({ id: jobId });
    expect(await core.jobs.find(other.accountId, 'fashn', jobId)).toBeNull();
    expect(await core.jobs.find(owner.accountId, 'vistoure', jobId)).toBeNull();
    expect(await core.jobs.find(owner.accountId, 'fashn', 'no id at all')).toBeNull();
    expect(await core.jobs.cancel(other.accountId, jobId)).toBe(false);
  });
});

describe('the repeat guard', () => {
  it('answers a retry with the job of the first request', async () => {
    const owner = await core.account();
    const first = await accepted(
      core.jobs,
      submission(owner, { repeat: { ...repeatable('a'), mayRepeat: false } }),
    );
    expect(await core.jobs.submit(submission(owner, { repeat: repeatable('a') }))).toEqual({
      kind: 'accepted',
      jobId: first,
      repeated: true,
    });
    expect(await core.ledger.balance(owner.accountId)).toMatchObject({ held: 1000 });
  });

  it('makes one job of many repetitions that arrive together', async () => {
    const owner = await core.account();
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () =>
        core.jobs.submit(submission(owner, { repeat: repeatable('together') })),
      ),
    );
    const ids = outcomes.map((outcome) => (outcome.kind === 'accepted' ? outcome.jobId : null));
    expect(new Set(ids).size).toBe(1);
    expect(await core.ledger.balance(owner.accountId)).toMatchObject({ held: 1000 });
  });

  it('makes a new job of the same body sent on purpose, and answers retries with the latest', async () => {
    const owner = await core.account();
    const onPurpose = { ...repeatable('purpose'), mayRepeat: false };
    const first = await accepted(core.jobs, submission(owner, { repeat: onPurpose }));
    const second = await accepted(core.jobs, submission(owner, { repeat: onPurpose }));
    expect(second).not.toBe(first);
    const retry = await accepted(core.jobs, submission(owner, { repeat: repeatable('purpose') }));
    expect(retry).toBe(second);
  });

  it('does not mix up two keys, nor a key used again for another body', async () => {
    const owner = await core.account();
    const other = await core.account();
    const first = await accepted(core.jobs, submission(owner, { repeat: repeatable('k') }));
    expect(await accepted(core.jobs, submission(other, { repeat: repeatable('k') }))).not.toBe(
      first,
    );
    expect(
      await core.jobs.submit(submission(owner, { repeat: repeatable('k', 'other content') })),
    ).toEqual({ kind: 'repeat-mismatch' });
  });

  it('forgets after its window', async () => {
    const owner = await core.account();
    const repeat = { ...repeatable('late'), windowSeconds: 0.05 };
    const first = await accepted(core.jobs, submission(owner, { repeat }));
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(await accepted(core.jobs, submission(owner, { repeat }))).not.toBe(first);
  });

  it('lets a refused repetition on purpose leave the accepted job to be found', async () => {
    const owner = await core.account(1000);
    const onPurpose = { ...repeatable('kept'), mayRepeat: false };
    const first = await accepted(core.jobs, submission(owner, { repeat: onPurpose }));
    expect(await core.jobs.submit(submission(owner, { repeat: onPurpose }))).toMatchObject({
      kind: 'out-of-credits',
    });
    const retry = await accepted(core.jobs, submission(owner, { repeat: repeatable('kept') }));
    expect(retry).toBe(first);
  });
});

describe('inline pictures', () => {
  const staged = (
    owner: { accountId: string; keyId: string },
    rest: Partial<SubmitJob>,
    before: () => Promise<void> = () => Promise.resolve(),
  ): SubmitJob => {
    const job = submission(owner, rest);
    return {
      ...job,
      stageInputs: async (stage) => {
        await before();
        const input = await stage(new Uint8Array([1, 2, 3]));
        return {
          capability: 'background-remove',
          images: { image: { from: 'upload', ...input } },
          seed: 1,
          count: 1,
          moderation: 'none',
        };
      },
    };
  };

  it('are stored before the job is, and found by its request', async () => {
    const owner = await core.account();
    const jobId = await accepted(core.jobs, staged(owner, {}));
    expect(await keysIn(`inputs/${jobId}/`)).toEqual([`inputs/${jobId}/0`]);
    const { rows } = await database.pool.query(
      `select request->'images'->'image' as source, storage_key from jobs join inputs on job_id = id where id = $1`,
      [jobId],
    );
    expect(rows).toEqual([
      {
        source: { from: 'upload', key: `inputs/${jobId}/0`, bytes: 3 },
        storage_key: `inputs/${jobId}/0`,
      },
    ]);
  });

  it('make a retry wait while they are being stored, and are stored once', async () => {
    const owner = await core.account();
    const before = await keysIn('inputs/');
    let storing = (): void => undefined;
    const isStoring = new Promise<void>((resolve) => {
      storing = resolve;
    });
    const first = core.jobs.submit(
      staged(owner, { repeat: repeatable('slow') }, async () => {
        storing();
        await new Promise((resolve) => setTimeout(resolve, 150));
      }),
    );
    await isStoring;
    const retry = await core.jobs.submit(staged(owner, { repeat: repeatable('slow') }));
    expect(retry).toEqual({ ...(await first), repeated: true });
    expect(await keysIn('inputs/')).toHaveLength(before.length + 1);
  });

  it('are deleted again when the job is refused or staging breaks', async () => {
    const before = await keysIn('inputs/');
    const poor = await core.account(1);
    expect(await core.jobs.submit(staged(poor, {}))).toMatchObject({ kind: 'out-of-credits' });
    const broken = submission(poor);
    await expect(
      core.jobs.submit({
        ...broken,
        stageInputs: async (stage) => {
          await stage(new Uint8Array([1]));
          throw new Error('the disk is full');
        },
      }),
    ).rejects.toThrow('the disk is full');
    expect(await keysIn('inputs/')).toEqual(before);
    const { rows } = await database.pool.query('select 1 from submissions where fingerprint = $1', [
      broken.repeat.fingerprint,
    ]);
    expect(rows).toEqual([]);
  });

  it('are deleted when the job is canceled', async () => {
    const owner = await core.account();
    const jobId = await accepted(core.jobs, staged(owner, {}));
    expect(await core.jobs.cancel(owner.accountId, jobId)).toBe(true);
    expect(await keysIn(`inputs/${jobId}/`)).toEqual([]);
    expect(await core.ledger.balance(owner.accountId)).toMatchObject({ held: 0 });
  });
});
