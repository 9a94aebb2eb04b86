/**
 * How prompt the API stays while pictures are made: starts a server in a fresh data folder, keeps two try-ons running
 * and polls beside them, and reports the delay of the API's event loop and the latency of the polls.
 *
 *   node bench/responsiveness/run.ts PERSON GARMENT [--seconds 30]
 *
 * Without pictures the server's own drawn samples are used.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { z } from 'zod';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '30' } },
});
const root = path.resolve(import.meta.dirname, '../..');
const reportSchema = z.object({
  p50: z.number(),
  p99: z.number(),
  p999: z.number(),
  max: z.number(),
  count: z.number(),
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function dataUri(file: string): Promise<string> {
  return `data:image/png;base64,${(
    await sharp(await readFile(file))
      .png()
      .toBuffer()
  ).toString('base64')}`;
}

async function askDelay(server: ChildProcess): Promise<z.infer<typeof reportSchema>> {
  const answer = once(server, 'message');
  server.send('report');
  return reportSchema.parse((await answer)[0]);
}

const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const home = await mkdtemp(path.join(tmpdir(), 'toile-responsiveness-'));
// PostgreSQL runs as another user when this runs as root, and must reach its folder.
await chmod(home, 0o755);
const server = spawn(
  process.execPath,
  [
    '--import',
    path.join(import.meta.dirname, 'watch-event-loop.ts'),
    path.join(root, 'apps/server/src/cli/toile.ts'),
    'start',
  ],
  {
    cwd: root,
    env: { ...process.env, TOILE_HOME: home, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  },
);
let said = '';
server.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
while (!/fa-[0-9a-f]+-[0-9a-f]{64}/.test(said)) await sleep(100);
const key = /fa-[0-9a-f]+-[0-9a-f]{64}/.exec(said)?.[0] ?? '';
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
const [personFile, garmentFile] = positionals;
const inputs = {
  model_image: personFile ? await dataUri(personFile) : `${base}/samples/person.png`,
  garment_image: garmentFile ? await dataUri(garmentFile) : `${base}/samples/tee.png`,
};
const runBody = JSON.stringify({ model_name: 'tryon-v1.6', inputs });

async function submit(): Promise<string> {
  const answer = await fetch(`${base}/v1/run`, { method: 'POST', headers, body: runBody });
  return z.object({ id: z.string() }).parse(await answer.json()).id;
}

async function status(id: string): Promise<string> {
  const answer = await fetch(`${base}/v1/status/${id}`, { headers });
  if (answer.status === 429) return 'limited';
  const body = z.object({ status: z.string(), error: z.unknown() }).parse(await answer.json());
  if (body.status === 'failed') throw new Error(JSON.stringify(body.error));
  return body.status;
}

async function finish(id: string): Promise<void> {
  while ((await status(id)) !== 'completed') await sleep(500);
}

const first = performance.now();
await finish(await submit());
console.log(`first picture after the start: ${((performance.now() - first) / 1000).toFixed(1)} s`);
await askDelay(server);
const until = performance.now() + Number(values.seconds) * 1000;
let made = 0;
const walls: number[] = [];
const lane = async (): Promise<void> => {
  while (performance.now() < until) {
    const start = performance.now();
    await finish(await submit());
    walls.push(performance.now() - start);
    made++;
  }
};
const latencies: number[] = [];
const poller = async (): Promise<void> => {
  while (performance.now() < until) {
    const start = performance.now();
    await fetch(`${base}/healthz`).then((answer) => answer.arrayBuffer());
    latencies.push(performance.now() - start);
    await sleep(10);
  }
};
await Promise.all([lane(), lane(), poller()]);
const delay = await askDelay(server);
latencies.sort((a, b) => a - b);
walls.sort((a, b) => a - b);
const at = (list: readonly number[], share: number): string =>
  (list[Math.floor(share * list.length)] ?? Number.NaN).toFixed(1);
console.log(`| two try-ons at a time, ${values.seconds} s | |
|---|---|
| try-ons made | ${made} |
| wall time of one, median | ${at(walls, 0.5)} ms |
| event-loop delay p50 / p99 / p99.9 / max | ${delay.p50.toFixed(1)} / ${delay.p99.toFixed(1)} / ${delay.p999.toFixed(1)} / ${delay.max.toFixed(1)} ms |
| request beside them p50 / p99 | ${at(latencies, 0.5)} / ${at(latencies, 0.99)} ms |`);
server.kill('SIGTERM');
await once(server, 'exit');
await rm(home, { recursive: true });
