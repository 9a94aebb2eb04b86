import type { TfModel, TfNode } from '../src/onnx/read-graph.ts';
import { translate } from '../src/onnx/translate.ts';
import { openSession } from '../src/session.ts';

export interface Weight {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype?: 'int32';
  /** Whole numbers, of which each stands for `scale` times itself and `min`. */
  readonly quantization?: {
    readonly dtype: 'uint8' | 'uint16';
    readonly scale: number;
    readonly min: number;
  };
}

const LISTS = {
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
} as const;

export const list = (...numbers: number[]): { list: { i: string[] } } => ({
  list: { i: numbers.map(String) },
});
export const text = (value: string): { s: string } => ({
  s: Buffer.from(value).toString('base64'),
});

/** Carries out a graph of TensorFlow.js on numbers of `shape`; its last node is the answer. */
export async function carryOut(
  nodes: readonly TfNode[],
  weights: Readonly<Record<string, Weight>>,
  shape: readonly number[],
  input: readonly number[],
): Promise<number[]> {
  const bytes = Object.values(weights).flatMap(({ values, dtype, quantization }) => [
    ...new Uint8Array(LISTS[quantization?.dtype ?? dtype ?? 'float32'].from(values).buffer),
  ]);
  const model: TfModel = {
    modelTopology: { node: [{ name: 'x', op: 'Placeholder' }, ...nodes] },
    weightsManifest: [
      {
        paths: [],
        weights: Object.entries(weights).map(([name, weight]) => ({
          name,
          shape: weight.shape,
          dtype: weight.dtype ?? 'float32',
          ...(weight.quantization && { quantization: weight.quantization }),
        })),
      },
    ],
  };
  const outputs = [nodes[nodes.length - 1].name];
  const session = await openSession({
    model: translate(model, Uint8Array.from(bytes), { shape, outputs }),
    shape,
    outputs: 1,
    threads: 1,
  });
  const [answer] = await session.run(Float32Array.from(input));
  await session.close();
  return [...answer];
}
