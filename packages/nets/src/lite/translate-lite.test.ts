import fc from 'fast-check';
import { Builder } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import { openSession } from '../session.ts';
import { translateLite } from './translate-lite.ts';

interface Tensor {
  readonly shape: readonly number[];
  /** Numbers that the file carries; whole ones for shapes and axes. */
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
}

interface Operation {
  readonly code: number;
  readonly inputs: readonly number[];
  readonly output: number;
  /** Options: one byte or a whole number by the field's number in the schema. */
  readonly bytes?: Readonly<Record<number, number>>;
  readonly numbers?: Readonly<Record<number, number>>;
}

/** A TensorFlow Lite file: tensor 0 is the input, the last operation's output the answer. */
function fileOf(tensors: readonly Tensor[], operations: readonly Operation[]): Uint8Array {
  const file = new Builder();
  const intsOf = (numbers: readonly number[]): number => {
    file.startVector(4, numbers.length, 4);
    for (const number of numbers.toReversed()) file.addInt32(number);
    return file.endVector();
  };
  const tablesOf = (offsets: readonly number[]): number => {
    file.startVector(4, offsets.length, 4);
    for (const offset of offsets.toReversed()) file.addOffset(offset);
    return file.endVector();
  };
  const table = (count: number, fill: () => void): number => {
    file.startObject(count);
    fill();
    return file.endObject();
  };
  const buffers = tensors.map(({ floats, ints }) => {
    const values = floats ? Float32Array.from(floats) : Int32Array.from(ints ?? []);
    const data = file.createByteVector(new Uint8Array(values.buffer));
    return table(1, () => file.addFieldOffset(0, data, 0));
  });
  const kept = tensors.map(({ shape, ints }, i) => {
    const lengths = intsOf(shape);
    return table(4, () => {
      file.addFieldOffset(0, lengths, 0);
      file.addFieldInt8(1, ints ? 2 : 0, 0);
      file.addFieldInt32(2, i, 0);
    });
  });
  const codes = operations.map(({ code }) => table(4, () => file.addFieldInt8(0, code, 0)));
  const steps = operations.map(({ inputs, output, bytes = {}, numbers = {} }, i) => {
    const options = table(8, () => {
      for (const [field, value] of Object.entries(bytes)) file.addFieldInt8(+field, value, 0);
      for (const [field, value] of Object.entries(numbers)) file.addFieldInt32(+field, value, 0);
    });
    const [from, to] = [intsOf(inputs), intsOf([output])];
    return table(5, () => {
      file.addFieldInt32(0, i, 0);
      file.addFieldOffset(1, from, 0);
      file.addFieldOffset(2, to, 0);
      file.addFieldOffset(4, options, 0);
    });
  });
  const parts = {
    tensors: tablesOf(kept),
    inputs: intsOf([0]),
    outputs: intsOf([operations[operations.length - 1].output]),
    steps: tablesOf(steps),
  };
  const graph = table(4, () => {
    file.addFieldOffset(0, parts.tensors, 0);
    file.addFieldOffset(1, parts.inputs, 0);
    file.addFieldOffset(2, parts.outputs, 0);
    file.addFieldOffset(3, parts.steps, 0);
  });
  const lists = { codes: tablesOf(codes), graphs: tablesOf([graph]), buffers: tablesOf(buffers) };
  file.finish(
    table(5, () => {
      file.addFieldInt32(0, 3, 0);
      file.addFieldOffset(1, lists.codes, 0);
      file.addFieldOffset(2, lists.graphs, 0);
      file.addFieldOffset(4, lists.buffers, 0);
    }),
  );
  return file.asUint8Array();
}

/** Carries a net out on numbers; the input stands first among the tensors. */
async function carryOut(
  input: readonly number[],
  tensors: readonly Tensor[],
  operations: readonly Operation[],
): Promise<number[]> {
  const model = translateLite(fileOf(tensors, operations));
  const session = await openSession({ model, shape: tensors[0].shape, outputs: 1, threads: 1 });
  const [answer] = await session.run(Float32Array.from(input));
  await session.close();
  return [...answer];
}

const [ADD, CONVOLVE, DEPTHWISE, RESHAPE, BILINEAR] = [0, 3, 4, 22, 23];
const [SOFTMAX, TRANSPOSE, TRANSPOSED, SUM, NEAREST] = [25, 39, 67, 74, 97];
const RELU6 = 3;
const numbers = (count: number, from: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(from + i * 1.7) * 2);

