import { copyBytes } from '@toile/memory';
import type { Constant } from './write-model.ts';

/** One operation of a TensorFlow graph, as a `model.json` of TensorFlow.js holds it. */
export interface TfNode {
  readonly name: string;
  readonly op: string;
  /** Names of other nodes, `:1` and so on for their further outputs. */
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, TfAttribute>>;
}

/** Text is in base64, whole numbers are in decimal. */
interface TfAttribute {
  readonly s?: string;
  readonly i?: string | number;
  readonly b?: boolean;
  readonly type?: string;
  readonly list?: { readonly s?: readonly string[]; readonly i?: readonly (string | number)[] };
}

interface TfWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string };
}

/** The parts of a `model.json` that are read here. */
export interface TfModel {
  readonly modelTopology: { readonly node: readonly TfNode[] };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly TfWeight[];
  }[];
}

export const textOf = (node: TfNode, name: string): string =>
  decode(attributeOf(node, name).s ?? '');

export const typeOf = (node: TfNode, name: string): string => attributeOf(node, name).type ?? '';

export const numberOf = (node: TfNode, name: string): number => Number(attributeOf(node, name).i);

export const numbersOf = (node: TfNode, name: string): number[] =>
  (attributeOf(node, name).list?.i ?? []).map(Number);

export const textsOf = (node: TfNode, name: string): string[] =>
  (node.attr?.[name]?.list?.s ?? []).map(decode);

/** A switch that is off when the node does not name it. */
export const isOn = (node: TfNode, name: string): boolean => node.attr?.[name]?.b ?? false;

/** The places that are set in a mask. */
export const bitsOf = (node: TfNode, name: string): ((place: number) => boolean) => {
  const mask = numberOf(node, name);
  return (place) => ((mask >> place) & 1) === 1;
};

function attributeOf(node: TfNode, name: string): TfAttribute {
  const attribute = node.attr?.[name];
  if (!attribute) throw new Error(`${node.op} ${node.name} has no ${name}`);
  return attribute;
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString();

/** The weights by name, cut from the bytes of the weight files. Halves stay halves, whole numbers get 64 bits. */
export function readWeights(model: TfModel, bytes: Uint8Array<ArrayBuffer>): Map<string, Constant> {
  const weights = new Map<string, Constant>();
  let start = 0;
  for (const weight of model.weightsManifest.flatMap((group) => group.weights)) {
    const count = weight.shape.reduce((product, length) => product * length, 1);
    const stored = weight.quantization?.dtype ?? weight.dtype;
    const size = stored === 'float16' ? 2 : 4;
    const part = copyBytes(bytes.subarray(start, (start += count * size))).buffer;
    weights.set(weight.name, constantOf(weight, stored, part));
  }
  return weights;
}

function constantOf({ name, shape }: TfWeight, stored: string, part: ArrayBuffer): Constant {
  switch (stored) {
    case 'float16':
      return { type: 'float16', shape, values: new Uint16Array(part) };
    case 'float32':
      return { type: 'float32', shape, values: new Float32Array(part) };
    case 'int32':
      return { type: 'int64', shape, values: BigInt64Array.from(new Int32Array(part), BigInt) };
    default:
      throw new Error(`weight ${name} is stored as ${stored}`);
  }
}
