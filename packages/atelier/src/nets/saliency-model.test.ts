import { readFileSync } from 'node:fs';
import { openSession } from '@toile/nets';
import { readModel } from '@toile/nets/onnx';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../pixels/random.ts';
import { saliencyFile } from './files.ts';
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