describe('a net of TensorFlow Lite, translated', () => {
  it('convolves as TensorFlow defines it, each channel by itself or all together', async () => {
    const sample = fc.record({
      size: fc.integer({ min: 3, max: 6 }),
      channels: fc.integer({ min: 1, max: 3 }),
      kernel: fc.constantFrom(1, 2, 3),
      stride: fc.constantFrom(1, 2),
      same: fc.boolean(),
      depthwise: fc.boolean(),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    await fc.assert(
      fc.asyncProperty(
        sample,
        async ({ size, channels, kernel, stride, same, depthwise, seed }) => {
          const count = depthwise ? channels : 2;
          const out = same ? Math.ceil(size / stride) : Math.floor((size - kernel) / stride) + 1;
          const before = same ? Math.floor(Math.max(0, (out - 1) * stride + kernel - size) / 2) : 0;
          const x = numbers(size * size * channels, seed);
          const f = numbers(kernel * kernel * channels * (depthwise ? 1 : count), seed + 31);
          const bias = numbers(count, seed + 77);
          const expected: number[] = [];
          for (let y = 0; y < out; y++)
            for (let px = 0; px < out; px++)
              for (let o = 0; o < count; o++) {
                let sum = bias[o];
                for (let ky = 0; ky < kernel; ky++)
                  for (let kx = 0; kx < kernel; kx++) {
                    const [iy, ix] = [y * stride + ky - before, px * stride + kx - before];
                    if (iy < 0 || ix < 0 || iy >= size || ix >= size) continue;
                    for (let c = 0; c < channels; c++) {
                      if (depthwise && c !== o) continue;
                      const weight = depthwise
                        ? (ky * kernel + kx) * channels + c
                        : ((o * kernel + ky) * kernel + kx) * channels + c;
                      sum += x[(iy * size + ix) * channels + c] * f[weight];
                    }
                  }
                expected.push(Math.min(6, Math.max(0, sum)));
              }
          const filter = depthwise
            ? [1, kernel, kernel, channels]
            : [count, kernel, kernel, channels];
          const answer = await carryOut(
            x,
            [
              { shape: [1, size, size, channels] },
              { shape: filter, floats: f },
              { shape: [count], floats: bias },
              { shape: [1, out, out, count] },
            ],
            [
              {
                code: depthwise ? DEPTHWISE : CONVOLVE,
                inputs: [0, 1, 2],
                output: 3,
                bytes: { 0: same ? 0 : 1, [depthwise ? 4 : 3]: RELU6 },
                numbers: { 1: stride, 2: stride },
              },
            ],
          );
          expect(answer).toHaveLength(expected.length);
          answer.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
        },
      ),
      { numRuns: 40 },
    );
  });

  const enlarge = (code: number, half: number, to: number): Promise<number[]> =>
    carryOut(
      [0, 1],
      [{ shape: [1, 1, 2, 1] }, { shape: [2], ints: [1, to] }, { shape: [1, 1, to, 1] }],
      [{ code, inputs: [0, 1], output: 2, bytes: { [code === NEAREST ? 1 : 3]: half } }],
    );

  it('enlarges about the middles of pixels, or from their corners, as the file says', async () => {
    expect(await enlarge(NEAREST, 1, 3)).toEqual([0, 1, 1]);
    expect(await enlarge(NEAREST, 0, 3)).toEqual([0, 0, 1]);
    expect(await enlarge(BILINEAR, 1, 4)).toEqual([0, 0.25, 0.75, 1]);
    expect(await enlarge(BILINEAR, 0, 4)).toEqual([0, 0.5, 1, 1]);
  });

  it('spreads each pixel over a square by a transposed convolution', async () => {
    const answer = await carryOut(
      [1, 10],
      [
        { shape: [1, 1, 2, 1] },
        { shape: [4], ints: [1, 2, 4, 1] },
        { shape: [1, 2, 2, 1], floats: [1, 2, 3, 4] },
        { shape: [1], floats: [0.5] },
        { shape: [1, 2, 4, 1] },
      ],
      [{ code: TRANSPOSED, inputs: [1, 2, 0, 3], output: 4, numbers: { 1: 2, 2: 2 } }],
    );
    expect(answer).toEqual([1.5, 2.5, 10.5, 20.5, 3.5, 4.5, 30.5, 40.5]);
  });

  it('turns, sums, adds and compares as the steps of attention ask', async () => {
    const answer = await carryOut(
      [1, 2, 3, 4, 5, 6],
      [
        { shape: [1, 2, 3] },
        { shape: [3], ints: [0, 2, 1] },
        { shape: [1, 3, 2] },
        { shape: [1], ints: [1] },
        { shape: [1, 1, 2] },
        { shape: [2], floats: [9, 0] },
        { shape: [1, 1, 2] },
        { shape: [2], ints: [1, 2] },
        { shape: [1, 2] },
        { shape: [1, 2] },
      ],
      [
        { code: TRANSPOSE, inputs: [0, 1], output: 2 },
        { code: SUM, inputs: [2, 3], output: 4, bytes: { 0: 1 } },
        { code: ADD, inputs: [4, 5], output: 6 },
        { code: RESHAPE, inputs: [6, 7], output: 8 },
        { code: SOFTMAX, inputs: [8], output: 9 },
      ],
    );
    // The sums are 6 and 15; with 9 more they are even.
    expect(answer).toEqual([0.5, 0.5]);
  });

  it('is refused where an operation is not known', () => {
    const file = fileOf([{ shape: [1] }, { shape: [1] }], [{ code: 99, inputs: [0], output: 1 }]);
    expect(() => translateLite(file)).toThrow('the operation 99 is not translated');
  });
});
