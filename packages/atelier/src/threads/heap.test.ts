import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { openHeap } from './heap.ts';

const MEGABYTE = 1e6;
const report: unknown = process.report?.getReport();
const header = typeof report === 'object' && report !== null && 'header' in report && report.header;
const isGlibc = typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header;

/** Fills the heap with blocks smaller than what glibc takes from the system singly, and frees most of them. */
function scatter(): readonly Uint8Array[] {
  const blocks = Array.from({ length: 2000 }, () => new Uint8Array(100_000).fill(1));
  const kept = new Set(blocks.filter((_, index) => index % 20 === 0));
  for (const block of blocks) if (!kept.has(block)) block.buffer.transfer(0);
  return [...kept];
}

describe.runIf(isGlibc)('the heap of the C library', () => {
  it('gives back free pages that lie between blocks in use, once for all who ask at a time', async () => {
    const kept = scatter();
    const before = process.memoryUsage.rss();
    const heap = openHeap(0);
    const [first, second] = [heap.trim(), heap.trim()];
    expect(first).toBe(second);
    await first;
    expect(before - process.memoryUsage.rss()).toBeGreaterThan(100 * MEGABYTE);
    expect(kept.every((block) => block.every((value) => value === 1))).toBe(true);
  });

  it('does so a while after work has ended, unless it goes on', async () => {
    const kept = scatter();
    const before = process.memoryUsage.rss();
    const freed = (): number => before - process.memoryUsage.rss();
    const heap = openHeap(0);
    heap.rest();
    heap.wake();
    await setTimeout(1_500);
    expect(freed()).toBeLessThan(50 * MEGABYTE);
    heap.rest();
    await vi.waitFor(() => expect(freed()).toBeGreaterThan(100 * MEGABYTE), { timeout: 5_000 });
    expect(kept).toHaveLength(100);
  });
});
