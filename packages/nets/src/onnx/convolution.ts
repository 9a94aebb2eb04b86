import type { GraphWriter } from './graph-writer.ts';
import { inputOf, isOn, numbersOf, type TfNode, textOf, textsOf } from './read-graph.ts';
import { reorder } from './reorder.ts';
import type { Attribute, Constant } from './write-model.ts';

/** From rows × columns × channels to channels first, as ONNX convolves, and back. */
const CHANNELS_FIRST = [0, 3, 1, 2];
const CHANNELS_LAST = [0, 2, 3, 1];

/**
 * Carries an operation out with the channels first. The pairs of transpositions between such operations cancel each other
 * when the net is loaded.
 */
export function withChannelsFirst(
  graph: GraphWriter,
  value: string,
  work: (value: string) => string,
): string {
  const first = graph.add('Transpose', [value], { perm: CHANNELS_FIRST });
  return graph.add('Transpose', [work(first)], { perm: CHANNELS_LAST });
}

/** Conv2D and its relatives, with the bias and the activations that may be fused into it. */
export function convolve(graph: GraphWriter, node: TfNode, depthwise: boolean): string {
  const filter = weightOf(graph, inputOf(node, 1));
  const [height = 1, width = 1, channels = 1, multiple = 1] = filter.shape;
  const weights = depthwise
    ? { ...reorder(filter, [2, 3, 0, 1]), shape: [channels * multiple, 1, height, width] }
    : reorder(filter, [3, 2, 0, 1]);
  const attributes = {
    ...windowOf(node),
    dilations: inner(numbersOf(node, 'dilations')),
    group: depthwise ? channels : 1,
  };
  const { bias, activation } = fusedSteps(node);
  const operands = [graph.keep(weights), ...(bias ? [graph.value(inputOf(node, 2))] : [])];
  return withChannelsFirst(graph, graph.value(inputOf(node, 0)), (first) => {
    const result = graph.add('Conv', [first, ...operands], attributes);
    if (activation !== 'Prelu') return activate(graph, activation, result);
    return graph.add('PRelu', [result, keepChannelsFirst(graph, inputOf(node, 3))]);
  });
}

/** MatMul, with the bias and the activation that may be fused into it. */
export function multiply(graph: GraphWriter, node: TfNode): string {
  const { bias, activation } = fusedSteps(node);
  const factors = [graph.value(inputOf(node, 0)), graph.value(inputOf(node, 1))];
  const result = graph.add('Gemm', [...factors, ...(bias ? [graph.value(inputOf(node, 2))] : [])], {
    transA: isOn(node, 'transpose_a') ? 1 : 0,
    transB: isOn(node, 'transpose_b') ? 1 : 0,
  });
  return activate(graph, activation, result);
}

/** Whether a bias is added, and which activation follows. */
function fusedSteps(node: TfNode): {
  readonly bias: boolean;
  readonly activation: string | undefined;
} {
  const [first, second] = textsOf(node, 'fused_ops');
  const bias = first === 'BiasAdd';
  return { bias, activation: bias ? second : first };
}

/** One number a channel, where the channels come before rows and columns. */
function keepChannelsFirst(graph: GraphWriter, name: string): string {
  const slopes = weightOf(graph, name);
  return graph.keep({ ...slopes, shape: [slopes.values.length, 1, 1] });
}

/** Conv2DBackpropInput, the transposed convolution. */
export function convolveTransposed(graph: GraphWriter, node: TfNode): string {
  const weights = graph.keep(reorder(weightOf(graph, inputOf(node, 1)), [3, 2, 0, 1]));
  const sizes = wholeNumbers(graph, inputOf(node, 0));
  const attributes = { ...windowOf(node), output_shape: inner(sizes) };
  return withChannelsFirst(graph, graph.value(inputOf(node, 2)), (first) =>
    graph.add('ConvTranspose', [first, weights], attributes),
  );
}

/** MaxPool or AvgPool. */
export function pool(graph: GraphWriter, node: TfNode, type: 'MaxPool' | 'AveragePool'): string {
  const attributes = { ...windowOf(node), kernel_shape: inner(numbersOf(node, 'ksize')) };
  return withChannelsFirst(graph, graph.value(inputOf(node, 0)), (first) =>
    graph.add(type, [first], attributes),
  );
}

/** ResizeBilinear to a size of rows and columns. */
export function resizeBilinear(graph: GraphWriter, node: TfNode): string {
  const places = isOn(node, 'half_pixel_centers') ? 'half_pixel' : 'asymmetric';
  const attributes = {
    mode: 'linear',
    coordinate_transformation_mode: isOn(node, 'align_corners') ? 'align_corners' : places,
  };
  return resize(graph, graph.value(inputOf(node, 0)), graph.value(inputOf(node, 1)), attributes);
}

/** Brings a picture to other rows and columns. */
export function resize(
  graph: GraphWriter,
  picture: string,
  size: string,
  attributes: Record<string, Attribute>,
): string {
  return withChannelsFirst(graph, picture, (first) => {
    const kept = graph.add('Slice', [graph.add('Shape', [first]), [0], [2]]);
    const sizes = graph.add('Concat', [kept, size], { axis: 0 });
    return graph.add('Resize', [first, '', '', sizes], attributes);
  });
}

/** Relu, Relu6 or Sigmoid of a value in any layout; the value itself where no activation follows. */
export function activate(graph: GraphWriter, name: string | undefined, value: string): string {
  switch (name) {
    case undefined:
      return value;
    case 'Relu':
    case 'Sigmoid':
      return graph.add(name, [value]);
    case 'Relu6':
      return graph.add('Clip', [value, keepFloat(graph, 0), keepFloat(graph, 6)]);
    default:
      throw new Error(`the activation ${name} is not translated`);
  }
}

/** The numbers of a constant that decides how the graph is built. */
export function wholeNumbers(graph: GraphWriter, name: string): number[] {
  const constant = graph.known(name);
  if (constant?.type !== 'int64') throw new Error(`${name} is not known when the graph is read`);
  return Array.from(constant.values, Number);
}

/** The one number of such a constant. */
export function wholeNumber(graph: GraphWriter, name: string): number {
  const [number] = wholeNumbers(graph, name);
  if (number === undefined) throw new Error(`${name} holds no number`);
  return number;
}

const keepFloat = (graph: GraphWriter, value: number): string =>
  graph.keep({ type: 'float32', shape: [], values: Float32Array.of(value) });

/** The weight of a name. */
export function weightOf(graph: GraphWriter, name: string): Constant {
  const weight = graph.known(name);
  if (!weight) throw new Error(`${name} is not among the weights`);
  return weight;
}

/** Strides and padding. TensorFlow pads the side that follows when the padding is odd. */
function windowOf(node: TfNode): Record<string, Attribute> {
  return {
    strides: inner(numbersOf(node, 'strides')),
    auto_pad: textOf(node, 'padding') === 'SAME' ? 'SAME_UPPER' : 'VALID',
  };
}

/** Rows and columns of a list for batch, rows, columns, channels. */
const inner = (numbers: readonly number[]): number[] => numbers.slice(1, 3);
