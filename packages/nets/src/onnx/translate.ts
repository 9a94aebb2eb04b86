import { openGraph } from './graph-writer.ts';
import { TRANSLATIONS } from './operations.ts';
import { readWeights, type TfModel, type TfNode } from './read-graph.ts';
import { type OnnxModel, writeModel } from './write-model.ts';

export interface Wanted {
  /** Lengths of the one input: batch, rows, columns, channels. */
  readonly shape: readonly number[];
  /** Names of nodes whose values are the answer. */
  readonly outputs: readonly string[];
}

/**
 * Writes a graph of TensorFlow.js as an ONNX file, so that one native runtime carries all nets out. Only operations that the
 * nets here use are known; another one throws. Whole numbers at the input are taken as floats.
 */
export function translate(
  model: TfModel,
  bytes: Uint8Array<ArrayBuffer>,
  wanted: Wanted,
): Uint8Array {
  return writeModel(translateGraph(model, bytes, wanted));
}

function translateGraph(
  model: TfModel,
  bytes: Uint8Array<ArrayBuffer>,
  { shape, outputs }: Wanted,
): OnnxModel {
  const graph = openGraph(readWeights(model, bytes));
  const input = 'picture';
  for (const node of neededFor(outputs, model.modelTopology.node)) {
    if (node.op === 'Placeholder') {
      graph.name(node.name, input);
      continue;
    }
    const translation = TRANSLATIONS[node.op];
    if (!translation) throw new Error(`the operation ${node.op} is not translated`);
    const results = [translation(graph, node)].flat();
    results.forEach((value, i) => graph.name(i === 0 ? node.name : `${node.name}:${i}`, value));
  }
  return graph.finish({ name: input, shape }, outputs.map(graph.value));
}

/** The nodes that the wanted outputs are made of, without constants; in a file each node comes after its inputs. */
function neededFor(outputs: readonly string[], nodes: readonly TfNode[]): TfNode[] {
  const needed = new Set(outputs);
  const kept = nodes.toReversed().filter(({ name, op, input = [] }) => {
    if (!needed.has(name)) return false;
    for (const one of input) needed.add(one.replace(/:\d+$/, ''));
    return op !== 'Const';
  });
  return kept.toReversed();
}
