import { describe, expect, it } from 'vitest';
import { openHeap } from './heap.ts';

const MEGABYTE = 1e6;
const report: unknown = process.report?.getReport();
const header = typeof report === 'object' && report !== null && 'header' in report && report.header;
const isGlibc = typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header;

describe.runIf(isGlibc)('the heap of the C library', () => {
  it('gives back free pages that lie between blocks in use, once for all who ask at a time', async () => {
    // Smaller than what glibc takes from the system singly.
    const blocks = Array.from({ length: 2000 }, () => new Uint8Array(100_000).fill(1));
    const kept = blocks.filter((_, index) => index % 20 === 0);
    for (const block of blocks) if (!kept.includes(block)) block.buffer.transfer(0);
    const before = process.memoryUsage.rss();
    const heap = openHeap();
    const [first, second] = [heap.trim(), heap.trim()];
    expect(first).toBe(second);
    await first;
    expect(before - process.memoryUsage.rss()).toBeGreaterThan(100 * MEGABYTE);
    expect(kept.every((block) => block.every((value) => value === 1))).toBe(true);
  });
});
