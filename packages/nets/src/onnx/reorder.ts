import { bytes, floats } from '@toile/memory';
import type { Constant } from './write-model.ts';

/** A constant of four axes with its axes in another order. */
export function reorder(constant: Constant, order: readonly number[]): Constant {
  const strides = stridesOf(constant.shape);
  const axes = order.map((axis) => ({
    length: constant.shape[axis] ?? 1,
    stride: strides[axis] ?? 0,
  }));
  const shape = axes.map(({ length }) => length);
  switch (constant.type) {
    case 'float16': {
      const room = new Uint16Array(bytes(constant.values.byteLength).buffer);
      return { type: 'float16', shape, values: fill(constant.values, room, axes) };
    }
    case 'float32': {
      const room = floats(constant.values.length);
      return { type: 'float32', shape, values: fill(constant.values, room, axes) };
    }
    case 'int64':
      throw new Error('only weights have four axes');
  }
}

interface Axis {
  readonly length: number;
  /** How far apart in memory its neighbours are where they come from. */
  readonly stride: number;
}

function fill<Numbers extends Uint16Array | Float32Array>(
  from: Numbers,
  to: Numbers,
  axes: readonly Axis[],
): Numbers {
  const [a, b, c, d] = axes;
  if (!a || !b || !c || !d) throw new Error('only weights of four axes are reordered');
  let at = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      for (let k = 0; k < c.length; k++) {
        const start = i * a.stride + j * b.stride + k * c.stride;
        for (let l = 0; l < d.length; l++) to[at++] = from[start + l * d.stride] ?? 0;
      }
    }
  }
  return to;
}

/** How far apart in memory the neighbours along each axis are. */
function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  shape.reduceRight((stride, length, axis) => {
    strides[axis] = stride;
    return stride * length;
  }, 1);
  return strides;
}
