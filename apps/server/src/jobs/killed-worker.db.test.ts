import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { accepted, type Core, ended, startCore, submission } from '../../test/core.ts';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';

const program = fileURLToPath(new URL('../../test/worker-process.ts', import.meta.url));

let database: TestDatabase;
let core: Core;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  database = await freshDatabase();
  core = await startCore(database);
});
afterEach(async () => {
  await Promise.all([...children].map(kill));
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

/** A worker process; `begun` resolves when its engine has started on a first job. */
function startProcess(engineMs: number): { child: ChildProcess; begun: Promise<void> } {
  const child = spawn(process.execPath, [program, database.url, core.folder, String(engineMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const lines = createInterface({ input: child.stdout });
  const begun = new Promise<void>((resolve) => {
    lines.once('line', () => resolve());
  });
  return { child, begun };
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function expectChargedOnce(accountId: string, jobIds: readonly string[]): Promise<void> {
  const { rows } = await database.pool.query(
    `select (select count(*) from ledger_entries e where e.job_id = jobs.id and kind = 'settle') as settled,
       (select count(*) from artifacts a where a.job_id = jobs.id) as outputs, status, charged
     from jobs where account_id = $1`,
    [accountId],
  );
  expect(rows).toEqual(
    jobIds.map(() => ({ settled: 1, outputs: 1, status: 'succeeded', charged: 1000 })),
  );
  expect(await core.ledger.balance(accountId)).toMatchObject({
    subscription: 500_000 - jobIds.length * 1000,
    held: 0,
  });
}

it('finishes and charges a job once, although its worker was killed in the middle', async () => {
  const owner = await core.account();
  const { child, begun } = startProcess(60_000);
  const jobId = await accepted(core.jobs, submission(owner));
  await begun;
  await kill(child);
  expect((await core.jobs.find(owner.accountId, 'fashn', jobId))?.state.status).toBe('running');
  startProcess(0);
  expect((await ended(core.jobs, owner.accountId, jobId)).state.status).toBe('succeeded');
  await expectChargedOnce(owner.accountId, [jobId]);
  const { rows } = await database.pool.query(
    'select outcome from attempts where job_id = $1 order by number',
    [jobId],
  );
  expect(rows).toEqual([{ outcome: 'lost' }, { outcome: 'succeeded' }]);
});

it('loses and doubles nothing while workers are killed at any moment', async () => {
  const owner = await core.account();
  const jobIds = await Promise.all(
    Array.from({ length: 40 }, () => accepted(core.jobs, submission(owner))),
  );
  for (const patienceMs of [10, 37]) {
    const { child, begun } = startProcess(5);
    await begun;
    await new Promise((resolve) => setTimeout(resolve, patienceMs));
    await kill(child);
  }
  startProcess(0);
  await Promise.all(jobIds.map((jobId) => ended(core.jobs, owner.accountId, jobId)));
  await expectChargedOnce(owner.accountId, jobIds);
});
