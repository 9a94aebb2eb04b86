/** Empty arrays that stand for shared memory in V8's reckoning. */
const ballasts = new WeakMap<Uint8Array, ArrayBuffer>();

/** How much larger than what it stands for, so that a thread that makes hardly any other garbage collects it after a few pictures. */
const HEAVINESS = 4;

/** Bytes; the ballast of less would come from used pages of the heap, which are cleared and so take memory. */
const WORTH_WEIGHING = 2 ** 20;

/**
 * Bytes in memory that worker threads read without a copy. Shared memory counts for nothing in V8's reckoning: the thread
 * that made it would hold on to dozens of pictures without the ballast, which nobody writes to and so takes no memory.
 */
export function shareAll(parts: readonly Uint8Array[]): Uint8Array<SharedArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const whole = new Uint8Array(new SharedArrayBuffer(size));
  if (size >= WORTH_WEIGHING) ballasts.set(whole, new ArrayBuffer(HEAVINESS * size));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
