import { giveBack, inRegion } from '../pixels/memory.ts';
import { readModelFile } from './files.ts';
import type { LoadedNet } from './load-nets.ts';
import type { TfModel } from './onnx/read-graph.ts';
import { translate } from './onnx/translate.ts';
import { openSession } from './ort-session.ts';

/** A net as its TensorFlow.js model file describes it: from one square colour picture to some of its outputs. */
export interface Graph {
  /** File name in the models folder, without suffix. */
  readonly file: string;
  /** Side of the picture, pixels. */
  readonly size: number;
  readonly outputs: readonly string[];
}

/** Loads a graph model from disk; it then runs on one picture of height × width × 3 numbers at a time. */
export async function loadGraph(
  { file, size, outputs }: Graph,
  threads: number,
): Promise<LoadedNet> {
  const description: TfModel = JSON.parse((await readModelFile(`${file}.json`)).toString());
  const paths = description.weightsManifest.flatMap((group) => group.paths);
  const files = await Promise.all(paths.map(readModelFile));
  const weights = files.length === 1 ? files[0] : Buffer.concat(files);
  const shape = [1, size, size, 3];
  const model = inRegion(() => translate(description, weights, { shape, outputs }));
  try {
    return await openSession({ model, shape, outputs: outputs.length, threads });
  } finally {
    // A thread that does little else would hold on to several times the net's size until it collects its garbage.
    giveBack(weights, model);
  }
}
