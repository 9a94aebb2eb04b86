import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accepted, type Core, ended, startCore, submission } from '../../test/core.ts';
import { quickPolicy } from '../../test/policy.ts';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import { pixel, stagesAround } from '../../test/stages.ts';
import { fail, succeed } from '../failures/failure.ts';
import { createSignals } from './signals.ts';

let database: TestDatabase;
let core: Core;
let owner: { accountId: string; keyId: string };
beforeAll(async () => {
  database = await freshDatabase({ poolSize: 12 });
});
beforeEach(async () => {
  core = await startCore(database);
  owner = await core.account();
});
afterEach(() => core.stop());
afterAll(() => database.drop());

const balance = () => core.ledger.balance(owner.accountId);
const attemptsOf = async (jobId: string): Promise<Record<string, unknown>[]> => {
  const { rows } = await database.pool.query<Record<string, unknown>>(
    'select * from attempts where job_id = $1 order by number',
    [jobId],
  );
  return rows;
};

/** An engine that is told when to go on, and says when it has begun. */
function gate() {
  let open = (): void => undefined;
  let begin = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return { open: () => open(), begin: () => begin(), opened, begun };
}

describe('a worker', () => {
  it('brings a job to its outputs, charges it, and gives one address for ever', async () => {
    core.worker();
    const jobId = await accepted(core.jobs, submission(owner));
    const view = await ended(core.jobs, owner.accountId, jobId);
    expect(view).toMatchObject({ charged: 1000, state: { status: 'succeeded' } });
    expect(view.state).toEqual({
      status: 'succeeded',
      outputs: [
        {
          kind: 'address',
          address: expect.stringMatching(/^http:\/\/toile\.test\/.*\/output_0\.png$/),
          mime: 'image/png',
          width: 1,
          height: 1,
          bytes: 3,
        },
      ],
    });
    expect(await core.jobs.find(owner.accountId, 'fashn', jobId)).toEqual(view);
    expect(await balance()).toEqual({ subscription: 499_000, onDemand: 500_000, held: 0 });
    expect(await attemptsOf(jobId)).toMatchObject([
      { number: 1, outcome: 'succeeded', engine: 'test', engine_version: '1' },
    ]);
  });

  it('hands base64 outputs over as data URIs without an address', async () => {
    core.worker();
    const jobId = await accepted(core.jobs, submission(owner, { delivery: 'base64' }));
    const { state } = await ended(core.jobs, owner.accountId, jobId);
    const dataUri = `data:image/png;base64,${Buffer.from([128, 128, 128]).toString('base64')}`;
    expect(state).toEqual({ status: 'succeeded', outputs: [{ kind: 'base64', dataUri }] });
    const { rows } = await database.pool.query(
      `select address, expires_at < now() + interval '61 minutes' as soon from artifacts where job_id = $1`,
      [jobId],
    );
    expect(rows).toEqual([{ address: null, soon: true }]);
  });

  it('starts within 20 ms of commit when idle', async () => {
    const starts = new Map<string, number>();
    core.worker(
      stagesAround((job) => {
        starts.set(job.jobId, performance.now());
        return succeed(pixel);
      }),
    );
    const waits: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const jobId = await accepted(core.jobs, submission(owner));
      const committed = performance.now();
      await ended(core.jobs, owner.accountId, jobId);
      waits.push((starts.get(jobId) ?? Infinity) - committed);
    }
    const median = waits.toSorted((a, b) => a - b)[10];
    expect(median).toBeLessThan(20);
  });

  it('is woken by a submission in another process', async () => {
    const elsewhere = createSignals({ database, logger: core.logger });
    await elsewhere.start();
    const heard = new Promise((resolve) => {
      core.signals.hear(resolve);
    });
    elsewhere.tell({ kind: 'submitted' });
    expect(await heard).toEqual({ kind: 'submitted' });
    await elsewhere.stop();
  });

  it('releases the hold of a job that fails, and keeps its failure word for word', async () => {
    const failure = fail('pose-not-found', 'Nobody stands in the model image.');
    core.worker(stagesAround(() => failure));
    const jobId = await accepted(core.jobs, submission(owner));
    const { state, charged } = await ended(core.jobs, owner.accountId, jobId);
    expect(state).toEqual({ status: 'failed', failure: failure.failure });
    expect(charged).toBe(0);
    expect(await balance()).toEqual({ subscription: 500_000, onDemand: 500_000, held: 0 });
    expect(await attemptsOf(jobId)).toMatchObject([
      { outcome: 'failed', failure: failure.failure },
    ]);
  });

  it('tries again where the failure advises a pause, and gives up after three tries', async () => {
    let runs = 0;
    core.worker(
      stagesAround(() => {
        runs += 1;
        return fail('engine-failed', 'busy', 'later');
      }),
    );
    const jobId = await accepted(core.jobs, submission(owner));
    const { state } = await ended(core.jobs, owner.accountId, jobId);
    expect(state).toMatchObject({ status: 'failed', failure: { message: 'busy' } });
    expect(runs).toBe(3);
    expect(await balance()).toMatchObject({ held: 0 });
  });

  it('takes what a stage throws for a fault of its own and tries again', async () => {
    let runs = 0;
    core.worker(
      stagesAround(() => {
        runs += 1;
        if (runs === 1) throw new Error('a bug with secrets in its message');
        return succeed(pixel);
      }),
    );
    const jobId = await accepted(core.jobs, submission(owner));
    const { state } = await ended(core.jobs, owner.accountId, jobId);
    expect(state.status).toBe('succeeded');
    const [first, second] = await attemptsOf(jobId);
    expect(JSON.stringify(first)).not.toContain('secrets');
    expect(second).toMatchObject({ number: 2, outcome: 'succeeded' });
  });

  it('fails what moderation blocks, and stores the decision', async () => {
    const decision = {
      level: 'conservative',
      verdict: 'blocked',
      reason: 'The model image shows nudity.',
      findings: [{ subject: 'model', label: 'nudity', score: 0.9 }],
    } as const;
    core.worker(
      stagesAround(undefined, { moderateInputs: () => Promise.resolve(succeed(decision)) }),
    );
    const jobId = await accepted(core.jobs, submission(owner));
    const { state } = await ended(core.jobs, owner.accountId, jobId);
    expect(state).toMatchObject({ failure: { code: 'content-blocked', message: decision.reason } });
    expect(await attemptsOf(jobId)).toMatchObject([{ moderation: { inputs: decision } }]);
  });

  it('runs no more jobs at once than it has slots', async () => {
    let now = 0;
    let most = 0;
    core.worker(
      stagesAround(async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 40));
        now -= 1;
        return succeed(pixel);
      }),
      { concurrency: 3 },
    );
    const ids = await Promise.all(
      Array.from({ length: 12 }, () => accepted(core.jobs, submission(owner))),
    );
    await Promise.all(ids.map((id) => ended(core.jobs, owner.accountId, id)));
    expect(most).toBe(3);
  });
});

