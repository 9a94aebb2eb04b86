import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { lockFile } from './file-lock.ts';
import { type DatabaseFolder, prepareDatabaseFolder } from './embedded-postgres-folder.ts';
import { isPostmasterOf, readPostmaster, runProgram } from './embedded-postgres-process.ts';

export interface EmbeddedPostgres {
  /** Where to connect, password included: not for logs. */
  readonly url: string;
  /** False when a PostgreSQL that was already running on this folder was attached to. */
  readonly started: boolean;
  /**
   * Leaves the database; close your own connections first. The last process to leave stops PostgreSQL, so that neither
   * a command nor an older server takes it away from one that still uses it.
   */
  stop(): Promise<void>;
}

/** Set by every process for as long as it uses the database; counted by whoever leaves. */
const presence = 'toile-presence';
const user = 'toile';
/** Recovery after a power cut replays the log before the first connection is let in. */
const startPatienceMs = 60_000;

/**
 * Starts PostgreSQL on `home/postgres`, or attaches to the one that runs there, whoever started it.
 * Safe to be killed anywhere: the next call finds either a whole database or none.
 *
 * @param home an absolute folder; created when missing
 * @param say told in a sentence when something takes longer or lies elsewhere than expected
 */
export async function openEmbeddedPostgres(options: {
  readonly home: string;
  readonly say: (message: string) => void;
}): Promise<EmbeddedPostgres> {
  await mkdir(options.home, { recursive: true });
  const lock = await lockFile(join(options.home, 'postgres.lock'), startPatienceMs);
  if (!lock)
    throw new Error(`another process has been starting PostgreSQL in ${options.home} for a minute`);
  try {
    const folder = await prepareDatabaseFolder(options);
    await createCluster(folder, options.say);
    const { client, started } = await attachOrStart(folder);
    return await leaseOf(client, folder, { home: options.home, started });
  } finally {
    lock.release();
  }
}

