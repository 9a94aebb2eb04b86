import { describe, expect, it } from 'vitest';
import { fixResizes } from './fix-resizes.ts';
import type { OnnxModel } from './write-model.ts';

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
