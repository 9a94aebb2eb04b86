import type { Constant, OnnxModel, Operation } from './write-model.ts';

type Weights = Extract<Constant, { type: 'float32' }>;

/**
 * Convolves what would be joined by channels only to be convolved, each part by its own half of the weights, and adds the
 * answers: convolution is linear, and the joined copy of both need not be made. The runtime adds while it convolves.
 */
export function splitConcats(model: OnnxModel): OnnxModel {
  const constants = new Map(model.constants);
  const joins = new Map(
    model.operations
      .filter((operation) => isJoinOfTwo(operation) && isOnlyConvolved(operation, model))
      .map((join) => [join.outputs[0], join]),
  );
  const operations = model.operations.flatMap((operation) => {
    const join = joins.get(operation.inputs[0]);
    if (join) return convolveApart(operation, join, constants, model);
    return joins.has(operation.outputs[0]) ? [] : [operation];
  });
  return { ...model, operations, constants };
}

const isJoinOfTwo = ({ type, inputs, attributes }: Operation): boolean =>
  type === 'Concat' && inputs.length === 2 && attributes['axis'] === 1;

function isOnlyConvolved({ outputs }: Operation, model: OnnxModel): boolean {
  const [joined] = outputs;
  const users = model.operations.filter(({ inputs }) => inputs.includes(joined));
  if (users.length !== 1 || model.outputs.includes(joined)) return false;
  const [{ type, attributes }] = users;
  return type === 'Conv' && (attributes['group'] ?? 1) === 1;
}

/** The part that was there earlier goes last, so that its answer is added in place. */
function convolveApart(
  convolution: Operation,
  join: Operation,
  constants: Map<string, Constant>,
  model: OnnxModel,
): readonly Operation[] {
  const [, name, ...bias] = convolution.inputs;
  const [output] = convolution.outputs;
  const weights = constants.get(name);
  if (weights?.type !== 'float32') throw new Error(`convolution ${output} has no weights`);
  const [first, second] = join.inputs;
  const split = channelsOf(first, model);
  const all = weights.shape[1];
  constants.delete(name);
  constants.set(`${name}-first`, channels(weights, 0, split));
  constants.set(`${name}-second`, channels(weights, split, all));
  const part = (input: string, half: string, rest: readonly string[]): Operation => ({
    ...convolution,
    inputs: [input, `${name}-${half}`, ...rest],
    outputs: [`${output}-${half}`],
  });
  return [
    part(second, 'second', []),
    part(first, 'first', bias),
    {
      type: 'Add',
      inputs: [`${output}-first`, `${output}-second`],
      outputs: [output],
      attributes: {},
    },
  ];
}

/** Weights of output × input × height × width for some of the input's channels. */
function channels({ shape, values }: Weights, from: number, to: number): Weights {
  const [outputs, inputs, height, width] = shape;
  const area = height * width;
  const part = new Float32Array(outputs * (to - from) * area);
  for (let o = 0; o < outputs; o++) {
    const start = o * inputs;
    part.set(values.subarray((start + from) * area, (start + to) * area), o * (to - from) * area);
  }
  return { type: 'float32', shape: [outputs, to - from, height, width], values: part };
}

/** How many channels a value has: as many as the convolution that it comes from has outputs. */
function channelsOf(value: string, { operations, constants }: OnnxModel): number {
  let name = value;
  for (;;) {
    const source = operations.find(({ outputs }) => outputs.includes(name));
    if (!source) throw new Error(`nobody knows how many channels ${value} has`);
    if (source.type === 'Conv') return constants.get(source.inputs[1])?.shape[0] ?? 0;
    [name] = source.inputs;
  }
}
