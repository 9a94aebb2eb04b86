import fc from 'fast-check';
import { expect, it } from 'vitest';
import { guidedFilter } from './guided-filter.ts';
import { createPlane, type Plane } from './image.ts';

/** Planes of one size, with shares that are nowhere nothing. */
const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 11 }),
    height: fc.integer({ min: 1, max: 11 }),
    bytes: fc.uint8Array({ minLength: 4 * 121, maxLength: 4 * 121 }),
  })
  .map(({ width, height, bytes }) => {
    const plane = (k: number): Plane => {
      const result = createPlane(width, height);
      for (let i = 0; i < result.data.length; i++) {
        result.data[i] = 0.01 + (0.98 * bytes[121 * k + i]) / 255;
      }
      return result;
    };
    return { guide: [plane(0), plane(1), plane(2)] as const, input: plane(3) };
  });

it('the guided filter fits lines in each window as its definition says', () => {
  fc.assert(
    fc.property(pictures, fc.integer({ min: 1, max: 14 }), ({ guide, input }, radius) => {
      const epsilon = 0.01;
      const [result] = guidedFilter(guide, [input], { radius, epsilon });
      const wanted = defined(guide, input, radius, epsilon);
      for (let i = 0; i < wanted.length; i++) expect(result.data[i]).toBeCloseTo(wanted[i], 4);
    }),
    { numRuns: 60 },
  );
});

/** By the formulas of the paper, without running sums and in ordinary numbers. */
function defined(
  guide: readonly [Plane, Plane, Plane],
  input: Plane,
  radius: number,
  epsilon: number,
): number[] {
  const { width, height } = input;
  const mean = (values: (at: number) => number, index: number): number => {
    let [sum, count] = [0, 0];
    for (let at = 0; at < width * height; at++) {
      if (Math.abs((at % width) - (index % width)) > radius) continue;
      if (Math.abs(Math.floor(at / width) - Math.floor(index / width)) > radius) continue;
      sum += values(at);
      count++;
    }
    return sum / count;
  };
  const lines = Array.from(input.data, (_, index) => {
    const means = guide.map(({ data }) => mean((at) => data[at], index));
    const share = mean((at) => input.data[at], index);
    const covariance = guide.map((a, i) =>
      guide.map((b, j) => {
        const product = mean((at) => a.data[at] * b.data[at], index);
        return product - means[i] * means[j] + (i === j ? epsilon : 0);
      }),
    );
    const crossed = guide.map(
      ({ data }, i) => mean((at) => data[at] * input.data[at], index) - share * means[i],
    );
    const slope = solved(covariance, crossed);
    return [...slope, share - slope.reduce((sum, a, i) => sum + a * means[i], 0)];
  });
  return Array.from(input.data, (_, index) => {
    const [r, g, b, offset] = [0, 1, 2, 3].map((k) => mean((at) => lines[at][k], index));
    const [red, green, blue] = guide.map(({ data }) => data[index]);
    return Math.min(1, Math.max(0, r * red + g * green + b * blue + offset));
  });
}

/** Three equations by Cramer's rule. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const determinant = (m: readonly (readonly number[])[]): number =>
    m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
    m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
    m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  const whole = determinant(matrix);
  return [0, 1, 2].map(
    (k) => determinant(matrix.map((row, i) => row.map((v, j) => (j === k ? right[i] : v)))) / whole,
  );
}
