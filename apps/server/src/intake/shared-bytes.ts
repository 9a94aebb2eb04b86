import { weigh } from '@toile/memory';

/** Bytes in memory that worker threads read without a copy. */
export function shareAll(parts: readonly Uint8Array[]): Uint8Array<SharedArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const whole = new Uint8Array(new SharedArrayBuffer(size));
  weigh(whole);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
