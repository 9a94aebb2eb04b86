import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSeal } from './seal.ts';

const seal = createSeal(new Uint8Array(32).fill(1));
const other = createSeal(new Uint8Array(32).fill(2));

it('opens what it sealed, with the same key and for the same place alone', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, context) => {
      const sealed = seal.seal(text, context);
      expect(seal.open(sealed, context)).toBe(text);
      expect(seal.open(sealed, `${context}x`)).toBeNull();
      expect(other.open(sealed, context)).toBeNull();
      sealed[sealed.length - 1]! ^= 1;
      expect(seal.open(sealed, context)).toBeNull();
    }),
    { numRuns: 30 },
  );
});

it('opens nothing that is too short to be sealed', () => {
  expect(seal.open(new Uint8Array(27), '')).toBeNull();
});
