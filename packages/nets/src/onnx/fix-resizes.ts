import type { Constant, OnnxModel, Operation } from './write-model.ts';

/**
 * Says as whole factors how much a net for square pictures enlarges, where its file has that worked out from other sizes in
 * each run. Through such a resize the runtime keeps the layout in which it convolves; otherwise it turns the planes over
 * into the common one and back, which takes time and twice their memory.
 *
 * @throws Error where a size cannot be followed, or is no multiple of the one before
 */
export function fixResizes(model: OnnxModel): OnnxModel {
  const [, , side] = model.input.shape;
  const sides = new Map([[model.input.name, side]]);
  const constants = new Map(model.constants);
  const operations = model.operations.map((operation) => {
    if (operation.type !== 'Resize') {
      const after = sideAfter(operation, sides);
      if (after !== undefined) sides.set(operation.outputs[0], after);
      return operation;
    }
    const [picture, , , sizes] = operation.inputs;
    const before = sides.get(picture);
    const after = sides.get(measured(sizes, model.operations));
    if (!before || !after || after % before !== 0) {
      throw new Error(`resize ${operation.outputs[0]} has no whole factor`);
    }
    sides.set(operation.outputs[0], after);
    const scales = `scales-${after / before}`;
    constants.set(scales, scalesOf(after / before));
    return { ...operation, inputs: [picture, '', scales], attributes: linear(operation) };
  });
  return { ...model, operations, constants };
}

const scalesOf = (factor: number): Constant => ({
  type: 'float32',
  shape: [4],
  values: Float32Array.of(1, 1, factor, factor),
});

/** What PyTorch calls half a pixel differs from everybody else's at a length of one only. */
function linear({ attributes, outputs }: Operation): Operation['attributes'] {
  const { mode, coordinate_transformation_mode: places } = attributes;
  if (mode !== 'linear' || places !== 'pytorch_half_pixel') {
    throw new Error(`resize ${outputs[0]} is of another kind`);
  }
  return { mode, coordinate_transformation_mode: 'half_pixel' };
}

/** Operations on pictures, of which the first input's size tells that of the output. */
const ON_PICTURES = new Set(['Conv', 'Relu', 'Sigmoid', 'Add', 'Concat', 'MaxPool']);

/** Side of the square that an operation makes of one; undefined for what makes no pictures. */
function sideAfter(
  { type, inputs, outputs, attributes }: Operation,
  sides: ReadonlyMap<string, number>,
): number | undefined {
  const before = sides.get(inputs[0]);
  if (before === undefined || !ON_PICTURES.has(type)) return undefined;
  const { strides } = attributes;
  const after = Array.isArray(strides) ? before / strides[0] : before;
  if (!Number.isInteger(after)) throw new Error(`${type} ${outputs[0]} divides a pixel`);
  return after;
}

/** The value whose shape a list of sizes was worked out from last: height and width stand at its end. */
function measured(sizes: string, operations: readonly Operation[]): string {
  const source = operations.find(({ outputs }) => outputs.includes(sizes));
  if (!source) return '';
  if (source.type === 'Shape') return source.inputs[0];
  for (const input of source.inputs.toReversed()) {
    const found = measured(input, operations);
    if (found) return found;
  }
  return '';
}
