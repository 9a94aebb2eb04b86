import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { dispose, type io, type Tensor, tensor4d } from '@tensorflow/tfjs-core';
import { readModelFile } from './files.ts';
import type { LoadedNet } from './load-nets.ts';

/** A net as its model file describes it: from one square colour picture to some of its outputs. */
export interface Graph {
  /** File name in the models folder, without suffix. */
  readonly file: string;
  /** Side of the picture, pixels. */
  readonly size: number;
  readonly dtype?: 'float32' | 'int32';
  readonly outputs: readonly string[];
}

/** Loads a graph model from disk; it then runs on one picture of height × width × 3 numbers at a time. */
export async function loadGraph({
  file,
  size,
  dtype = 'float32',
  outputs,
}: Graph): Promise<LoadedNet> {
  const artifacts = await readArtifacts(file);
  const model = await loadGraphModel({ load: () => Promise.resolve(artifacts) });
  // The backend has its own copy by now, and the model holds on to this one.
  delete artifacts.weightData;
  return {
    async run(pixels) {
      const input = tensor4d(pixels, [1, size, size, 3], dtype);
      let results: readonly Tensor[] = [];
      try {
        const result = model.execute(input, [...outputs]);
        results = Array.isArray(result) ? result : [result];
        return await Promise.all(results.map(async (one) => Float32Array.from(await one.data())));
      } finally {
        input.dispose();
        dispose([...results]);
      }
    },
    close() {
      model.dispose();
      return Promise.resolve();
    },
  };
}

async function readArtifacts(name: string): Promise<io.ModelArtifacts> {
  const description: io.ModelJSON = JSON.parse((await readModelFile(`${name}.json`)).toString());
  const paths = description.weightsManifest.flatMap((group) => group.paths);
  const weights = Buffer.concat(await Promise.all(paths.map(readModelFile)));
  return {
    modelTopology: description.modelTopology,
    weightSpecs: description.weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
  };
}
