import { describe, expect, it } from 'vitest';
import { carryOut, type Weight } from '../../test/graphs.ts';
import { readWeights, type TfModel, type TfNode } from './read-graph.ts';

describe('weights of a graph', () => {
  it.each(['uint8', 'uint16'] as const)(
    'are widened where they are stored as %s',
    async (dtype) => {
      const node: TfNode = { name: 'y', op: 'Mul', input: ['x', 'w'] };
      const most = dtype === 'uint8' ? 255 : 65_535;
      const quantization = { dtype, scale: 0.25, min: -3 };
      const w: Weight = { shape: [3], values: [0, 10, most], quantization };
      // Another weight comes first, so that the numbers do not begin where the bytes do.
      const first: Weight = {
        shape: [1],
        values: [7],
        quantization: { ...quantization, dtype: 'uint8' },
      };
      const answer = await carryOut([node], { first, w }, [3], [1, 2, 1]);
      expect(answer).toEqual([-3, 2 * (10 * 0.25 - 3), most * 0.25 - 3]);
    },
  );

  it('are named where they are stored in a way that is not known', () => {
    const model = (weight: object): TfModel => ({
      modelTopology: { node: [] },
      weightsManifest: [
        { paths: [], weights: [{ name: 'w', shape: [1], dtype: 'float32', ...weight }] },
      ],
    });
    const read = (weight: object) => () => readWeights(model(weight), new Uint8Array(4));
    expect(read({ dtype: 'string' })).toThrow('weight w is stored as string');
    expect(read({ quantization: { dtype: 'uint8' } })).toThrow(/weight w .* quantised/);
    expect(read({ dtype: 'int32', quantization: { dtype: 'uint8', scale: 1, min: 0 } })).toThrow(
      /weight w/,
    );
  });
});