describe('canceling', () => {
  it('ends a queued job at once and releases its hold', async () => {
    const jobId = await accepted(core.jobs, submission(owner));
    expect(await core.jobs.cancel(owner.accountId, jobId)).toBe(true);
    expect((await ended(core.jobs, owner.accountId, jobId)).state).toEqual({ status: 'canceled' });
    expect(await balance()).toMatchObject({ held: 0 });
    expect(await core.jobs.cancel(owner.accountId, jobId)).toBe(false);
  });

  it('stops a running job, by signal', async () => {
    const { begin, begun } = gate();
    core.worker(
      stagesAround(
        (job) =>
          new Promise((resolve) => {
            begin();
            job.signal.addEventListener('abort', () => {
              resolve(fail('engine-failed', 'aborted'));
            });
          }),
      ),
    );
    const jobId = await accepted(core.jobs, submission(owner));
    await begun;
    const heard = new Promise<void>((resolve) => {
      core.jobs.onEnded(jobId, resolve);
    });
    expect(await core.jobs.cancel(owner.accountId, jobId)).toBe(true);
    await heard;
    expect((await ended(core.jobs, owner.accountId, jobId)).state).toEqual({ status: 'canceled' });
    expect(await balance()).toMatchObject({ held: 0 });
  });

  it('wins over an engine that does not listen and finishes all the same', async () => {
    const { begin, begun, open, opened } = gate();
    core.worker(
      stagesAround(async () => {
        begin();
        await opened;
        return succeed(pixel);
      }),
    );
    const jobId = await accepted(core.jobs, submission(owner));
    await begun;
    await core.jobs.cancel(owner.accountId, jobId);
    open();
    const { state, charged } = await ended(core.jobs, owner.accountId, jobId);
    expect({ state, charged }).toEqual({ state: { status: 'canceled' }, charged: 0 });
    const { rows } = await database.pool.query('select 1 from artifacts where job_id = $1', [
      jobId,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('time', () => {
  it('ends a job at its deadline, also when the engine does not listen', async () => {
    await core.stop();
    core = await startCore(database, { policy: { ...quickPolicy, timeLimitSeconds: 0.2 } });
    core.worker(stagesAround(() => new Promise(() => undefined)));
    const jobId = await accepted(core.jobs, submission(owner));
    const { state } = await ended(core.jobs, owner.accountId, jobId);
    expect(state).toMatchObject({ failure: { code: 'deadline-passed' } });
    expect(await balance()).toMatchObject({ held: 0 });
  });

  it('keeps a long job by renewing its lease, and tells its progress', async () => {
    const { begin, begun, open, opened } = gate();
    core.worker(
      stagesAround(async (job) => {
        job.onProgress(0.5, 'warp');
        begin();
        await opened;
        return succeed(pixel);
      }),
    );
    const jobId = await accepted(core.jobs, submission(owner));
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 900));
    const view = await core.jobs.find(owner.accountId, 'fashn', jobId);
    expect(view?.state).toEqual({ status: 'running', progress: 0.5 });
    open();
    await ended(core.jobs, owner.accountId, jobId);
    expect(await attemptsOf(jobId)).toHaveLength(1);
  });
});

describe('draining', () => {
  it('lets running jobs finish and takes no others', async () => {
    const { begin, begun, open, opened } = gate();
    const worker = core.worker(
      stagesAround(async () => {
        begin();
        await opened;
        return succeed(pixel);
      }),
    );
    const first = await accepted(core.jobs, submission(owner));
    await begun;
    const drained = worker.drain(5000);
    const second = await accepted(core.jobs, submission(owner));
    open();
    await drained;
    expect((await ended(core.jobs, owner.accountId, first)).state.status).toBe('succeeded');
    expect((await core.jobs.find(owner.accountId, 'fashn', second))?.state.status).toBe('queued');
    await core.jobs.cancel(owner.accountId, second);
  });

  it('gives back what takes too long, without counting it as a try', async () => {
    const { begin, begun } = gate();
    const worker = core.worker(
      stagesAround((job) => {
        begin();
        return new Promise((resolve) => {
          job.signal.addEventListener('abort', () => {
            resolve(fail('engine-failed', 'aborted'));
          });
        });
      }),
    );
    const jobId = await accepted(core.jobs, submission(owner));
    await begun;
    await worker.drain(0);
    expect(await attemptsOf(jobId)).toMatchObject([{ outcome: 'handed-back' }]);
    const { rows } = await database.pool.query('select status, tries from jobs where id = $1', [
      jobId,
    ]);
    expect(rows).toEqual([{ status: 'queued', tries: 0 }]);
    core.worker();
    expect((await ended(core.jobs, owner.accountId, jobId)).state.status).toBe('succeeded');
  });
});

describe('a worker that was taken for dead', () => {
  it('loses its job to another attempt and can not complete it any more', async () => {
    const stale = gate();
    const fresh = gate();
    const run = async (turn: ReturnType<typeof gate>, name: string) => {
      turn.begin();
      await turn.opened;
      return succeed({ ...pixel, warnings: [name] });
    };
    core.worker(
      stagesAround(() => run(stale, 'stale')),
      { concurrency: 1 },
    );
    const jobId = await accepted(core.jobs, submission(owner));
    await stale.begun;
    // As after a pause of the whole process. One transaction, or its heartbeat would renew the lease in between.
    await database.pool.query(
      `update jobs set lease_until = now() - interval '1 second' where id = '${jobId}';
       select recover_lost_jobs(3, '{}', now())`,
    );
    core.worker(stagesAround(() => run(fresh, 'fresh')));
    await fresh.begun;
    stale.open();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await core.jobs.find(owner.accountId, 'fashn', jobId)).toMatchObject({
      state: { status: 'running' },
    });
    fresh.open();
    const view = await ended(core.jobs, owner.accountId, jobId);
    expect(view).toMatchObject({ warnings: ['fresh'], charged: 1000 });
    expect(await attemptsOf(jobId)).toMatchObject([
      { number: 1, outcome: 'lost' },
      { number: 2, outcome: 'succeeded' },
    ]);
    expect(await balance()).toEqual({ subscription: 499_000, onDemand: 500_000, held: 0 });
  });

  it('fails a job that was lost too often, so that it does not kill workers for ever', async () => {
    const jobId = await accepted(core.jobs, submission(owner));
    for (let loss = 0; loss < 3; loss += 1) {
      await database.pool.query(
        `update jobs set status = 'running', attempt = attempt + 1, lease_until = now() - interval '1 second' where id = $1`,
        [jobId],
      );
      await database.pool.query(
        `select * from recover_lost_jobs(3, '{"code":"engine-failed","message":"lost","retry":"never"}', now() + interval '1 hour')`,
      );
    }
    expect((await ended(core.jobs, owner.accountId, jobId)).state).toMatchObject({
      status: 'failed',
      failure: { message: 'lost' },
    });
    expect(await balance()).toMatchObject({ held: 0 });
  });
});
