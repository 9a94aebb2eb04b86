import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { dispose, type io, type Tensor, tensor4d } from '@tensorflow/tfjs-core';
import { readModelFile } from './files.ts';

/** A graph model that is read from disk on first use. */
export interface LazyModel {
  /** Runs on one square picture (height × width × 3 floats) and returns the outputs asked for, in that order. */
  run(
    pixels: Float32Array,
    height: number,
    width: number,
    outputs: readonly string[],
  ): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

export interface LazyModelOptions {
  /** File name in the models folder, without suffix. */
  readonly name: string;
  /** Makes the backend ready; every model waits for the same promise. */
  readonly ready: () => Promise<void>;
  readonly dtype?: 'float32' | 'int32';
}

export function lazyModel({ name, ready, dtype = 'float32' }: LazyModelOptions): LazyModel {
  let loading: Promise<GraphModel> | undefined;
  const load = async (): Promise<GraphModel> => {
    await ready();
    return await loadGraphModel({ load: () => readArtifacts(name) });
  };
  return {
    async run(pixels, height, width, outputs) {
      loading ??= load();
      const model = await loading;
      const input = tensor4d(pixels, [1, height, width, 3], dtype);
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
    async close() {
      const model = await loading;
      loading = undefined;
      model?.dispose();
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
