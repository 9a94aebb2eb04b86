import { loadNet } from './load-net.ts';
import type { TfModel } from './onnx/read-graph.ts';
import { translate } from './onnx/translate.ts';
import type { Net } from './session.ts';

/** A net as its TensorFlow.js model file describes it: from one square colour picture to some of its outputs. */
export interface GraphSource {
  readonly description: TfModel;
  /** The bytes of all weight files, one after the other; given back when the net is loaded. */
  readonly weights: Uint8Array<ArrayBuffer>;
  /** Side of the picture, pixels. */
  readonly size: number;
  readonly outputs: readonly string[];
  /** Threads that one run may use. */
  readonly threads: number;
}

/** Loads a graph of TensorFlow.js; it then runs on one picture of height × width × 3 numbers at a time. */
export async function loadGraph(source: GraphSource): Promise<Net> {
  const { description, weights, size, outputs, threads } = source;
  const shape = [1, size, size, 3];
  return await loadNet({
    files: [weights],
    write: () => translate(description, weights, { shape, outputs }),
    shape,
    outputs: outputs.length,
    threads,
  });
}