/** `initdb` fills a folder beside the real one, which takes its name only when whole. */
async function createCluster(
  folder: DatabaseFolder,
  say: (message: string) => void,
): Promise<void> {
  if (await exists(join(folder.data, 'PG_VERSION'))) return;
  say('Creating the database ...');
  const draft = `${folder.data}.${process.pid}.new`;
  await runProgram(
    folder.programs.initdb,
    [
      `--pgdata=${draft}`,
      `--username=${user}`,
      `--pwfile=${folder.passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    folder.identity,
  );
  await rename(draft, folder.data);
}

async function attachOrStart(
  folder: DatabaseFolder,
): Promise<{ client: Client; started: boolean }> {
  for (const giveUpAt = Date.now() + startPatienceMs; ; await pause(200)) {
    const attached = await attach(folder, giveUpAt);
    if (attached) return { client: attached, started: false };
    const outcome = await start(folder, giveUpAt);
    if (outcome instanceof Client) return { client: outcome, started: true };
    // After a kill -9 the old server's children need a moment to notice, and their shared memory is in the way until
    // then; or the old server itself was so young that it had not yet written where it listens.
    const passes = /shared memory block|lock file "postmaster.pid" already exists/.test(outcome);
    if (!passes || Date.now() >= giveUpAt) {
      throw new Error(
        `PostgreSQL did not start. Its log, ${folder.logFile}, ends with:\n${outcome}`,
      );
    }
  }
}

/** A connection to the PostgreSQL that runs on this folder, or null when none does. */
async function attach(folder: DatabaseFolder, giveUpAt: number): Promise<Client | null> {
  const postmaster = await readPostmaster(folder.data);
  if (!postmaster) return null;
  while (await isPostmasterOf(postmaster.pid, folder.data)) {
    const client = await connect(folder);
    if (client) return client;
    if (Date.now() >= giveUpAt) {
      throw new Error(
        `PostgreSQL, process ${postmaster.pid}, does not answer; see ${folder.logFile}`,
      );
    }
    await pause(20);
  }
  await forgetOwner(join(folder.data, 'postmaster.pid'));
  await forgetOwner(join(folder.endpoint.socketFolder ?? folder.base, '.s.PGSQL.5432.lock'));
  return null;
}

/**
 * PostgreSQL takes a lock file of a crashed server over when nobody has its pid, and refuses for good when another
 * program was given the pid since (a container restarted) or when nobody collects the dead (pid 1 is no init). The file
 * itself must stay: in it PostgreSQL finds the shared memory that children of the old server may still use.
 */
async function forgetOwner(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text !== null) await writeFile(file, text.replace(/^\d+/, String(pidOfNobody)));
}

/** Above what any system gives out. */
const pidOfNobody = 99_999_999;

/** A connection to the PostgreSQL that was started, or what it said before it gave up. */
async function start(folder: DatabaseFolder, giveUpAt: number): Promise<Client | string> {
  const logStart = await stat(folder.logFile).then(
    ({ size }) => size,
    () => 0,
  );
  const server = spawnServer(folder);
  while (
    server.pid !== undefined &&
    server.exitCode === null &&
    server.signalCode === null &&
    Date.now() < giveUpAt
  ) {
    const client = await connect(folder);
    if (client) {
      server.unref();
      return client;
    }
    await pause(10);
  }
  const log = await readFile(folder.logFile);
  return log.subarray(logStart).toString().trimEnd().split('\n').slice(-8).join('\n');
}

/** In a session of its own, so that Ctrl-C in a terminal reaches us and not the database that we still drain into. */
function spawnServer(folder: DatabaseFolder) {
  const log = openSync(folder.logFile, 'a', 0o600);
  try {
    const { socketFolder, port } = folder.endpoint;
    const settings = {
      listen_addresses: socketFolder ? '' : '127.0.0.1',
      unix_socket_directories: socketFolder ?? '',
      unix_socket_permissions: '0700',
      port: String(port),
      max_connections: '100',
      // Short statements on small rows: compiling them costs more than it saves.
      jit: 'off',
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = spawn(folder.programs.postgres, ['-D', folder.data, ...flags], {
      ...folder.identity,
      cwd: folder.base,
      detached: true,
      stdio: ['ignore', log, log],
    });
    server.on('error', () => undefined);
    return server;
  } finally {
    closeSync(log);
  }
}

/** Null while PostgreSQL is not there, or there and still starting; anything else is thrown. */
async function connect(folder: DatabaseFolder): Promise<Client | null> {
  const client = new Client({
    connectionString: await addressOf(folder),
    application_name: presence,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (isNotYet(error)) return null;
    throw error;
  }
}

const notYetCodes = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03']);

const isNotYet = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && notYetCodes.has(String(error.code))) ||
    /terminated unexpectedly/.test(error.message));

async function addressOf(folder: DatabaseFolder): Promise<string> {
  const running = await readPostmaster(folder.data);
  const endpoint = running?.endpoint ?? folder.endpoint;
  const password = (await readFile(folder.passwordFile, 'utf8')).trim();
  const host = endpoint.socketFolder ? `?host=${encodeURIComponent(endpoint.socketFolder)}` : '';
  return `postgresql://${user}:${password}@127.0.0.1:${endpoint.port}/postgres${host}`;
}

async function leaseOf(
  client: Client,
  folder: DatabaseFolder,
  { home, started }: { readonly home: string; readonly started: boolean },
): Promise<EmbeddedPostgres> {
  let left = false;
  return {
    url: await addressOf(folder),
    started,
    async stop() {
      if (left) return;
      left = true;
      const lock = await lockFile(join(home, 'postgres.lock'), 5_000);
      try {
        const alone = lock !== null && (await isLastOne(client));
        await client.end().catch(() => undefined);
        if (alone) await stopServer(folder);
      } finally {
        lock?.release();
      }
    },
  };
}

async function isLastOne(client: Client): Promise<boolean> {
  try {
    const { rows } = await client.query<{ others: number }>(
      'select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
      [presence],
    );
    return rows[0]?.others === 0;
  } catch {
    // The connection is gone, and with it the right to judge: a server in trouble is left as it is.
    return false;
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stopServer(folder: DatabaseFolder): Promise<void> {
  const postmaster = await readPostmaster(folder.data);
  if (!postmaster) return;
  const giveUpAt = Date.now() + 10_000;
  for (
    let signal: NodeJS.Signals | null = 'SIGINT';
    await isPostmasterOf(postmaster.pid, folder.data);
    signal = null
  ) {
    if (signal) process.kill(postmaster.pid, signal);
    if (Date.now() > giveUpAt) return;
    await pause(10);
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
