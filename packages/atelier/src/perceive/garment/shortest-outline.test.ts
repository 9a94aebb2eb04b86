import { describe, expect, it } from 'vitest';
import { createMask, type Mask } from '../../pixels/image.ts';
import { shortestOutline } from './shortest-outline.ts';

const SIDE = 40;

function maskOf(inside: (x: number, y: number) => boolean): Mask {
  const mask = createMask(SIDE, SIDE);
  for (let i = 0; i < mask.data.length; i++) {
    mask.data[i] = inside(i % SIDE, Math.floor(i / SIDE)) ? 1 : 0;
  }
  return mask;
}

const columns = Array.from({ length: SIDE }, (_, x) => x);
const heightAt = (mask: Mask, x: number): number =>
  columns.filter((y) => mask.data[y * SIDE + x] === 1).length;

describe('the shortest outline', () => {
  const ragged = maskOf((x, y) => y < 20 + (Math.floor(x / 3) % 2 ? 2 : -2));
  const open = [...ragged.data.keys()].filter(
    (i) => Math.floor(i / SIDE) > 14 && Math.floor(i / SIDE) < 26,
  );

  it('runs straighter where nothing but the ragged mask says where it is', () => {
    const pull = open.map((i) => (ragged.data[i] ? 0.1 : -0.1));
    const settled = shortestOutline(ragged, { open, pull, edge: () => 1 });
    const heights = columns.slice(3, -3).map((x) => heightAt(settled, x));
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(2);
  });

  it('runs along a plain edge of the picture, and leaves what is decided', () => {
    const pull = open.map((i) => (ragged.data[i] ? 0.05 : -0.05));
    const row = 23;
    const edge = (i: number): number => (Math.floor(i / SIDE) === row ? 0.05 : 1);
    const settled = shortestOutline(ragged, { open, pull, edge });
    for (const x of columns.slice(3, -3)) expect(heightAt(settled, x)).toBe(row + 1);
    expect(shortestOutline(ragged, { open: [], pull: [], edge: () => 1 })).toEqual(ragged);
  });
});
