import {
  activate,
  resize,
  weightOf,
  wholeNumbers,
  withChannelsFirst,
} from '../onnx/convolution.ts';
import { openGraph, type GraphWriter } from '../onnx/graph-writer.ts';
import { reorder } from '../onnx/reorder.ts';
import { type Attribute, type Constant, writeModel } from '../onnx/write-model.ts';
import { type LiteModel, type LiteOperation, type LiteTensor, readLite } from './read-lite.ts';

/** Writes a net of a TensorFlow Lite file as an ONNX file. Only operations that the nets here use are known; another one throws. */
export function translateLite(file: Uint8Array): Uint8Array {
  const model = readLite(file);
  const graph = openGraph(weightsOf(model));
  const [input] = model.inputs;
  graph.name(nameOf(input), 'picture');
  for (const operation of model.operations) {
    const translation = TRANSLATIONS[operation.code];
    if (!translation) throw new Error(`the operation ${operation.code} is not translated`);
    const inputs = operation.inputs.map((tensor) => (tensor < 0 ? '' : nameOf(tensor)));
    const value = translation({ graph, operation, inputs });
    graph.name(nameOf(operation.outputs[0]), value);
  }
  const { shape } = model.tensors[input];
  const outputs = model.outputs.map((tensor) => graph.value(nameOf(tensor)));
  return writeModel(graph.finish({ name: 'picture', shape }, outputs));
}

const nameOf = (tensor: number): string => `t${tensor}`;

function weightsOf({ tensors }: LiteModel): Map<string, Constant> {
  const weights = new Map<string, Constant>();
  tensors.forEach((tensor, i) => {
    if (tensor.bytes) weights.set(nameOf(i), constantOf(tensor, tensor.bytes));
  });
  return weights;
}

/** Numbers of a tensor, whose bytes need not begin at a multiple of four. */
function constantOf({ shape, type }: LiteTensor, bytes: Uint8Array): Constant {
  const { buffer } = Uint8Array.from(bytes);
  return type === 'float32'
    ? { type, shape, values: new Float32Array(buffer) }
    : { type: 'int64', shape, values: BigInt64Array.from(new Int32Array(buffer), BigInt) };
}

interface Step {
  readonly graph: GraphWriter;
  readonly operation: LiteOperation;
  /** Names of the tensors that go in, empty where one is left out. */
  readonly inputs: readonly string[];
}

/** How each operation of TensorFlow Lite is said in ONNX, by its number in the schema's BuiltinOperator. */
const TRANSLATIONS: Readonly<Record<number, (step: Step) => string>> = {
  /** ADD */
  0: (step) => activated(step, 0, step.graph.add('Add', valuesOf(step))),
  /** CONV_2D, whose weights are outputs × rows × columns × inputs. */
  3: (step) => activated(step, 3, convolve(step, [0, 3, 1, 2])),
  /** DEPTHWISE_CONV_2D, whose weights are 1 × rows × columns × channels. */
  4: (step) => activated(step, 4, convolve(step, [3, 0, 1, 2])),
  /** MUL */
  18: (step) => activated(step, 0, step.graph.add('Mul', valuesOf(step))),
  /** RESHAPE */
  22: (step) => step.graph.add('Reshape', valuesOf(step)),
  /** RESIZE_BILINEAR */
  23: (step) => resized(step, 'linear', { corners: 2, centres: 3 }),
  /** SOFTMAX */
  25: (step) => step.graph.add('Softmax', valuesOf(step), { axis: -1 }),
  /** TRANSPOSE */
  39: ({ graph, inputs: [value, order] }) =>
    graph.add('Transpose', [graph.value(value)], { perm: wholeNumbers(graph, order) }),
  /** TRANSPOSE_CONV */
  67: (step) => activated(step, 3, convolveTransposed(step)),
  /** SUM */
  74: ({ graph, operation, inputs: [value, axes] }) =>
    graph.add('ReduceSum', [graph.value(value), wholeNumbers(graph, axes)], {
      keepdims: operation.byte(0),
    }),
  /** RESIZE_NEAREST_NEIGHBOR */
  97: (step) => resized(step, 'nearest', { corners: 0, centres: 1 }),
};

const valuesOf = ({ graph, inputs }: Step): string[] => inputs.map(graph.value);

/** Names of ActivationFunctionType by number. */
const ACTIVATIONS: Readonly<Record<number, string>> = { 1: 'Relu', 3: 'Relu6' };

/** The activation that is fused into an operation, at a field of its options. */
function activated({ graph, operation }: Step, field: number, value: string): string {
  const number = operation.byte(field);
  if (number === 0) return value;
  return activate(graph, ACTIVATIONS[number] ?? `number ${number}`, value);
}

/** CONV_2D and DEPTHWISE_CONV_2D; `order` brings the weights into that of ONNX. */
function convolve({ graph, operation, inputs }: Step, order: readonly number[]): string {
  const [value, filter, bias] = inputs;
  const weights = reorder(weightOf(graph, filter), order);
  const depthwise = order[0] === 3;
  const attributes = {
    ...windowOf(operation),
    // The depthwise operator has its multiplier before the dilations.
    dilations: depthwise
      ? [operation.int(6, 1), operation.int(5, 1)]
      : [operation.int(5, 1), operation.int(4, 1)],
    group: depthwise ? weights.shape[0] : 1,
  };
  const operands = [graph.keep(weights), graph.value(bias)];
  return withChannelsFirst(graph, graph.value(value), (first) =>
    graph.add('Conv', [first, ...operands], attributes),
  );
}

function convolveTransposed({ graph, operation, inputs }: Step): string {
  const [size, filter, value, bias] = inputs;
  const weights = graph.keep(reorder(weightOf(graph, filter), [3, 0, 1, 2]));
  const attributes = {
    ...windowOf(operation),
    output_shape: wholeNumbers(graph, size).slice(1, 3),
  };
  return withChannelsFirst(graph, graph.value(value), (first) =>
    graph.add('ConvTranspose', [first, weights, graph.value(bias)], attributes),
  );
}

/** Padding and strides, which all convolutions have in the same fields. */
const windowOf = (operation: LiteOperation): Record<string, Attribute> => ({
  auto_pad: operation.byte(0) === 0 ? 'SAME_UPPER' : 'VALID',
  strides: [operation.int(2, 1), operation.int(1, 1)],
});

function resized(
  { graph, operation, inputs: [value, size] }: Step,
  mode: 'linear' | 'nearest',
  fields: { readonly corners: number; readonly centres: number },
): string {
  const places = operation.byte(fields.centres) === 0 ? 'asymmetric' : 'half_pixel';
  return resize(graph, graph.value(value), graph.value(size), {
    mode,
    coordinate_transformation_mode: operation.byte(fields.corners) === 0 ? places : 'align_corners',
    // With half a pixel taken off, what was cut off is what is rounded.
    ...(mode === 'nearest' && {
      nearest_mode: places === 'half_pixel' ? 'round_prefer_ceil' : 'floor',
    }),
  });
}
