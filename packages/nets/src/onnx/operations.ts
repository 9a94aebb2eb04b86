import {
  activate,
  convolve,
  convolveTransposed,
  pool,
  resizeBilinear,
  wholeNumbers,
} from './convolution.ts';
import type { GraphWriter } from './graph-writer.ts';
import { numberOf, numbersOf, type TfNode, typeOf } from './read-graph.ts';
import { stridedSlice } from './slice.ts';

/** Adds what a node does to the graph, and says which values are its outputs. */
type Translation = (graph: GraphWriter, node: TfNode) => string | readonly string[];

/** ONNX's numbers of its element types. */
const TYPES: Readonly<Record<string, number>> = { DT_FLOAT: 1, DT_INT32: 7, DT_BOOL: 9 };

const inputOf = (graph: GraphWriter, node: TfNode): string => graph.value((node.input ?? [])[0]);

const inputs = (graph: GraphWriter, node: TfNode): string[] => (node.input ?? []).map(graph.value);

/** An operation that both sides know, whatever they call it. */
const same =
  (type: string): Translation =>
  (graph, node) =>
    graph.add(type, inputs(graph, node));

/** The axis that an operation's last input names. */
const axisOf = (graph: GraphWriter, node: TfNode): number =>
  wholeNumbers(graph, (node.input ?? []).at(-1) ?? '')[0];

/** How each of TensorFlow's operations is said in ONNX. Whole numbers have 64 bits everywhere. */
export const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  Identity: (graph, node) => inputOf(graph, node),
  Conv2D: (graph, node) => convolve(graph, node, false),
  _FusedConv2D: (graph, node) => convolve(graph, node, false),
  DepthwiseConv2dNative: (graph, node) => convolve(graph, node, true),
  FusedDepthwiseConv2dNative: (graph, node) => convolve(graph, node, true),
  Conv2DBackpropInput: convolveTransposed,
  MaxPool: (graph, node) => pool(graph, node, 'MaxPool'),
  AvgPool: (graph, node) => pool(graph, node, 'AveragePool'),
  ResizeBilinear: resizeBilinear,
  StridedSlice: stridedSlice,

  Relu: (graph, node) => activate(graph, 'Relu', inputOf(graph, node)),
  Relu6: (graph, node) => activate(graph, 'Relu6', inputOf(graph, node)),
  Sigmoid: (graph, node) => activate(graph, 'Sigmoid', inputOf(graph, node)),
  Prelu: same('PRelu'),

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
    graph.add('Cast', inputs(graph, node), { to: TYPES[typeOf(node, 'DstT')] }),

  Shape: same('Shape'),
  Size: same('Size'),
  Reshape: same('Reshape'),
  Tile: same('Tile'),
  Range: same('Range'),
  GatherNd: same('GatherND'),
  Fill(graph, node) {
    const [shape, value] = inputs(graph, node);
    return graph.add('Expand', [value, shape]);
  },
  Pad(graph, node) {
    const [input, paddings] = node.input ?? [];
    const pairs = wholeNumbers(graph, paddings);
    const before = pairs.filter((_, i) => i % 2 === 0);
    const after = pairs.filter((_, i) => i % 2 === 1);
    return graph.add('Pad', [graph.value(input), [...before, ...after]]);
  },
  Squeeze: (graph, node) =>
    graph.add('Squeeze', [...inputs(graph, node), numbersOf(node, 'squeeze_dims')]),
  ExpandDims: (graph, node) =>
    graph.add('Unsqueeze', [inputOf(graph, node), [axisOf(graph, node)]]),
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
    const [axis, value] = node.input ?? [];
    const attributes = { axis: wholeNumbers(graph, axis)[0] };
    return graph.addMany('Split', [graph.value(value)], attributes, numberOf(node, 'num_split'));
  },
  Max: (graph, node) =>
    graph.add('ReduceMax', [inputOf(graph, node)], { axes: axesOf(graph, node), keepdims: 0 }),
  Sum: (graph, node) =>
    graph.add('ReduceSum', [inputOf(graph, node), axesOf(graph, node)], { keepdims: 0 }),
  ArgMax: (graph, node) =>
    graph.add('ArgMax', [inputOf(graph, node)], { axis: axisOf(graph, node), keepdims: 0 }),
  TopKV2(graph, node) {
    const [input, count] = node.input ?? [];
    return graph.addMany('TopK', [graph.value(input), wholeNumbers(graph, count)], {}, 2);
  },
};

const axesOf = (graph: GraphWriter, node: TfNode): number[] =>
  wholeNumbers(graph, (node.input ?? [])[1]);
