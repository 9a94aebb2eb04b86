import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../pixels/random.ts';
import { saliencyFile } from './files.ts';
import { fixResizes } from './onnx/fix-resizes.ts';
import { readModel } from './onnx/read-model.ts';
import { splitConcats } from './onnx/split-concats.ts';
import { type Constant, type OnnxModel, type Operation, writeModel } from './onnx/write-model.ts';
import { openSession } from './ort-session.ts';
import { lighter } from './saliency-model.ts';
import { SALIENCY_SIZE } from './saliency.ts';

type Shape = readonly number[];

const SHAPE = [1, 3, SALIENCY_SIZE, SALIENCY_SIZE];

async function carryOut(
  model: Uint8Array,
  shape: Shape,
  input: Float32Array,
): Promise<Float32Array> {
  const session = await openSession({ model, shape, outputs: 1, threads: 1 });
  const [answer] = await session.run(Float32Array.from(input));
  await session.close();
  return answer;
}

const furthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const weights = (shape: Shape, next: () => number): Constant => ({
  type: 'float32',
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next() - 0.5),
});

describe('the saliency net, made lighter', () => {
  let file: Uint8Array;
  beforeAll(() => {
    file = readFileSync(saliencyFile());
  });

  it('answers as before, but for rounding', async () => {
    const next = randomFrom(5);
    // A bright disc on a dark, noisy ground: the net sees something, and something else than that everywhere.
    const input = Float32Array.from({ length: 3 * SALIENCY_SIZE ** 2 }, (_, i) => {
      const x = (i % SALIENCY_SIZE) - SALIENCY_SIZE / 2;
      const y = (Math.floor(i / SALIENCY_SIZE) % SALIENCY_SIZE) - SALIENCY_SIZE / 2;
      return (Math.hypot(x, y) < 90 ? 2 : -1) + 0.2 * next();
    });
    const before = await carryOut(file, SHAPE, input);
    const after = await carryOut(lighter(file), SHAPE, input);
    expect(Math.max(...before) - Math.min(...before)).toBeGreaterThan(0.5);
    expect(furthest(before, after)).toBeLessThan(0.0005);
  });

  it('works nothing out from sizes, and joins no two pictures to convolve them', () => {
    const { operations, outputs } = readModel(lighter(file), SHAPE);
    const types = new Set(operations.map(({ type }) => type));
    expect([...types].toSorted()).toEqual(
      ['Add', 'Concat', 'Conv', 'MaxPool', 'Relu', 'Resize', 'Sigmoid'].toSorted(),
    );
    expect(operations.filter(({ type }) => type === 'Concat')).toHaveLength(1);
    expect(outputs).toHaveLength(1);
  });
});

describe('convolving parts apart', () => {
  it('gives what convolving them joined gives, however they share the channels', async () => {
    const cases = fc.record({
      first: fc.integer({ min: 1, max: 4 }),
      second: fc.integer({ min: 1, max: 4 }),
      outputs: fc.integer({ min: 1, max: 3 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    const convolve = (inputs: readonly string[], output: string): Operation => ({
      type: 'Conv',
      inputs,
      outputs: [output],
      attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [1, 1], group: 1 },
    });
    const check = async ({ first, second, outputs, seed }: typeof example): Promise<void> => {
      const next = randomFrom(seed);
      const shape = [1, 2, 8, 8];
      const join = { type: 'Concat', inputs: ['a', 'b'], outputs: ['ab'], attributes: { axis: 1 } };
      const model: OnnxModel = {
        input: { name: 'x', shape },
        outputs: ['y'],
        operations: [
          convolve(['x', 'wa'], 'a'),
          convolve(['x', 'wb'], 'b'),
          join,
          convolve(['ab', 'w', 'bias'], 'y'),
        ],
        constants: new Map([
          ['wa', weights([first, 2, 3, 3], next)],
          ['wb', weights([second, 2, 3, 3], next)],
          ['w', weights([outputs, first + second, 3, 3], next)],
          ['bias', weights([outputs], next)],
        ]),
      };
      const split = splitConcats(model);
      expect(split.operations.some(({ type }) => type === 'Concat')).toBe(false);
      const input = Float32Array.from({ length: 128 }, next);
      const [before, after] = [
        await carryOut(writeModel(model), shape, input),
        await carryOut(writeModel(split), shape, input),
      ];
      expect(after).toHaveLength(outputs * 64);
      expect(furthest(before, after)).toBeLessThan(1e-4);
    };
    const example = { first: 1, second: 1, outputs: 1, seed: 1 };
    await fc.assert(fc.asyncProperty(cases, check), { numRuns: 25, examples: [[example]] });
  });
});

describe('resizes to sizes that are worked out', () => {
  const model = (side: number, mode: string): OnnxModel => ({
    input: { name: 'x', shape: [1, 1, side, side] },
    outputs: ['y'],
    operations: [
      {
        type: 'MaxPool',
        inputs: ['x'],
        outputs: ['half'],
        attributes: { kernel_shape: [2, 2], strides: [2, 2] },
      },
      { type: 'Shape', inputs: ['x'], outputs: ['size'], attributes: {} },
      {
        type: 'Resize',
        inputs: ['half', '', '', 'size'],
        outputs: ['y'],
        attributes: { mode, coordinate_transformation_mode: 'pytorch_half_pixel' },
      },
    ],
    constants: new Map(),
  });

  it('get the factor that they have', () => {
    const { operations, constants } = fixResizes(model(6, 'linear'));
    const scales = operations.at(-1)?.inputs[2] ?? '';
    expect(constants.get(scales)?.values).toEqual(Float32Array.of(1, 1, 2, 2));
  });

  it('are refused where a pixel would be divided, or where they are of another kind', () => {
    expect(() => fixResizes(model(5, 'linear'))).toThrow(/divides a pixel/);
    expect(() => fixResizes(model(6, 'nearest'))).toThrow(/another kind/);
  });
});
