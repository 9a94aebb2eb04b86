import { describe, expect, it } from 'vitest';
import { isJumpsuit, kindAs, readKind } from './kind.ts';
import type { KindEvidence } from './kind-evidence.ts';

const top: KindEvidence = {
  sleeved: true,
  notch: 0,
  rise: 0,
  dip: 0.02,
  ratio: 1.6,
  tall: 1.2,
  waistband: false,
  widening: 1,
  sleeve: 0.4,
  reach: 0.4,
  symmetry: 0.98,
  dome: false,
  hole: 0,
  pair: false,
};
const noLine = (): number => 1;

describe('a garment with legs', () => {
  it('is a jumpsuit where it rises high above them without sleeves, and trousers or shorts else', () => {
    const legs = { ...top, sleeved: false, notch: 0.5 };
    expect(isJumpsuit({ ...legs, rise: 1.5 })).toBe(true);
    expect(isJumpsuit({ ...legs, rise: 0.9 })).toBe(false);
    expect(isJumpsuit({ ...legs, notch: 0.05, rise: 1.5 })).toBe(false);
  });
});

describe('the kind of a garment', () => {
  it('is plainly a top where a slim one ends beside its own long cuffs', () => {
    for (const ratio of [1.9, 2.05, 2.2, 2.35]) {
      const kind = readKind({ ...top, ratio, sleeve: 1.6, reach: 0.9 }, noLine);
      expect(kind.value).toBe('top');
      expect(kind.confidence).toBeGreaterThan(0.8);
    }
  });

  it('is a dress where it goes on far below its long cuffs', () => {
    const kind = readKind({ ...top, ratio: 2.8, sleeve: 1.7, reach: 0.6 }, noLine);
    expect(kind.value).toBe('dress');
    expect(kind.confidence).toBeGreaterThan(0.8);
  });

  it('is open to doubt between top and dress without long sleeves, unless a client says which', () => {
    const between = { ...top, ratio: 2.15 };
    expect(readKind(between, noLine).confidence).toBeLessThan(0.6);
    expect(kindAs('tops', between, noLine)).toEqual({ value: 'top', confidence: 0.8 });
  });
});
