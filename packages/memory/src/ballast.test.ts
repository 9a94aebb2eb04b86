import { describe, expect, it } from 'vitest';
import { weigh } from './ballast.ts';

const MEGABYTE = 2 ** 20;

/** How many bytes more V8 reckons with after some work. */
function reckoned(work: () => void): number {
  const before = process.memoryUsage().arrayBuffers;
  work();
  return process.memoryUsage().arrayBuffers - before;
}

const shared = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));

describe('ballast', () => {
  it('weighs several times what an answer holds of shared memory, wherever it holds it', () => {
    const answer = { name: 'answer', parts: [{ data: shared(2 * MEGABYTE) }, null] };
    expect(reckoned(() => weigh(answer))).toBeGreaterThan(2 * MEGABYTE);
    expect(answer.parts[0]?.data).toHaveLength(2 * MEGABYTE);
  });

  it('is not put on what is small, what V8 counts anyway, and what holds no memory', () => {
    const own = new Uint8Array(2 * MEGABYTE);
    const small = shared(1000);
    expect(reckoned(() => [own, small, null, 'text'].forEach(weigh))).toBeLessThan(MEGABYTE);
  });
});
