import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blur, boxMean } from './box-filter.ts';
import { labOf } from './colour.ts';
import { components, fillHoles, keepLarge } from './components.ts';
import { cutPlane } from './cut.ts';
import { dilate, distanceTo, erode } from './distance.ts';
import { pullPush } from './fill.ts';
import { guidedFilter } from './guided-filter.ts';
import { createMask, createPlane, type Mask, type Plane } from './image.ts';
import { growCut, resizePlane, resizeRgb, sample } from './resize.ts';
import { quantile } from './scalar.ts';
import { growRim, reduceBlocks, shrinkRim } from './soften.ts';

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 24 }),
  height: fc.integer({ min: 1, max: 24 }),
});
const planes = sizes.chain(({ width, height }) =>
  fc
    .array(fc.float({ min: 0, max: 1, noNaN: true }), {
      minLength: width * height,
      maxLength: width * height,
    })
    .map((values): Plane => ({ width, height, data: Float32Array.from(values) })),
);
const masks = planes.map((plane): Mask => ({
  ...plane,
  data: Uint8Array.from(plane.data, (value) => (value > 0.6 ? 1 : 0)),
}));

function windowAround({ width, height, data }: Mask, index: number, radius: number): number[] {
  const x = index % width;
  const y = Math.floor(index / width);
  const values: number[] = [];
  for (let py = Math.max(0, y - radius); py <= Math.min(height - 1, y + radius); py++) {
    for (let px = Math.max(0, x - radius); px <= Math.min(width - 1, x + radius); px++) {
      values.push(data[py * width + px]);
    }
  }
  return values;
}

