import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collectNow: (() => void) | undefined;

/**
 * Gives back what the last picture took: a hundred megabytes of planes, which V8 would keep until it needs memory itself,
 * while other threads need it now. Takes some 10 ms, because little else is on the heap.
 */
export function collectGarbage(): void {
  collectNow ??= findCollector();
  collectNow();
}

/** V8 hands its collector only to contexts that are made while the flag is set. */
function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof found !== 'function') return () => undefined;
  return () => void found();
}
