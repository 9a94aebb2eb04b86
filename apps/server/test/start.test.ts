import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, toile, type ToileProcess } from './toile-process.ts';

const keyForm = /fa-[0-9a-f]{12}-[0-9a-f]{64}/;

let home: string;
let port: number;
let settings: Record<string, string>;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'toile-start-'));
  await chmod(home, 0o755);
  port = await freePort();
  settings = { TOILE_HOME: join(home, 'data'), PORT: String(port), LOG_LEVEL: 'debug' };
});

afterAll(() => rm(home, { recursive: true, force: true }));

const address = (): string => `http://127.0.0.1:${port}`;

async function started(): Promise<ToileProcess> {
  const server = toile(['start'], settings);
  await server.says('"ready"');
  return server;
}

async function stopped(server: ToileProcess): Promise<number | null> {
  server.child.kill('SIGTERM');
  return (await server.ended).code;
}

const postmasterPid = async (): Promise<number> =>
  Number((await readFile(join(home, 'data/postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);

const postgresRuns = async (): Promise<boolean> =>
  stat(join(home, 'data/postgres/data/postmaster.pid')).then(
    () => true,
    () => false,
  );

const credits = (key: string): Promise<Response> =>
  fetch(`${address()}/v1/credits`, { headers: { authorization: `Bearer ${key}` } });

describe('toile start', () => {
  let key: string;

  it('makes an account on the first start and shows its key once, beside a request that works', async () => {
    const server = await started();
    key = keyForm.exec(server.output())?.[0] ?? '';
    expect(await (await credits(key)).json()).toMatchObject({ credits: { total: 1000 } });
    const [, body] = /-d '(\{.*\})'/.exec(server.output()) ?? [];
    const answer = await fetch(`${address()}/v1/run`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: body ?? '',
    });
    expect(await answer.json()).toEqual({ id: expect.any(String), error: null });
    expect((await fetch(`${address()}/samples/tee.png`)).headers.get('content-type')).toBe(
      'image/png',
    );
    expect(await stopped(server)).toBe(0);
    expect(await postgresRuns()).toBe(false);
  }, 60_000);

  it('shows no key on later starts, and none in a log', async () => {
    const server = await started();
    expect((await credits(key)).status).toBe(200);
    expect((await credits(`${key.slice(0, -4)}0000`)).status).toBe(401);
    expect(await stopped(server)).toBe(0);
    expect(server.output()).not.toMatch(keyForm);
  }, 60_000);

  it('answers health and readiness without a key', async () => {
    const server = await started();
    expect((await fetch(`${address()}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${address()}/readyz`)).json()).toEqual({
      status: 'ready',
      database: 'ok',
      storage: 'ok',
      worker: 'ok',
    });
    expect(await stopped(server)).toBe(0);
  }, 60_000);

  it('recovers from kill -9 and goes on with the PostgreSQL that was left running', async () => {
    const server = await started();
    const postmaster = await postmasterPid();
    server.child.kill('SIGKILL');
    await server.ended;
    const next = await started();
    expect(await postmasterPid()).toBe(postmaster);
    expect((await credits(key)).status).toBe(200);
    expect(await stopped(next)).toBe(0);
    expect(await postgresRuns()).toBe(false);
  }, 60_000);

  it('recovers when server and PostgreSQL were killed together', async () => {
    const server = await started();
    const postmaster = await postmasterPid();
    server.child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await server.ended;
    const next = await started();
    expect(await postmasterPid()).not.toBe(postmaster);
    expect((await credits(key)).status).toBe(200);
    expect(await stopped(next)).toBe(0);
  }, 60_000);

  it('names the address of the server that serves the folder already', async () => {
    const server = await started();
    const second = await toile(['start'], { ...settings, PORT: String(await freePort()) }).ended;
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`already served, at ${address()}`);
    expect((await fetch(`${address()}/healthz`)).status).toBe(200);
    expect(await stopped(server)).toBe(0);
  }, 60_000);

  it('says that the port is taken, and leaves nothing running', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    const { code, stderr } = await toile(['start'], settings).ended;
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(await postgresRuns()).toBe(false);
  }, 60_000);

  it('refuses settings that it can not use', async () => {
    const { code, stderr } = await toile(['start'], { ...settings, TOILE_HOEM: 'x', PORT: 'http' })
      .ended;
    expect(code).toBe(1);
    expect(stderr).toContain('did you mean TOILE_HOME?');
    expect(stderr).toContain('PORT must be a whole number');
  });

  it('prints a key alone on standard output, with a server running or without, and revokes it within 2 s', async () => {
    const offline = await toile(['keys', 'create', 'offline'], settings).ended;
    expect(offline.stdout).toMatch(new RegExp(`^${keyForm.source}\n$`));
    expect(await postgresRuns()).toBe(false);
    const server = await started();
    const online = await toile(['keys', 'create', 'online'], settings).ended;
    const secret = online.stdout.trim();
    for (const each of [offline.stdout.trim(), secret])
      expect((await credits(each)).status).toBe(200);
    const admin = await toile(['keys', 'create', 'boss', '--admin'], settings).ended;
    expect((await credits(admin.stdout.trim())).status).toBe(403);
    const listed = await toile(['keys', 'list'], settings).ended;
    expect(listed.stdout).toContain('offline');
    expect(listed.stdout).not.toMatch(keyForm);
    await toile(['keys', 'revoke', secret.slice(0, 15)], settings).ended;
    await pause(2_000);
    expect((await credits(secret)).status).toBe(401);
    expect(await stopped(server)).toBe(0);
  }, 60_000);

  it('grants credits from the command line', async () => {
    const { stdout } = await toile(
      ['credits', 'grant', '12.5', '--bucket', 'subscription'],
      settings,
    ).ended;
    expect(stdout).toMatch(/subscription +12\.5\n/);
    const refused = await toile(['credits', 'grant', '-1'], settings).ended;
    expect(refused.code).toBe(1);
    const pinned = await toile(['fallback', 'off'], settings).ended;
    expect(pinned).toMatchObject({ code: 0, stderr: expect.stringContaining('is refused') });
  }, 60_000);
});