describe('pixel kernels', () => {
  it('box means equal the plain average of the window', () => {
    fc.assert(
      fc.property(planes, fc.integer({ min: 0, max: 30 }), (plane, radius) => {
        const result = boxMean(plane, radius);
        for (const at of [0, plane.data.length >> 1, plane.data.length - 1]) {
          const x = at % plane.width;
          const y = Math.floor(at / plane.width);
          let sum = 0;
          let count = 0;
          for (
            let py = Math.max(0, y - radius);
            py <= Math.min(plane.height - 1, y + radius);
            py++
          ) {
            for (
              let px = Math.max(0, x - radius);
              px <= Math.min(plane.width - 1, x + radius);
              px++
            ) {
              sum += plane.data[py * plane.width + px];
              count++;
            }
          }
          expect(result.data[at]).toBeCloseTo(sum / count, 4);
        }
      }),
    );
  });

  it('square brushes give a pixel what the window around it holds, and the border takes nothing away', () => {
    fc.assert(
      fc.property(masks, fc.integer({ min: 0, max: 30 }), (mask, radius) => {
        const grown = growRim(mask, radius);
        const shrunk = shrinkRim(mask, radius);
        for (let i = 0; i < mask.data.length; i++) {
          const window = windowAround(mask, i, radius);
          expect(grown.data[i]).toBe(Math.max(...window));
          expect(shrunk.data[i]).toBe(Math.min(...window));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('quantiles are those of the sorted numbers', () => {
    const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const sorted = values.toSorted((a, b) => a - b);
        const place = Math.min(values.length - 1, Math.floor(share * values.length));
        expect(quantile(values, share)).toBe(sorted[place]);
      }),
    );
  });

  it('a box of an enlarged plane equals the enlarged plane there', () => {
    fc.assert(
      fc.property(planes, fc.integer({ min: 1, max: 3 }), (plane, factor) => {
        const whole = { width: plane.width * factor + 1, height: plane.height * factor + 1 };
        const left = whole.width >> 2;
        const top = whole.height >> 2;
        const cut = { left, top, width: whole.width - left, height: whole.height - top };
        const part = growCut(plane, whole, cut);
        expect(part).toEqual(cutPlane(resizePlane(plane, whole.width, whole.height), cut));
      }),
    );
  });

  it('blurring spreads a point with the variance asked for', () => {
    const plane = createPlane(101, 101);
    plane.data[50 * 101 + 50] = 1;
    for (const sigma of [2, 2.5, 6]) {
      const result = blur(plane, sigma);
      let variance = 0;
      for (let i = 0; i < result.data.length; i++)
        variance += result.data[i] * ((i % 101) - 50) ** 2;
      expect(Math.sqrt(variance)).toBeGreaterThan(0.9 * sigma);
      expect(Math.sqrt(variance)).toBeLessThan(1.12 * sigma);
    }
  });

  it('distances are those of the nearest mask pixel', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const inside = [...mask.data.keys()].filter((i) => mask.data[i] === 1);
        fc.pre(inside.length > 0);
        const result = distanceTo(mask);
        for (let i = 0; i < mask.data.length; i++) {
          const nearest = Math.min(
            ...inside.map((j) =>
              Math.hypot(
                (i % mask.width) - (j % mask.width),
                Math.floor(i / mask.width) - Math.floor(j / mask.width),
              ),
            ),
          );
          expect(result.data[i]).toBeCloseTo(nearest, 3);
        }
      }),
    );
  });

  it('closing a mask never loses a pixel of it, opening never adds one', () => {
    fc.assert(
      fc.property(masks, fc.integer({ min: 1, max: 4 }), (mask, radius) => {
        const closed = erode(dilate(mask, radius), radius - 0.001);
        const opened = dilate(erode(mask, radius), radius);
        for (let i = 0; i < mask.data.length; i++) {
          expect(closed.data[i]).toBeGreaterThanOrEqual(mask.data[i]);
          expect(opened.data[i]).toBeLessThanOrEqual(mask.data[i]);
        }
      }),
    );
  });

  it('components partition the mask', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const { labels, areas } = components(mask);
        const counted = areas.map(() => 0);
        for (let i = 0; i < labels.length; i++) {
          expect(labels[i] > 0).toBe(mask.data[i] === 1);
          if (labels[i] > 0) counted[labels[i]]++;
        }
        expect(counted).toEqual(areas);
        expect([...labels]).toEqual(flooded(mask));
      }),
    );
  });

  it('keeps large pieces and fills enclosed holes only', () => {
    const mask = createMask(12, 12);
    for (let y = 1; y < 8; y++) for (let x = 1; x < 8; x++) mask.data[y * 12 + x] = 1;
    mask.data[4 * 12 + 4] = 0;
    mask.data[10 * 12 + 10] = 1;
    const filled = fillHoles(keepLarge(mask, 0.1), 5);
    expect(filled.data[4 * 12 + 4]).toBe(1);
    expect(filled.data[10 * 12 + 10]).toBe(0);
    expect(filled.data[0]).toBe(0);
  });

  it('filling keeps known pixels exactly and stays within their range', () => {
    const plane = createPlane(16, 16);
    const weight = createPlane(16, 16);
    plane.data[17] = 0.2;
    weight.data[17] = 1;
    plane.data[200] = 0.8;
    weight.data[200] = 1;
    const [filled] = pullPush([plane], weight);
    expect(filled.data[17]).toBeCloseTo(0.2, 6);
    expect(filled.data[200]).toBeCloseTo(0.8, 6);
    for (const value of filled.data) {
      expect(value).toBeGreaterThanOrEqual(0.2 - 1e-5);
      expect(value).toBeLessThanOrEqual(0.8 + 1e-5);
    }
  });

  it('filling stays within the range of the pixels that weigh anything, also without any', () => {
    fc.assert(
      fc.property(planes, (plane) => {
        // Neighbours decide each other's weight: none for most, a part for some, all for some.
        const weight = createPlane(plane.width, plane.height);
        weight.data.forEach((_, i) => {
          const neighbour = plane.data[(i + 1) % plane.data.length];
          weight.data[i] = neighbour > 0.8 ? 1 : neighbour > 0.7 ? neighbour : 0;
        });
        const [filled] = pullPush([plane], weight);
        const counted = plane.data.filter((_, i) => weight.data[i] > 0);
        const low = counted.length > 0 ? Math.min(...counted) : 0.5;
        const high = counted.length > 0 ? Math.max(...counted) : 0.5;
        for (const [i, value] of filled.data.entries()) {
          if (weight.data[i] === 1) expect(value).toBe(plane.data[i]);
          expect(value).toBeGreaterThanOrEqual(low - 1e-5);
          expect(value).toBeLessThanOrEqual(high + 1e-5);
        }
      }),
    );
  });

  it('an enlarged plane holds at each pixel what lies at its place in the smaller one', () => {
    fc.assert(
      fc.property(planes, sizes, (plane, more) => {
        const width = plane.width + more.width;
        const height = plane.height + more.height;
        const { data } = resizePlane(plane, width, height);
        for (let i = 0; i < data.length; i++) {
          const x = (((i % width) + 0.5) * plane.width) / width - 0.5;
          const y = ((Math.floor(i / width) + 0.5) * plane.height) / height - 0.5;
          expect(data[i]).toBeCloseTo(sample(plane, x, y), 5);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('blocks are reduced to their means, also those that the border cuts', () => {
    fc.assert(
      fc.property(planes, fc.integer({ min: 2, max: 5 }), (plane, factor) => {
        const { width, data } = reduceBlocks(plane, factor);
        for (const [at, value] of data.entries()) {
          const [left, top] = [(at % width) * factor, Math.floor(at / width) * factor];
          const block = cutPlane(plane, {
            left,
            top,
            width: Math.min(factor, plane.width - left),
            height: Math.min(factor, plane.height - top),
          }).data;
          expect(value).toBeCloseTo(block.reduce((a, b) => a + b, 0) / block.length, 5);
        }
      }),
    );
  });

  it('the guided filter snaps a soft step to the edge of its guide', () => {
    const guide = createPlane(60, 20);
    const soft = createPlane(60, 20);
    for (let i = 0; i < guide.data.length; i++) {
      const x = i % 60;
      guide.data[i] = x < 30 ? 0.2 : 0.8;
      soft.data[i] = Math.min(1, Math.max(0, (x - 18) / 24));
    }
    const [result] = guidedFilter([guide, guide, guide], [soft], { radius: 14, epsilon: 1e-4 });
    const step = result.data[10 * 60 + 31] - result.data[10 * 60 + 28];
    expect(step).toBeGreaterThan(0.4);
  });

  it('resizing keeps the mean of a picture', () => {
    const image = {
      width: 40,
      height: 30,
      data: Uint8Array.from({ length: 3600 }, (_, i) => (i * 37) % 251),
    };
    const mean = (data: Uint8Array): number =>
      data.reduce((sum, value) => sum + value, 0) / data.length;
    expect(mean(resizeRgb(image, 17, 11).data)).toBeCloseTo(mean(image.data), -0.5);
    const plane = createPlane(9, 9);
    plane.data.fill(0.3);
    for (const value of resizePlane(plane, 31, 4).data) expect(value).toBeCloseTo(0.3, 5);
  });

  it('gives the published Lab values of the sRGB primaries', () => {
    const near = (lab: readonly number[], wanted: readonly number[]): void =>
      wanted.forEach((value, k) => expect(Math.abs(lab[k] - value)).toBeLessThan(0.6));
    near(labOf(255, 0, 0), [53.2, 80.1, 67.2]);
    near(labOf(0, 255, 0), [87.7, -86.2, 83.2]);
    near(labOf(255, 255, 255), [100, 0, 0]);
  });
});

/** Components by the plainest method: from each pixel that has no number yet, on to all neighbours. */
function flooded({ width, height, data }: Mask): number[] {
  const labels = Array.from(data, () => 0);
  let last = 0;
  const visit = (x: number, y: number): void => {
    const i = y * width + x;
    if (x < 0 || y < 0 || x >= width || y >= height || data[i] === 0 || labels[i] > 0) return;
    labels[i] = last;
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ])
      visit(x + dx, y + dy);
  };
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0 || labels[i] > 0) continue;
    last++;
    visit(i % width, Math.floor(i / width));
  }
  return labels;
}
