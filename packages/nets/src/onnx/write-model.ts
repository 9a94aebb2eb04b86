import Pbf from 'pbf';
import { bytes } from '@toile/memory';

/** Numbers that a model carries. Integers are 64 bits wide, as shapes and indices are in ONNX. */
export type Constant =
  | { readonly type: 'float16'; readonly shape: readonly number[]; readonly values: Uint16Array }
  | { readonly type: 'float32'; readonly shape: readonly number[]; readonly values: Float32Array }
  | { readonly type: 'int64'; readonly shape: readonly number[]; readonly values: BigInt64Array };

export type Attribute = number | string | readonly number[];

export interface Operation {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** A number or a list is whole numbers, text is text: the operators that are used know no others. */
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A net in the terms of ONNX: operations in the order in which they can be carried out. */
export interface OnnxModel {
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly outputs: readonly string[];
  readonly operations: readonly Operation[];
  readonly constants: ReadonlyMap<string, Constant>;
}

/** The operator set that the translation is written against. */
const OPERATOR_SET = 17;
const IR_VERSION = 8;
const FLOAT = 1;
const DATA_TYPES = { float32: FLOAT, int64: 7, float16: 10 } as const;
const ATTRIBUTE_TYPES = { int: 2, text: 3, ints: 7 } as const;

/** The bytes of an ONNX file. Field numbers are those of onnx.proto3. */
export function writeModel(model: OnnxModel): Uint8Array {
  const file = new Pbf(bytes(lengthOf(model)));
  file.writeVarintField(1, IR_VERSION);
  file.writeMessage(7, writeGraph, model);
  file.writeMessage(8, writeOperatorSet, OPERATOR_SET);
  return file.finish();
}

/** Bytes that the file needs at most, so that it is not copied as it grows. */
function lengthOf({ constants, operations }: OnnxModel): number {
  let length = OVERHEAD * (constants.size + operations.length);
  for (const { values } of constants.values()) length += values.byteLength;
  return length;
}

/** Names, shapes and attributes of one operation or constant, with room to spare; bytes. */
const OVERHEAD = 1024;

function writeOperatorSet(version: number, pbf: Pbf): void {
  pbf.writeVarintField(2, version);
}

function writeGraph(model: OnnxModel, pbf: Pbf): void {
  for (const operation of model.operations) pbf.writeMessage(1, writeOperation, operation);
  pbf.writeStringField(2, 'net');
  for (const named of model.constants) pbf.writeMessage(5, writeConstant, named);
  pbf.writeMessage(11, writePort, model.input);
  for (const name of model.outputs) pbf.writeMessage(12, writePort, { name });
}

function writeOperation(operation: Operation, pbf: Pbf): void {
  for (const name of operation.inputs) pbf.writeStringField(1, name);
  for (const name of operation.outputs) pbf.writeStringField(2, name);
  pbf.writeStringField(4, operation.type);
  for (const named of Object.entries(operation.attributes)) {
    pbf.writeMessage(5, writeAttribute, named);
  }
}

function writeAttribute([name, value]: [string, Attribute], pbf: Pbf): void {
  pbf.writeStringField(1, name);
  if (typeof value === 'number') {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, ATTRIBUTE_TYPES.int);
  } else if (typeof value === 'string') {
    pbf.writeBytesField(4, Buffer.from(value));
    pbf.writeVarintField(20, ATTRIBUTE_TYPES.text);
  } else {
    for (const one of value) pbf.writeVarintField(8, one);
    pbf.writeVarintField(20, ATTRIBUTE_TYPES.ints);
  }
}

function writeConstant([name, { type, shape, values }]: [string, Constant], pbf: Pbf): void {
  for (const length of shape) pbf.writeVarintField(1, length);
  pbf.writeVarintField(2, DATA_TYPES[type]);
  pbf.writeStringField(8, name);
  pbf.writeBytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

interface Port {
  readonly name: string;
  readonly shape?: readonly number[];
}

/** Inputs and outputs are floats; the shape of an output is left to whoever runs the model. */
function writePort(port: Port, pbf: Pbf): void {
  pbf.writeStringField(1, port.name);
  pbf.writeMessage(2, writeType, port);
}

function writeType({ shape }: Port, pbf: Pbf): void {
  pbf.writeMessage(1, writeTensorType, shape);
}

function writeTensorType(shape: readonly number[] | undefined, pbf: Pbf): void {
  pbf.writeVarintField(1, FLOAT);
  if (shape) pbf.writeMessage(2, writeShape, shape);
}

function writeShape(lengths: readonly number[], pbf: Pbf): void {
  for (const length of lengths) pbf.writeMessage(1, writeLength, length);
}

function writeLength(length: number, pbf: Pbf): void {
  pbf.writeVarintField(1, length);
}
