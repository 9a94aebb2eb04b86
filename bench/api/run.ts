import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon, { type Result } from 'autocannon';
import pg from 'pg';
import { openEmbeddedPostgres } from '../../apps/server/src/db/embedded-postgres.ts';
import type { Command, Ready, ServerKind } from './messages.ts';

/**
 * node bench/api/run.ts [seconds]
 *
 * How many requests one server process serves over 64 connections, beside a bare twin that does the same HTTP and SQL
 * with nothing of ours in between, measured in the same run on the same embedded PostgreSQL.
 */

const connections = 64;
const seconds = Number(process.argv[2] ?? 10);
const run = {
  model_name: 'background-remove',
  inputs: { image: 'https://example.com/picture.png' },
};
const json = { 'content-type': 'application/json' };

const submission = { method: 'POST', path: '/v1/run', headers: json, body: JSON.stringify(run) };

const home = await mkdtemp(join(tmpdir(), 'toile-bench-'));
await chmod(home, 0o755);
const postgres = await openEmbeddedPostgres({ home, say: () => undefined });

interface Row {
  readonly what: string;
  readonly perSecond: number;
  readonly p50?: number;
  readonly p99?: number;
  readonly share?: number;
}
const rows: Row[] = [];
const children = new Set<ChildProcess>();

try {
  const twin = await measureTwin();
  await measureOurs(twin);
  const memory = await idleMemory();
  console.log(render(rows));
  console.log(`\nIdle memory of \`toile start\`: ${memory} MB resident.`);
} finally {
  for (const child of children) child.kill();
  await postgres.stop();
  await rm(home, { recursive: true, force: true });
}

async function measureTwin(): Promise<{ polls: number; submits: number }> {
  const server = await startServer('twin');
  const { id } = await submit(server.ready.address, '');
  const polls = record(
    'twin: polls',
    await load(server.ready, () => ({ method: 'GET', path: `/v1/status/${id}` })),
  );
  const submits = record('twin: submits', await load(server.ready, () => submission));
  server.stop();
  return { polls, submits };
}

async function measureOurs(twin: { polls: number; submits: number }): Promise<void> {
  const server = await startServer('ours');
  const { address, keys } = server.ready;
  const ids = await Promise.all(keys.map(async (key) => (await submit(address, key)).id));
  record(
    'polls, 64 accounts',
    await load(server.ready, (client) => ({ method: 'GET', path: `/v1/status/${ids[client]}` })),
    twin.polls,
  );
  record('submits, 64 accounts', await load(server.ready, () => submission), twin.submits);
  const hot = { address, keys: keys.map(() => keys[0] ?? '') };
  record('submits, one hot account', await load(hot, () => submission), twin.submits);
  await server.tell({ do: 'work' });
  rows.push(await completedJobs());
  rows.push(await submitToCompleted(address, keys[0] ?? ''));
  server.stop();
}

interface Wanted {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Each connection sends one request after the other, with the key of its own account. */
async function load(
  { address, keys }: Ready,
  request: (client: number) => Wanted,
): Promise<Result> {
  const drive = (duration: number): Promise<Result> => {
    let client = 0;
    return autocannon({
      url: address,
      connections,
      duration,
      setupClient(connection) {
        const { headers, ...rest } = request(client);
        connection.setRequests([
          {
            ...rest,
            headers: { ...headers, authorization: `Bearer ${keys[client] ?? ''}` },
          },
        ]);
        client += 1;
      },
    });
  };
  await drive(2);
  const result = await drive(seconds);
  if (result.non2xx + result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors`);
  return result;
}

function record(what: string, { requests, latency }: Result, base?: number): number {
  rows.push({
    what,
    perSecond: requests.average,
    p50: latency.p50,
    p99: latency.p99,
    ...(base !== undefined && { share: requests.average / base }),
  });
  return requests.average;
}

/** How fast the queue of jobs that the submissions left is worked off, engine time apart. */
async function completedJobs(): Promise<Row> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const left = async (): Promise<number> =>
    (
      await client.query<{ left: string }>(
        `select count(*) as left from jobs where status in ('queued', 'running')`,
      )
    ).rows.map(({ left }) => Number(left))[0] ?? 0;
  await pause(1_000);
  const [before, started] = [await left(), performance.now()];
  await pause(seconds * 1_000);
  const [after, ended] = [await left(), performance.now()];
  // The rest is of no interest, and would stand in the way of what is measured next.
  while ((await left()) > 0)
    await client.query(`delete from jobs where status = 'queued'`).catch(() => pause(500));
  await client.end();
  return { what: 'completed jobs', perSecond: ((before - after) / (ended - started)) * 1000 };
}

/** A client that polls without a pause, one job at a time. */
async function submitToCompleted(address: string, key: string): Promise<Row> {
  const times: number[] = [];
  for (let round = 0; round < 200; round += 1) {
    const started = performance.now();
    const { id } = await submit(address, key);
    for (;;) {
      const answer = await fetch(`${address}/v1/status/${id}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      if (/"status":"completed"/.test(await answer.text())) break;
    }
    times.push(performance.now() - started);
    await pause(20);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return {
    what: 'submit to completed, low load',
    perSecond: Number.NaN,
    p50: at(0.5),
    p99: at(0.99),
  };
}

async function submit(address: string, key: string): Promise<{ id: string }> {
  const answer = await fetch(`${address}/v1/run`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${key}` },
    body: JSON.stringify(run),
  });
  if (!answer.ok) throw new Error(`submission refused: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { id: string };
}

async function startServer(
  kind: ServerKind,
): Promise<{ ready: Ready; tell: (command: Command) => Promise<unknown>; stop: () => void }> {
  const child = fork(fileURLToPath(new URL('./server.ts', import.meta.url)));
  children.add(child);
  const tell = async (command: Command): Promise<unknown> => {
    child.send(command);
    const [answer] = await once(child, 'message');
    return answer;
  };
  const ready = (await tell({
    do: 'start',
    kind,
    databaseUrl: postgres.url,
    storageFolder: join(home, 'storage'),
    accounts: connections,
  })) as Ready;
  return { ready, tell, stop: () => void child.kill() };
}

/** Resident megabytes of the whole server, five seconds after it became ready. */
async function idleMemory(): Promise<number> {
  const toile = fileURLToPath(new URL('../../apps/server/bin/toile.mjs', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [toile, 'start'], {
    env: { ...process.env, TOILE_HOME: join(home, 'idle'), PORT: '4949', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout ?? []) if (String(chunk).includes('"ready"')) break;
  await pause(5_000);
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  child.kill('SIGTERM');
  await once(child, 'exit');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function render(results: readonly Row[]): string {
  const number = (value: number | undefined, digits = 0): string =>
    value === undefined || Number.isNaN(value)
      ? ''
      : value.toLocaleString('en', { maximumFractionDigits: digits });
  const lines = results.map(({ what, perSecond, p50, p99, share }) =>
    [
      what,
      number(perSecond),
      share === undefined ? '' : share.toFixed(2),
      number(p50, 1),
      number(p99, 1),
    ].join(' | '),
  );
  return ['what | a second | of the twin | median ms | p99 ms', '---|---:|---:|---:|---:', ...lines]
    .map((line) => `| ${line} |`)
    .join('\n');
}
