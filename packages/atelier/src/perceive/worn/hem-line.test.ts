import { describe, expect, it } from 'vitest';
import { createPlane } from '../../pixels/image.ts';
import { hemLine } from './hem-line.ts';

describe('a hem above cloth of nearly the same colour', () => {
  it('goes on level along a faint line where the parse has run over it', () => {
    const lightness = createPlane(200, 200);
    for (let y = 0; y < 200; y++) lightness.data.fill(y < 100 ? 12 : 15, y * 200, (y + 1) * 200);
    const none = createPlane(200, 200);
    const xs = Array.from({ length: 41 }, (_, k) => 20 + 4 * k);
    const guesses = xs.map((x) => (x < 110 ? 100 : 128));
    const line = hemLine({ lab: [lightness, none, none], arms: none }, xs, guesses, 160);
    expect(Math.max(...(line ?? [Infinity]).map((y) => Math.abs(y - 100)))).toBeLessThan(6);
  });
});
