import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, distance, mix, type Vec } from '../geometry/vector.ts';
import { carryBy, extended, type Ladder, type Rung, straightRung } from './ladder.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** A leg that leans, bends at the knee and changes its width, and the straight leg of cloth that goes on it. */
const bentLeg = (lean: number, bend: number, width: number): Ladder => {
  const source: Rung[] = [];
  const target: Rung[] = [];
  let at: Vec = [300, 100];
  for (let k = 0; k <= 20; k++) {
    source.push(straightRung([100, 50 + 20 * k], [160 - k, 50 + 20 * k]));
    const angle = lean + (k > 10 ? bend : (bend * k) / 10);
    const half = width * (1 - k / 40);
    target.push(
      straightRung(
        add(at, [-Math.cos(angle), Math.sin(angle)], half),
        add(at, [Math.cos(angle), -Math.sin(angle)], half),
      ),
    );
    at = add(at, [Math.sin(angle), Math.cos(angle)], 15);
  }
  return extended({ source, target });
};

describe('cloth laid rung by rung', () => {
  it('brings each edge of the garment to lie on its edge of the person, at every height', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 0, max: 19 }), (part, k) => {
        const { source, target } = bentLeg(0.15, 0.3, 35);
        for (const edge of ['outer', 'inner'] as const) {
          const from = mix(source[k + 1][edge], source[k + 2][edge], part);
          const to = mix(target[k + 1][edge], target[k + 2][edge], part);
          expect(distance(carryBy({ source, target }, from), to)).toBeLessThan(0.01);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('turns no piece of cloth over on a leg that leans and bends', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.4, max: 0.4, noNaN: true }),
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        share,
        share,
        (lean, bend, across, down) => {
          const ladder = bentLeg(lean, bend, 35);
          const point: Vec = [95 + 65 * across, 45 + 410 * down];
          const [a, b, c] = [point, add(point, [4, 0]), add(point, [0, 4])].map((p) =>
            carryBy(ladder, p),
          );
          const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
          expect(area).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('follows a curved waist all along it', () => {
    const level: Rung = { outer: [0, 0], inner: [50, 0], bow: [0, 0] };
    const sagging: Rung = { outer: [0, 0], inner: [50, 10], bow: [0, 8] };
    const below = straightRung([0, 100], [50, 100]);
    const ladder: Ladder = { source: [level, below], target: [sagging, below] };
    expect(carryBy(ladder, [25, 0])[1]).toBeCloseTo(5 + 8 / 4, 5);
    expect(carryBy(ladder, [50, 0])).toEqual([50, 10]);
  });
});
