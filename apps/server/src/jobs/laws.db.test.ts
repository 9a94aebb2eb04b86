import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Core, startCore, submission } from '../../test/core.ts';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import { pixel } from '../../test/stages.ts';
import { claimJobs, recoverLostJobs } from '../db/queries/jobs.ts';
import { type AttemptResult, emptyRecord } from './attempt.ts';
import { conclude } from './conclude.ts';
import { defaultPolicy, failures, retentionEnd } from './policy.ts';
import { type ClaimedJob, claimedRowSchema } from './rows.ts';
import { hasEnded, type JobStatus, mayMove } from './status.ts';

/**
 * Law 1: for every account and at every moment, granted = available + held + spent.
 * Law 2: a job reaches exactly one terminal state, once.
 * Steps of one round run at the same time, on the real database; rounds follow each other.
 */

let database: TestDatabase;
let core: Core;
beforeAll(async () => {
  database = await freshDatabase({ poolSize: 8 });
  core = await startCore(database);
  await database.pool.query(`
    create table moves (job_id uuid, source text, target text);
    create function note_move() returns trigger language plpgsql as $$
      begin insert into moves values (new.id, old.status, new.status); return null; end $$;
    create trigger note_moves after update on jobs for each row
      when (old.status is distinct from new.status) execute function note_move();
  `);
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

type Step =
  | { kind: 'submit'; account: number; price: number; fingerprint: number; retry: boolean }
  | { kind: 'claim'; most: number }
  /** Of all attempts ever made, stale and concluded ones included: a duplicate delivery. */
  | { kind: 'conclude'; attempt: number; result: AttemptResult }
  | { kind: 'crash'; attempt: number }
  | { kind: 'recover' }
  | { kind: 'cancel'; job: number }
  | { kind: 'grant'; account: number; amount: number };

const finished = pixel.images.map((image) => ({
  bytes: Uint8Array.from(image.data),
  mime: 'image/png' as const,
  extension: 'png' as const,
  width: 1,
  height: 1,
}));
const results = fc.constantFrom<AttemptResult>(
  { kind: 'done', images: finished },
  { kind: 'failed', failure: { code: 'pose-not-found', message: 'none', retry: 'never' } },
  { kind: 'failed', failure: { code: 'engine-failed', message: 'busy', retry: 'later' } },
  { kind: 'threw', failure: failures.fault, cause: null },
  { kind: 'stopped', reason: 'canceled' },
  { kind: 'stopped', reason: 'deadline' },
  { kind: 'stopped', reason: 'draining' },
  { kind: 'stopped', reason: 'lost' },
);
const account = fc.nat(1);
const some = fc.nat(50);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      account,
      price: fc.integer({ min: 0, max: 4000 }),
      fingerprint: fc.nat(5),
      retry: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('claim' as const),
      most: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('conclude' as const),
      attempt: some,
      result: results,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), attempt: some }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('recover' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), job: some }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      account,
      amount: fc.integer({ min: 1, max: 3000 }),
    }),
  },
);

class World {
  readonly jobIds: string[] = [];
  readonly attempts: ClaimedJob[] = [];
  readonly owners: { accountId: string; keyId: string }[];
  constructor(owners: { accountId: string; keyId: string }[]) {
    this.owners = owners;
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'submit':
        return this.submit(step);
      case 'claim': {
        const { rows } = await database.pool.query(claimJobs('model', step.most, 60));
        this.attempts.push(...rows.map((row) => claimedRowSchema.parse(row)));
        return;
      }
      case 'conclude': {
        const job = pick(this.attempts, step.attempt);
        if (job) await this.conclude(job, step.result);
        return;
      }
      case 'crash': {
        const job = pick(this.attempts, step.attempt);
        if (!job) return;
        await database.pool.query(
          `update jobs set lease_until = now() - interval '1 second' where id = $1 and status = 'running' and attempt = $2`,
          [job.id, job.attempt],
        );
        return;
      }
      case 'recover':
        await database.pool.query(recoverLostJobs(3, failures.workerLost, retentionEnd('address')));
        return;
      case 'cancel': {
        const jobId = pick(this.jobIds, step.job);
        for (const { accountId } of this.owners) {
          if (jobId) await core.jobs.cancel(accountId, jobId);
        }
        return;
      }
      case 'grant':
        await core.ledger.grant(this.owner(step.account).accountId, 'on-demand', step.amount, 'x');
    }
  }

  private async submit(step: Extract<Step, { kind: 'submit' }>): Promise<void> {
    const outcome = await core.jobs.submit(
      submission(this.owner(step.account), {
        price: step.price,
        webhookUrl: 'http://receiver.test/',
        concurrencyLimit: 6,
        repeat: {
          fingerprint: String(step.fingerprint),
          mayRepeat: step.retry,
          windowSeconds: 600,
          contentHash: 'content',
        },
      }),
    );
    if (outcome.kind === 'accepted' && !outcome.repeated) this.jobIds.push(outcome.jobId);
  }

  async conclude(job: ClaimedJob, result: AttemptResult): Promise<JobStatus | null> {
    const { store, addresses, signals, logger } = core;
    const policy = { ...defaultPolicy, retrySeconds: 0 };
    return conclude(
      { database, store, addresses, signals, logger, policy },
      { job, result, record: emptyRecord(), secondsLeft: 100 },
    );
  }

  owner(index: number): { accountId: string; keyId: string } {
    return this.owners[index]!;
  }
}

