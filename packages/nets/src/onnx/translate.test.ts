import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryOut, list, text, type Weight } from '../../test/graphs.ts';
import type { TfModel, TfNode } from './read-graph.ts';
import { translate } from './translate.ts';

describe('a graph of TensorFlow.js, translated', () => {
  const sample = fc
    .record({
      height: fc.integer({ min: 3, max: 7 }),
      width: fc.integer({ min: 3, max: 7 }),
      channels: fc.integer({ min: 1, max: 3 }),
      kernel: fc.constantFrom(1, 2, 3),
      stride: fc.constantFrom(1, 2),
      same: fc.boolean(),
      depthwise: fc.boolean(),
      seed: fc.integer({ min: 1, max: 1e6 }),
    })
    .map((drawn) => ({ ...drawn, filters: drawn.depthwise ? 1 : 2 }));
  type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never;

  /** The definition of TensorFlow's convolution, followed number by number. */
  function convolved(
    s: Sample,
    x: readonly number[],
    f: readonly number[],
    bias: readonly number[],
  ): number[] {
    const { height, width, channels, kernel, stride, same, depthwise, filters } = s;
    const out = (n: number): number =>
      same ? Math.ceil(n / stride) : Math.floor((n - kernel) / stride) + 1;
    const before = (n: number): number =>
      same ? Math.floor(Math.max(0, (out(n) - 1) * stride + kernel - n) / 2) : 0;
    const made: number[] = [];
    const count = depthwise ? channels : filters;
    for (let y = 0; y < out(height); y++)
      for (let px = 0; px < out(width); px++)
        for (let o = 0; o < count; o++) {
          let sum = bias[o];
          for (let ky = 0; ky < kernel; ky++)
            for (let kx = 0; kx < kernel; kx++) {
              const [iy, ix] = [y * stride + ky - before(height), px * stride + kx - before(width)];
              if (iy < 0 || ix < 0 || iy >= height || ix >= width) continue;
              for (let c = 0; c < channels; c++) {
                if (depthwise && c !== o) continue;
                const weight = depthwise
                  ? (ky * kernel + kx) * channels + c
                  : ((ky * kernel + kx) * channels + c) * filters + o;
                sum += x[(iy * width + ix) * channels + c] * f[weight];
              }
            }
          made.push(Math.min(6, Math.max(0, sum)));
        }
    return made;
  }

  it('convolves as TensorFlow defines it, whatever the sizes, strides and padding', async () => {
    await fc.assert(
      fc.asyncProperty(sample, async (s) => {
        const { height, width, channels, kernel, stride, same, depthwise, filters } = s;
        const numbers = (count: number, from: number): number[] =>
          Array.from({ length: count }, (_, i) => Math.sin(s.seed + from + i * 1.7) * 2);
        const count = depthwise ? channels : filters;
        const x = numbers(height * width * channels, 0);
        const f = numbers(kernel * kernel * channels * filters, 31);
        const bias = numbers(count, 77);
        const node: TfNode = {
          name: 'y',
          op: depthwise ? 'FusedDepthwiseConv2dNative' : '_FusedConv2D',
          input: ['x', 'filter', 'bias'],
          attr: {
            strides: list(1, stride, stride, 1),
            dilations: list(1, 1, 1, 1),
            padding: text(same ? 'SAME' : 'VALID'),
            fused_ops: { list: { s: [text('BiasAdd').s, text('Relu6').s] } },
          },
        };
        const answer = await carryOut(
          [node],
          {
            filter: { shape: [kernel, kernel, channels, filters], values: f },
            bias: { shape: [count], values: bias },
          },
          [1, height, width, channels],
          x,
        );
        const wanted = convolved(s, x, f, bias);
        expect(answer).toHaveLength(wanted.length);
        answer.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 4));
      }),
      { numRuns: 40 },
    );
  });

  it('multiplies matrices, turned over or not, and adds and activates what is fused', async () => {
    const cases = fc.record({
      rows: fc.integer({ min: 1, max: 3 }),
      inner: fc.integer({ min: 1, max: 4 }),
      columns: fc.integer({ min: 1, max: 3 }),
      turned: fc.boolean(),
      steps: fc.constantFrom<string[]>([], ['BiasAdd'], ['BiasAdd', 'Relu']),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    const check = fc.asyncProperty(cases, async (s) => {
      const { rows, inner, columns, turned, steps, seed } = s;
      const numbers = (count: number, from: number): number[] =>
        Array.from({ length: count }, (_, i) => Math.sin(seed + from + i * 1.7) * 2);
      const [x, w, bias] = [
        numbers(rows * inner, 0),
        numbers(inner * columns, 31),
        numbers(columns, 77),
      ];
      const node: TfNode = {
        name: 'y',
        op: '_FusedMatMul',
        input: ['x', 'w', ...(steps.length > 0 ? ['bias'] : [])],
        attr: {
          transpose_a: { b: false },
          transpose_b: { b: turned },
          fused_ops: { list: { s: steps.map((step) => text(step).s) } },
        },
      };
      const weights = {
        w: { shape: turned ? [columns, inner] : [inner, columns], values: w },
        bias: { shape: [columns], values: bias },
      };
      const answer = await carryOut([node], weights, [rows, inner], x);
      expect(answer).toHaveLength(rows * columns);
      answer.forEach((value, place) => {
        const [row, column] = [Math.floor(place / columns), place % columns];
        let sum = steps.length > 0 ? bias[column] : 0;
        for (let k = 0; k < inner; k++) {
          sum += x[row * inner + k] * w[turned ? column * inner + k : k * columns + column];
        }
        expect(value).toBeCloseTo(steps.includes('Relu') ? Math.max(0, sum) : sum, 4);
      });
    });
    await fc.assert(check, { numRuns: 40 });
  });

  it('shares 1 among the numbers of a row, by their exponentials', async () => {
    const node: TfNode = { name: 'y', op: 'Softmax', input: ['x'] };
    const odds = [1, 2, 5, 3, 3, 2];
    const answer = await carryOut([node], {}, [2, 3], odds.map(Math.log));
    answer.forEach((share, i) => expect(share).toBeCloseTo(odds[i] / 8, 6));
  });

  it('cuts, takes and adds axes as a strided slice says', async () => {
    // x[:, 1, newaxis, ::2]
    const node: TfNode = {
      name: 'y',
      op: 'StridedSlice',
      input: ['x', 'begin', 'end', 'strides'],
      attr: {
        begin_mask: { i: '9' },
        end_mask: { i: '9' },
        shrink_axis_mask: { i: '2' },
        new_axis_mask: { i: '4' },
        ellipsis_mask: { i: '0' },
      },
    };
    const ints = (...values: number[]): Weight => ({ shape: [4], values, dtype: 'int32' });
    const weights = { begin: ints(0, 1, 0, 0), end: ints(0, 2, 0, 0), strides: ints(1, 1, 1, 2) };
    const shapeOf: TfNode = { name: 'shape', op: 'Shape', input: ['y'] };
    const floats: TfNode = {
      name: 'z',
      op: 'Cast',
      input: ['shape'],
      attr: { DstT: { type: 'DT_FLOAT' } },
    };
    const numbers = Array.from({ length: 2 * 3 * 5 }, (_, i) => i);
    expect(await carryOut([node], weights, [2, 3, 5], numbers)).toEqual([5, 7, 9, 20, 22, 24]);
    expect(await carryOut([node, shapeOf, floats], weights, [2, 3, 5], numbers)).toEqual([2, 1, 3]);
  });

  it('names an operation that it does not know', () => {
    const model: TfModel = {
      modelTopology: {
        node: [
          { name: 'x', op: 'Placeholder' },
          { name: 'y', op: 'Erf', input: ['x'] },
        ],
      },
      weightsManifest: [],
    };
    expect(() => translate(model, new Uint8Array(0), { shape: [1], outputs: ['y'] })).toThrow(
      'Erf',
    );
  });
});
