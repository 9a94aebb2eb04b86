// On which Node the program runs, and how it is started (docs/decisions/0029).
//
// Plain JavaScript without dependencies: it runs on the host's Node, before the bundled one takes over.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

/**
 * One heap of glibc's allocator for all threads: what the planes of one have used, those of another take. What is larger
 * than a plane of one megapixel goes back to the system at once, so that it does not pin the heap's size; that the first
 * threshold is fixed would make the second tiny, and every plane a matter for the system.
 */
const allocator = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: String(4 * 2 ** 20),
  MALLOC_TRIM_THRESHOLD_: String(64 * 2 ** 20),
};

/** Compiled code is kept between runs, that of threads too: else each start strips types and compiles again, for seconds. */
const compiled = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/toile', import.meta.url)),
};

/**
 * Megabytes of each half of the main thread's short-lived objects. V8 lets it grow to 16 by itself, three times over, and
 * hardly ever takes it back; the setting would hold for every thread, so that `forget` takes it off for those to come.
 */
const HALF_OF_YOUNG = '--max-semi-space-size';
export const nodeArguments = [`${HALF_OF_YOUNG}=8`];

/** Tells a process that it was started with the settings; it takes the mark off, so that what it starts is not taken for itself. */
const STARTED = 'TOILE_RESTARTED';

/** The environment with these settings; whatever somebody has set already is kept. */
export const environment = () => ({ ...allocator, ...compiled, ...process.env, [STARTED]: '1' });

/** The Node that runs TypeScript: this one if it is new enough, else the one that is installed with the project; null without either. */
export function suitableNode() {
  if (isNew()) return process.execPath;
  const bundled = `node-${process.platform}-${process.arch}/bin/node`;
  try {
    return createRequire(import.meta.url).resolve(bundled);
  } catch {
    return null;
  }
}

export const isNew = () => Number(process.versions.node.split('.')[0]) >= 24;

/** Starts the program anew with the settings, in this very process; on systems that can not, it goes on as it is. */
export function restart() {
  const isSet = process.env[STARTED] === '1';
  delete process.env[STARTED];
  if (isSet || process.platform === 'win32' || !process.execve) return;
  const args = [process.execPath, ...nodeArguments, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, args, environment());
}

/** Programs that are started from here get the allocator's settings that we were given, and threads V8's own or theirs. */
export function forget() {
  setFlagsFromString(`${HALF_OF_YOUNG}=0`);
  for (const [name, value] of Object.entries(allocator)) {
    if (process.env[name] === value) delete process.env[name];
  }
}
