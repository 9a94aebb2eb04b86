import { describe, expect, it } from 'vitest';
import { createPlane } from '../../pixels/image.ts';
import { trust } from './neck-choice.ts';
import type { Candidate } from './neck-search.ts';
import type { NeckWindow } from './neck-window.ts';

const plane = createPlane(1, 1);
const window = (patterned: number): NeckWindow => ({
  origin: [0, 0],
  matte: plane,
  lab: [plane, plane, plane],
  texture: 0,
  patterned,
  cloth: { kinds: new Uint8Array(1), count: 1 },
});

const candidate = (depth: number, value: number, others: Partial<Candidate> = {}): Candidate => ({
  shape: { depth, power: 2, root: 1, skew: 0, inset: 0 },
  curve: [],
  value,
  seen: value,
  usual: 1,
  traced: false,
  shade: 0.5,
  step: 8,
  edge: value,
  ...others,
});

describe('how sure a neckline is', () => {
  const pick = candidate(0.5, 6);

  it('counts a better edge higher up, the label of the back, less than one further down', () => {
    const label = trust(pick, [pick, candidate(0.25, 7)], 0.3, window(0));
    const deeper = trust(pick, [pick, candidate(0.75, 7)], 0.3, window(0));
    expect(label).toBeGreaterThan(0.75);
    expect(deeper).toBeLessThan(label - 0.15);
  });

  it('needs other colours inside where the cloth is patterned, and a step in them where it is plain', () => {
    expect(trust(pick, [pick], 0.1, window(0))).toBeGreaterThan(0.75);
    expect(trust(pick, [pick], 0.1, window(1))).toBeLessThan(0.6);
    expect(trust(pick, [pick], 0.8, window(1))).toBeGreaterThan(0.75);
  });

  it('doubts a weak edge of plain cloth above which it is lighter', () => {
    const weak = candidate(0.5, 5, { shade: -0.45 });
    expect(trust(weak, [weak], 0.5, window(0))).toBeLessThan(0.6);
    const strong = candidate(0.5, 14, { shade: -0.45 });
    expect(trust(strong, [strong], 0.5, window(0))).toBeGreaterThan(0.8);
  });
});
