import {
  activate,
  convolve,
  convolveTransposed,
  multiply,
  pool,
  resizeBilinear,
  wholeNumber,
  wholeNumbers,
} from './convolution.ts';
import type { GraphWriter } from './graph-writer.ts';
import { inputOf, numberOf, numbersOf, type TfNode, typeOf } from './read-graph.ts';
import { stridedSlice } from './slice.ts';

/** Adds what a node does to the graph, and says which values are its outputs. */
type Translation = (graph: GraphWriter, node: TfNode) => string | readonly string[];

/** ONNX's numbers of its element types. */
const TYPES: Readonly<Record<string, number>> = { DT_FLOAT: 1, DT_INT32: 7, DT_BOOL: 9 };

function elementType(name: string): number {
  const type = TYPES[name];
  if (type === undefined) throw new Error(`numbers of the type ${name} are not translated`);
  return type;
}

const inputAt = (graph: GraphWriter, node: TfNode, place: number): string =>
  graph.value(inputOf(node, place));

const inputs = (graph: GraphWriter, node: TfNode): string[] => (node.input ?? []).map(graph.value);

/** An operation that both sides know, whatever they call it. */
const same =
  (type: string): Translation =>
  (graph, node) =>
    graph.add(type, inputs(graph, node));

/** The axis that an operation's last input names. */
const axisOf = (graph: GraphWriter, node: TfNode): number => wholeNumber(graph, inputOf(node, -1));

/** How each of TensorFlow's operations is said in ONNX. Whole numbers have 64 bits everywhere. */
export const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  Identity: (graph, node) => inputAt(graph, node, 0),
  Conv2D: (graph, node) => convolve(graph, node, false),
  _FusedConv2D: (graph, node) => convolve(graph, node, false),
  DepthwiseConv2dNative: (graph, node) => convolve(graph, node, true),
  FusedDepthwiseConv2dNative: (graph, node) => convolve(graph, node, true),
  Conv2DBackpropInput: convolveTransposed,
  _FusedMatMul: multiply,
  MaxPool: (graph, node) => pool(graph, node, 'MaxPool'),
  AvgPool: (graph, node) => pool(graph, node, 'AveragePool'),
  ResizeBilinear: resizeBilinear,
  StridedSlice: stridedSlice,

  Relu: (graph, node) => activate(graph, 'Relu', inputAt(graph, node, 0)),
  Relu6: (graph, node) => activate(graph, 'Relu6', inputAt(graph, node, 0)),
  Sigmoid: (graph, node) => activate(graph, 'Sigmoid', inputAt(graph, node, 0)),
  Prelu: same('PRelu'),
  Softmax: (graph, node) => graph.add('Softmax', inputs(graph, node), { axis: -1 }),

  Add: same('Add'),
  AddV2: same('Add'),
  AddN: same('Sum'),
  Sub: same('Sub'),
  Mul: same('Mul'),
  RealDiv: same('Div'),
  // Only indices are divided so, and they are not negative: what is cut off is what is rounded down.
  FloorDiv: same('Div'),
  Minimum: same('Min'),
  Maximum: same('Max'),
  Abs: same('Abs'),
  Exp: same('Exp'),
  Reciprocal: same('Reciprocal'),
  SquaredDifference(graph, node) {
    const difference = graph.add('Sub', inputs(graph, node));
    return graph.add('Mul', [difference, difference]);
  },
  Less: same('Less'),
  Greater: same('Greater'),
  GreaterEqual: same('GreaterOrEqual'),
  Equal: same('Equal'),
  LogicalAnd: same('And'),
  Select: same('Where'),
  Cast: (graph, node) =>
    graph.add('Cast', inputs(graph, node), { to: elementType(typeOf(node, 'DstT')) }),

  Shape: same('Shape'),
  Size: same('Size'),
  Reshape: same('Reshape'),
  Tile: same('Tile'),
  Range: same('Range'),
  GatherNd: same('GatherND'),
  Fill(graph, node) {
    return graph.add('Expand', [inputAt(graph, node, 1), inputAt(graph, node, 0)]);
  },
  Pad(graph, node) {
    const pairs = wholeNumbers(graph, inputOf(node, 1));
    const before = pairs.filter((_, i) => i % 2 === 0);
    const after = pairs.filter((_, i) => i % 2 === 1);
    return graph.add('Pad', [inputAt(graph, node, 0), [...before, ...after]]);
  },
  Squeeze: (graph, node) =>
    graph.add('Squeeze', [...inputs(graph, node), numbersOf(node, 'squeeze_dims')]),
  ExpandDims: (graph, node) =>
    graph.add('Unsqueeze', [inputAt(graph, node, 0), [axisOf(graph, node)]]),
  ConcatV2: (graph, node) =>
    graph.add('Concat', (node.input ?? []).slice(0, -1).map(graph.value), {
      axis: axisOf(graph, node),
    }),
  Pack(graph, node) {
    const axis = numberOf(node, 'axis');
    const parts = inputs(graph, node).map((value) => graph.add('Unsqueeze', [value, [axis]]));
    return graph.add('Concat', parts, { axis });
  },
  Unpack(graph, node) {
    const axis = numberOf(node, 'axis');
    const parts = graph.addMany('Split', inputs(graph, node), { axis }, numberOf(node, 'num'));
    return parts.map((part) => graph.add('Squeeze', [part, [axis]]));
  },
  Split(graph, node) {
    const attributes = { axis: wholeNumber(graph, inputOf(node, 0)) };
    const count = numberOf(node, 'num_split');
    return graph.addMany('Split', [inputAt(graph, node, 1)], attributes, count);
  },
  Max: (graph, node) =>
    graph.add('ReduceMax', [inputAt(graph, node, 0)], { axes: axesOf(graph, node), keepdims: 0 }),
  Sum: (graph, node) =>
    graph.add('ReduceSum', [inputAt(graph, node, 0), axesOf(graph, node)], { keepdims: 0 }),
  ArgMax: (graph, node) =>
    graph.add('ArgMax', [inputAt(graph, node, 0)], { axis: axisOf(graph, node), keepdims: 0 }),
  TopKV2(graph, node) {
    const count = wholeNumbers(graph, inputOf(node, 1));
    return graph.addMany('TopK', [inputAt(graph, node, 0), count], {}, 2);
  },
};

const axesOf = (graph: GraphWriter, node: TfNode): number[] =>
  wholeNumbers(graph, inputOf(node, 1));
