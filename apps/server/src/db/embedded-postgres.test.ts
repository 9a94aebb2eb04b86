import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedPostgres } from './embedded-postgres.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toile-pg-'));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (home = folder) => openEmbeddedPostgres({ home, say: () => undefined });

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const pidFile = (): string => join(folder, 'postgres/data/postmaster.pid');
const runs = (): Promise<boolean> =>
  stat(pidFile()).then(
    () => true,
    () => false,
  );

describe('embedded PostgreSQL', () => {
  it('keeps what was committed from one start to the next', async () => {
    const first = await open();
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(await runs()).toBe(false);
    const second = await open();
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('keeps its durability: fsync and synchronous_commit stay on', async () => {
    const postgres = await open();
    expect(
      await query(
        postgres.url,
        `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit`,
      ),
    ).toEqual([{ fsync: 'on', synchronous_commit: 'on' }]);
    await postgres.stop();
  });

  it('starts one server when several ask at once, and stops it when the last one leaves', async () => {
    const [first, second] = await Promise.all([open(), open()]);
    expect(first.started).not.toBe(second.started);
    await first.stop();
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(await runs()).toBe(false);
  });

  it('keeps its password from other users', async () => {
    const postgres = await open();
    expect((await stat(join(folder, 'postgres/password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'postgres'))).mode & 0o777).toBe(0o700);
    await expect(query(postgres.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1')).rejects.toThrow(
      /password/,
    );
    await postgres.stop();
  });

  it('starts over the lock files of a crash whose process id belongs to another program now', async () => {
    const postgres = await open();
    const left = await readFile(pidFile(), 'utf8');
    await postgres.stop();
    await writeFile(pidFile(), left.replace(/^\d+/, String(process.pid)));
    await writeFile(join(folder, 'postgres/.s.PGSQL.5432.lock'), `${process.pid}\n`);
    const next = await open();
    expect(next.started).toBe(true);
    await next.stop();
  });

  it('finds another place for its socket when the path is longer than sockets allow', async () => {
    const postgres = await open(join(folder, 'x'.repeat(120)));
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  });
});
