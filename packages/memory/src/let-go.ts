import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sharedSize } from './shared-size.ts';

/** Bytes of shared memory that a thread may have seen since it last collected its garbage. */
const ENOUGH = 2 ** 23;

let seen = 0;
let collect: (() => void) | undefined;

/**
 * Lets go of shared memory that a thread has done with, soon after it has answered. For threads that make so little garbage
 * that they never collect it by themselves, whatever ballast is put on it: they would hold on to dozens of pictures that
 * nobody else knows any more. A collection takes them 5 to 10 ms; a thread that does the engine's work would lose its
 * optimized code with it.
 */
export function letGo(...values: readonly unknown[]): void {
  for (const value of values) seen += sharedSize(value);
  if (seen < ENOUGH) return;
  seen = 0;
  setImmediate(() => (collect ??= collector())());
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('gc');
  return typeof found === 'function' ? () => void found() : () => undefined;
}
