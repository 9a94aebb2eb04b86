import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSession } from '../session.ts';
import { splitConcats } from './split-concats.ts';
import { type Constant, type OnnxModel, type Operation, writeModel } from './write-model.ts';

type Shape = readonly number[];

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
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next()),
});

/** Numbers between -1 and 1 that look like noise. */
function noise(seed: number): () => number {
  let place = seed;
  return () => Math.sin(1.7 * place++ * place);
}

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
      const next = noise(seed);
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
