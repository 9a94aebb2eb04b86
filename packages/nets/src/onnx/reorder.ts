import { bytes, floats } from '@toile/memory';
import type { Constant } from './write-model.ts';

/** A constant of four axes with its axes in another order. */
export function reorder(constant: Constant, order: readonly number[]): Constant {
  const shape = order.map((axis) => constant.shape[axis]);
  const [, second, third, fourth] = shape;
  const strides = stridesOf(constant.shape);
  const [a, b, c, d] = order.map((axis) => strides[axis]);
  const fill = <Numbers extends Uint16Array | Float32Array | BigInt64Array>(
    from: Numbers,
    to: Numbers,
  ): Numbers => {
    let at = 0;
    for (let i = 0; i < shape[0]; i++) {
      for (let j = 0; j < second; j++) {
        for (let k = 0; k < third; k++) {
          for (let l = 0; l < fourth; l++) to[at++] = from[i * a + j * b + k * c + l * d];
        }
      }
    }
    return to;
  };
  switch (constant.type) {
    case 'float16': {
      const room = new Uint16Array(bytes(constant.values.byteLength).buffer);
      return { type: 'float16', shape, values: fill(constant.values, room) };
    }
    case 'float32': {
      const room = floats(constant.values.length);
      return { type: 'float32', shape, values: fill(constant.values, room) };
    }
    case 'int64':
      throw new Error('only weights have four axes');
  }
}

/** How far apart in memory the neighbours along each axis are. */
function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1] * shape[axis + 1];
  }
  return strides;
}
