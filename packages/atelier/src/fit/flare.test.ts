import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conesOf, hangingSpread } from './flare.ts';

const widths = fc
  .array(fc.double({ min: 20, max: 400, noNaN: true }), { minLength: 2, maxLength: 30 })
  .chain((values) => fc.constant(values.toSorted((a, b) => a - b)));
const spread = hangingSpread('flat-lay');

describe('a flared skirt that hangs', () => {
  it('is never wider than it was laid flat, and never narrower than its waist', () => {
    fc.assert(
      fc.property(widths, (wide) => {
        const hung = conesOf(wide, wide[0], 1, spread);
        hung.forEach((half, k) => {
          expect(half).toBeLessThanOrEqual(wide[k] + 1e-9);
          expect(half).toBeGreaterThanOrEqual(wide[0] - 1e-9);
        });
      }),
    );
  });

  it('keeps its order of widths, and parts from a straight fall by one share of the flare', () => {
    fc.assert(
      fc.property(widths, (wide) => {
        const hung = conesOf(wide, wide[0], 1, spread);
        const last = wide.length - 1;
        expect(hung.toSorted((a, b) => a - b)).toEqual(hung);
        expect(hung[last] - hung[0]).toBeCloseTo((2 / Math.PI) * (wide[last] - wide[0]), 6);
      }),
    );
  });

  it('stays as it is where the picture shows it worn, and narrows as it does', () => {
    fc.assert(
      fc.property(widths, fc.boolean(), (wide, narrowing) => {
        const shown = narrowing ? wide.toReversed() : wide;
        const kept = conesOf(shown, shown[0], 1, narrowing ? spread : hangingSpread('worn'));
        kept.forEach((half, k) => expect(half).toBeCloseTo(shown[k], 6));
      }),
    );
  });
});
