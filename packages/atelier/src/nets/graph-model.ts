import { loadGraph, type Net, type TfModel } from '@toile/nets';
import { readModelFile } from './files.ts';

/** A net of which a file in the models folder tells how to read it. */
export interface Graph {
  /** File name in the models folder, without suffix. */
  readonly file: string;
  /** Side of the picture, pixels. */
  readonly size: number;
  readonly outputs: readonly string[];
}

/** Loads a graph model from disk; it then runs on one picture of height × width × 3 numbers at a time. */
export async function loadGraphFile({ file, ...rest }: Graph, threads: number): Promise<Net> {
  const description: TfModel = JSON.parse((await readModelFile(`${file}.json`)).toString());
  const paths = description.weightsManifest.flatMap((group) => group.paths);
  const files = await Promise.all(paths.map(readModelFile));
  const weights = files.length === 1 ? files[0] : Buffer.concat(files);
  return await loadGraph({ description, weights, ...rest, threads });
}
