import { copyBytes, floats } from '@toile/memory';
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

/** How the numbers of a weight are stored: as halves, or as whole numbers of which each stands for `scale` times itself and `min`. */
interface TfQuantization {
  readonly dtype: string;
  readonly scale?: number;
  readonly min?: number;
}

interface TfWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: TfQuantization;
}

/** The parts of a `model.json` that are read here. */
export interface TfModel {
  readonly modelTopology: { readonly node: readonly TfNode[] };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly TfWeight[];
  }[];
}

/** Name of what goes into a node at a place. */
export function inputOf({ name, op, input = [] }: TfNode, place: number): string {
  const found = input.at(place);
  if (found === undefined) throw new Error(`${op} ${name} has no input ${place}`);
  return found;
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

/** Bytes of a number, by how it is stored. */
const SIZES: Readonly<Record<string, number>> = {
  float16: 2,
  float32: 4,
  int32: 4,
  uint8: 1,
  uint16: 2,
};

/**
 * The weights by name, cut from the bytes of the weight files. Halves stay halves, whole numbers get 64 bits, and numbers that
 * were quantised are floats again.
 */
export function readWeights(model: TfModel, bytes: Uint8Array<ArrayBuffer>): Map<string, Constant> {
  const weights = new Map<string, Constant>();
  let start = 0;
  for (const weight of model.weightsManifest.flatMap((group) => group.weights)) {
    const count = weight.shape.reduce((product, length) => product * length, 1);
    const stored = weight.quantization?.dtype ?? weight.dtype;
    const size = SIZES[stored];
    if (size === undefined) throw new Error(`weight ${weight.name} is stored as ${stored}`);
    const part = copyBytes(bytes.subarray(start, (start += count * size))).buffer;
    weights.set(weight.name, constantOf(weight, stored, part));
  }
  return weights;
}

function constantOf(weight: TfWeight, stored: string, part: ArrayBuffer): Constant {
  const { shape } = weight;
  switch (stored) {
    case 'float16':
      return { type: 'float16', shape, values: new Uint16Array(part) };
    case 'float32':
      return { type: 'float32', shape, values: new Float32Array(part) };
    case 'int32':
      return { type: 'int64', shape, values: BigInt64Array.from(new Int32Array(part), BigInt) };
    case 'uint16':
      return { type: 'float32', shape, values: widened(new Uint16Array(part), weight) };
    default:
      return { type: 'float32', shape, values: widened(new Uint8Array(part), weight) };
  }
}

function widened(
  numbers: Uint8Array | Uint16Array,
  { name, dtype, quantization }: TfWeight,
): Float32Array {
  const { scale, min } = quantization ?? {};
  if (dtype !== 'float32' || scale === undefined || min === undefined) {
    throw new Error(`weight ${name} is of ${dtype}, and quantised in a way that is not known`);
  }
  const wide = floats(numbers.length);
  numbers.forEach((number, i) => {
    wide[i] = number * scale + min;
  });
  return wide;
}
