import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameAt, wholeFrame } from './frame.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const ratios = fc.double({ min: 0.4, max: 2.4, noNaN: true });

describe('framing a dressed person at another ratio', () => {
  it('keeps what is needed, stays inside the picture and has the ratio asked for', () => {
    fc.assert(
      fc.property(ratios, ratios, share, share, share, share, (ratio, own, a, b, c, d) => {
        const needed = {
          left: Math.min(a, b),
          width: Math.abs(a - b),
          top: Math.min(c, d),
          height: Math.abs(c - d),
        };
        const frame = frameAt(ratio, own, needed);
        fc.pre(frame !== null && frame !== wholeFrame);
        if (!frame) return;
        const slack = 1e-9;
        expect((frame.width * own) / frame.height).toBeCloseTo(ratio, 6);
        expect(frame.left).toBeGreaterThanOrEqual(-slack);
        expect(frame.left + frame.width).toBeLessThanOrEqual(1 + slack);
        expect(frame.left).toBeLessThanOrEqual(needed.left + slack);
        expect(frame.left + frame.width).toBeGreaterThanOrEqual(needed.left + needed.width - slack);
        expect(frame.top).toBeLessThanOrEqual(needed.top + slack);
        expect(frame.top + frame.height).toBeGreaterThanOrEqual(needed.top + needed.height - slack);
      }),
    );
  });

  it('leaves a picture alone that has the ratio already, and refuses to cut into what is needed', () => {
    expect(frameAt(0.75, 0.754, wholeFrame)).toBe(wholeFrame);
    expect(frameAt(16 / 9, 0.75, { left: 0.2, top: 0, width: 0.5, height: 0.8 })).toBeNull();
  });
});