const pick = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items[index % Math.max(1, items.length)];

/** Law 1 from both sides: what the account row says, and what its ledger adds up to. */
async function checkBalances(world: World): Promise<void> {
  const { rows } = await database.pool.query(
    `select a.granted, a.available_subscription + a.available_on_demand as available,
       a.held_subscription + a.held_on_demand as held, a.spent, a.active_jobs,
       l.granted as ledger_granted, l.held as ledger_held, l.spent as ledger_spent,
       (select count(*) from jobs j where j.account_id = a.id and j.status in ('queued', 'running')) as unfinished
     from accounts a cross join lateral (
       select coalesce(sum(subscription + on_demand) filter (where kind = 'grant'), 0)::bigint as granted,
         coalesce(sum(case kind when 'hold' then subscription + on_demand when 'grant' then 0 else -subscription - on_demand end), 0)::bigint as held,
         coalesce(sum(subscription + on_demand) filter (where kind = 'settle'), 0)::bigint as spent
       from ledger_entries where account_id = a.id
     ) l where a.id = any($1)`,
    [world.owners.map(({ accountId }) => accountId)],
  );
  for (const row of rows) {
    expect(row.granted).toBe(row.available + row.held + row.spent);
    expect(row).toMatchObject({
      ledger_granted: row.granted,
      ledger_held: row.held,
      ledger_spent: row.spent,
      unfinished: row.active_jobs,
    });
  }
}

/** Law 2, for every job that was accepted. */
async function checkEnds(world: World): Promise<void> {
  const { rows } = await database.pool.query<{
    id: string;
    status: JobStatus;
    charged: number;
    price: number;
    terminal_moves: number;
    settles: number;
    releases: number;
    webhooks: number;
    moves: { source: JobStatus; target: JobStatus }[] | null;
  }>(
    `select id, status, charged, price,
       (select count(*) from moves m where m.job_id = jobs.id and target in ('succeeded', 'failed', 'canceled')) as terminal_moves,
       (select json_agg(json_build_object('source', source, 'target', target)) from moves m where m.job_id = jobs.id) as moves,
       (select count(*) from ledger_entries e where e.job_id = jobs.id and kind = 'settle') as settles,
       (select count(*) from ledger_entries e where e.job_id = jobs.id and kind = 'release') as releases,
       (select count(*) from webhook_deliveries d where d.job_id = jobs.id) as webhooks
     from jobs where id = any($1)`,
    [world.jobIds],
  );
  expect(rows).toHaveLength(world.jobIds.length);
  for (const job of rows) {
    expect(hasEnded(job.status)).toBe(true);
    const succeeded = job.status === 'succeeded';
    expect(job).toMatchObject({
      terminal_moves: 1,
      webhooks: 1,
      settles: succeeded ? 1 : 0,
      releases: succeeded ? 0 : 1,
      charged: succeeded ? job.price : 0,
    });
    for (const { source, target } of job.moves ?? []) expect(mayMove(source, target)).toBe(true);
  }
}

/** What a healthy worker would do with what is left. */
async function finishAll(world: World): Promise<void> {
  await database.pool.query(
    `update jobs set lease_until = now() - interval '1 second' where status = 'running'`,
  );
  for (;;) {
    await world.take({ kind: 'recover' });
    const known = world.attempts.length;
    await world.take({ kind: 'claim', most: 100 });
    const fresh = world.attempts.slice(known);
    if (fresh.length === 0) return;
    for (const job of fresh) await world.conclude(job, { kind: 'done', images: finished });
  }
}

it('keeps the laws of credits and of jobs under any schedule', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 }),
      async (rounds) => {
        const world = new World([await core.account(10_000), await core.account(3000)]);
        for (const round of rounds) {
          await Promise.all(round.map((step) => world.take(step)));
          await checkBalances(world);
        }
        await finishAll(world);
        await checkBalances(world);
        await checkEnds(world);
      },
    ),
    { numRuns: 120, interruptAfterTimeLimit: 12_000 },
  );
});
