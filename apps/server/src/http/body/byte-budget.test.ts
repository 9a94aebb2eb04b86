import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteBudget } from './byte-budget.ts';

describe('byte budget', () => {
  it('never gives out more than it has, nor more than half of it to one owner, and gets everything back', () => {
    const step = fc.record({
      owner: fc.constantFrom('a', 'b', 'c'),
      bytes: fc.integer({ min: 0, max: 60 }),
      release: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const budget = createByteBudget(100);
        const open = steps.map(({ owner }) => ({
          owner,
          held: 0,
          reservation: budget.open(owner),
        }));
        for (const [index, { bytes, release }] of steps.entries()) {
          const mine = open[index];
          if (mine === undefined) continue;
          if (mine.reservation.grow(bytes)) mine.held += bytes;
          if (release) {
            mine.reservation.release();
            mine.held = 0;
          }
          expect(budget.used).toBe(open.reduce((sum, { held }) => sum + held, 0));
          expect(budget.used).toBeLessThanOrEqual(100);
          const owned = open.filter(({ owner }) => owner === mine.owner);
          expect(owned.reduce((sum, { held }) => sum + held, 0)).toBeLessThanOrEqual(50);
        }
        for (const { reservation } of open) reservation.release();
        expect(budget.used).toBe(0);
      }),
    );
  });
});
