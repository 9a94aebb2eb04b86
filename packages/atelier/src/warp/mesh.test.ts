import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, type Vec } from '../geometry/vector.ts';
import { createMask } from '../pixels/image.ts';
import { applyAffine, frameMap } from './affine.ts';
import { carry, type ClothMesh, layCloth, type Pin } from './mesh.ts';

const cloth = (width: number, height: number) => {
  const mask = createMask(width, height);
  mask.data.fill(1);
  return mask;
};
const options = { step: 10, stiffness: () => 1, bending: 3 };

/** Twice the signed area of every cell's two triangles: negative where the cloth is folded over. */
function cellAreas(mesh: ClothMesh): number[] {
  const areas: number[] = [];
  const place = (vertex: number): Vec => [mesh.places[2 * vertex], mesh.places[2 * vertex + 1]];
  for (let row = 0; row + 1 < mesh.rows; row++) {
    for (let column = 0; column + 1 < mesh.columns; column++) {
      const at = row * mesh.columns + column;
      const corners = [at, at + 1, at + mesh.columns + 1, at + mesh.columns].map(
        (k) => mesh.vertices[k],
      );
      if (corners.some((vertex) => vertex < 0)) continue;
      const [a, b, c, d] = corners.map(place);
      areas.push((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]));
      areas.push((c[0] - a[0]) * (d[1] - a[1]) - (d[0] - a[0]) * (c[1] - a[1]));
    }
  }
  return areas;
}

describe('laying cloth', () => {
  it('reproduces any turn, stretch and shift that the pins agree on', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.7, max: 0.7, noNaN: true }),
        fc.double({ min: 0.4, max: 1.6, noNaN: true }),
        fc.double({ min: 0.4, max: 1.6, noNaN: true }),
        (angle, stretchX, stretchY) => {
          const map = frameMap([50, 60], [200, 300], angle, stretchX, stretchY);
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
    expect(Math.min(...cellAreas(mesh))).toBeGreaterThan(0);
    expect(carry(mesh, [2, 100])[0]).toBeGreaterThan(20);
  });

  it('keeps a stiff print nearly undistorted while the plain cloth around it gives way', () => {
    const pins: Pin[] = [
      { source: [0, 0], target: [0, 0], weight: 10 },
      { source: [150, 0], target: [150, 0], weight: 10 },
      { source: [0, 200], target: [0, 200], weight: 10 },
      { source: [150, 200], target: [230, 200], weight: 10 },
    ];
    const stretchOf = (stiff: number): number => {
      const inPrint = (p: Vec): boolean => p[0] > 50 && p[0] < 100 && p[1] > 70 && p[1] < 130;
      const mesh = layCloth(cloth(150, 200), pins, {
        ...options,
        stiffness: (at) => (inPrint(at) ? stiff : 1),
        rest: frameMap([0, 0], [0, 0], 0, 1, 1),
      });
      return distance(carry(mesh, [55, 100]), carry(mesh, [95, 100])) / 40;
    };
    expect(Math.abs(stretchOf(40) - 1)).toBeLessThan(0.6 * Math.abs(stretchOf(1) - 1));
  });
});
