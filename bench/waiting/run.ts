import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openEmbeddedPostgres } from '../../apps/server/src/db/embedded-postgres.ts';
import { startInstantWorker } from './instant-worker.ts';

/**
 * node bench/waiting/run.ts
 *
 * What waiting clients cost one HTTP process of `toile start`: 500 calls with `Prefer: wait`, then 2,000 event streams on 100
 * jobs. Jobs are done by a worker in another process (this one), with an engine that answers at once, started when all wait.
 */

const calls = 500;
const listeners = 2000;
const jobsListenedTo = 100;
const port = 4953;
const address = `http://127.0.0.1:${port}/toile/v1`;
const cutOut = JSON.stringify({
  capability: 'background-remove',
  images: { image: 'https://example.com/picture.png' },
});

const home = await mkdtemp(join(tmpdir(), 'toile-waiting-'));
await chmod(home, 0o755);
const postgres = await openEmbeddedPostgres({ home, say: () => undefined });
const server = await startServer();
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

try {
  await warmUp();
  const before = await settledMemory();
  await waitingCalls(before);
  await eventStreams(await settledMemory());
} finally {
  agent.destroy();
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  await postgres.stop();
  await rm(home, { recursive: true, force: true });
}

async function waitingCalls(before: number): Promise<void> {
  const answers = Array.from({ length: calls }, () => submit(110));
  await everyoneWaits(calls);
  const waiting = await memory();
  const worker = await startWorker();
  const start = performance.now();
  const statuses = await Promise.all(answers);
  const milliseconds = Math.round(performance.now() - start);
  const after = await memory();
  await worker.stop();
  console.log(
    `${calls} waiting calls: ${waiting - before} MB more while waiting, ${Math.max(waiting, after) - before} MB at most; ` +
      `${statuses.filter((status) => status === 200).length} ended, all within ${milliseconds} ms of the worker's start`,
  );
}

async function eventStreams(before: number): Promise<void> {
  const ids = await Promise.all(
    Array.from({ length: jobsListenedTo }, async () => {
      const { body } = await call('POST', '/jobs', { body: cutOut });
      return idOf(body);
    }),
  );
  const opened = Array.from({ length: listeners }, (_, index) =>
    send('GET', `/jobs/${ids[index % ids.length]}/events`, {}),
  );
  const streams = (await Promise.all(opened)).map((response) => text(response));
  await pause(4000);
  const waiting = await memory();
  const worker = await startWorker();
  const start = performance.now();
  const bodies = await Promise.all(streams);
  const milliseconds = Math.round(performance.now() - start);
  const after = await memory();
  await worker.stop();
  console.log(
    `${listeners} event streams: ${waiting - before} MB more while open, ${Math.max(waiting, after) - before} MB at most; ` +
      `${bodies.filter((body) => body.includes('event: ended')).length} heard the end, all within ${milliseconds} ms of the worker's start`,
  );
}

async function startServer(): Promise<{ child: ChildProcess; key: string }> {
  const toile = fileURLToPath(new URL('../../apps/server/bin/toile.mjs', import.meta.url));
  const child = spawn(process.execPath, [toile, 'start'], {
    env: {
      ...process.env,
      TOILE_HOME: join(home, 'server'),
      DATABASE_URL: postgres.url,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      TOILE_WORKER_CONCURRENCY: '0',
      TOILE_ACCOUNT_QUEUE: 'none',
      TOILE_RATES: 'toile.jobs=none,toile.read=none',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    const [key] = /fa-[0-9a-f]+-[0-9a-f]{64}/.exec(said) ?? [];
    if (key !== undefined) return { child, key };
  }
  throw new Error('the server ended before it was ready');
}

function startWorker(): ReturnType<typeof startInstantWorker> {
  const storageFolder = join(home, 'server', 'storage');
  return startInstantWorker({ databaseUrl: postgres.url, storageFolder });
}

/** Code is compiled and connections are open before anything is measured. */
async function warmUp(): Promise<void> {
  const worker = await startWorker();
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(Array.from({ length: 50 }, () => submit(20)));
  }
  await worker.stop();
}

/** The status of the answer. */
async function submit(waitSeconds: number): Promise<number> {
  const { status } = await call('POST', '/jobs', {
    body: cutOut,
    headers: { prefer: `wait=${waitSeconds}` },
  });
  return status;
}

async function everyoneWaits(count: number): Promise<void> {
  for (;;) {
    const { body } = await call('GET', '/balance');
    // A job holds one credit.
    if (Number(/"held":(\d+)/.exec(body)?.[1]) >= count) break;
    await pause(100);
  }
  await pause(2000);
}

interface Options {
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

async function call(
  method: string,
  path: string,
  options: Options = {},
): Promise<{ status: number; body: string }> {
  const response = await send(method, path, options);
  return { status: response.statusCode ?? 0, body: await text(response) };
}

async function send(
  method: string,
  path: string,
  { body, headers }: Options,
): Promise<IncomingMessage> {
  const outgoing = httpRequest(`${address}${path}`, {
    method,
    agent,
    headers: {
      authorization: `Bearer ${server.key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
}

function idOf(body: string): string {
  return /"id":"([^"]+)"/.exec(body)?.[1] ?? '';
}

/** Resident megabytes of the HTTP process. */
async function memory(): Promise<number> {
  const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

async function settledMemory(): Promise<number> {
  await pause(3000);
  return memory();
}
