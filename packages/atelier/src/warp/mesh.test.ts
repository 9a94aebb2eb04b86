import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, type Vec } from '../geometry/vector.ts';
import { createMask } from '../pixels/image.ts';
import { applyAffine, frameMap } from './affine.ts';
import { distortions } from './distortion.ts';
import { layCloth } from './lay-cloth.ts';
import { carry, type Pin } from './mesh.ts';

const cloth = (width: number, height: number) => {
  const mask = createMask(width, height);
  mask.data.fill(1);
  return mask;
};
const options = { step: 10, print: () => 0, bending: 3 };

describe('laying cloth', () => {
  it('reproduces any turn, growth and shift that the pins agree on', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.7, max: 0.7, noNaN: true }),
        fc.double({ min: 0.4, max: 1.6, noNaN: true }),
        (angle, size) => {
          const map = frameMap([50, 60], [200, 300], angle, size, size);
          const corners: Vec[] = [
            [5, 5],
            [95, 8],
            [90, 115],
            [4, 110],
            [50, 50],
          ];
          const pins: Pin[] = corners.map((source) => ({
            source,
            target: applyAffine(map, source),
            weight: 5,
          }));
          const mesh = layCloth(cloth(100, 120), pins, options);
          for (const point of [
            [20, 30],
            [70, 100],
          ] as const) {
            expect(distance(carry(mesh, point), applyAffine(map, point))).toBeLessThan(0.5);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('does not fold when the sides are drawn in to a waist', () => {
    const pins: Pin[] = [];
    for (let y = 0; y <= 200; y += 20) {
      const squeeze = 25 * Math.exp(-(((y - 100) / 40) ** 2));
      pins.push({ source: [2, y], target: [2 + squeeze, y], weight: 8 });
      pins.push({ source: [148, y], target: [148 - squeeze, y], weight: 8 });
    }
    const mesh = layCloth(cloth(150, 200), pins, options);
    expect(Math.min(...distortions(mesh).map(({ area }) => area))).toBeGreaterThan(0);
    expect(carry(mesh, [2, 100])[0]).toBeGreaterThan(20);
  });

  it('never folds, wherever pins are dragged', () => {
    const place = fc.tuple(fc.integer({ min: 10, max: 140 }), fc.integer({ min: 10, max: 190 }));
    fc.assert(
      fc.property(place, place, (from, to) => {
        const frame: Vec[] = [
          [2, 2],
          [148, 2],
          [2, 198],
          [148, 198],
        ];
        const pins: Pin[] = frame.map((source) => ({ source, target: source, weight: 30 }));
        pins.push({ source: from, target: to, weight: 30 });
        const mesh = layCloth(cloth(150, 200), pins, options);
        expect(Math.min(...distortions(mesh).map(({ area }) => area))).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the shapes of a print while the plain cloth around it gives way', () => {
    const pins: Pin[] = [];
    for (let y = 0; y <= 200; y += 20) {
      pins.push({ source: [0, y], target: [25, y], weight: 8 });
      pins.push({ source: [149, y], target: [124, y], weight: 8 });
    }
    const inPrint = (p: Vec): boolean => p[0] > 45 && p[0] < 105 && p[1] > 60 && p[1] < 140;
    const worst = (print: (at: Vec) => number): number => {
      const mesh = layCloth(cloth(150, 200), pins, { ...options, print });
      return Math.max(
        ...distortions(mesh)
          .filter(({ at }) => inPrint(at))
          .map(({ anisotropy }) => anisotropy),
      );
    };
    expect(worst((at) => (inPrint(at) ? 1 : 0))).toBeLessThan(1.15);
    expect(worst(() => 0)).toBeGreaterThan(1.2);
  });
});
