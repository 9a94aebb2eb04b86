import Pbf from 'pbf';
import type { Attribute, Constant, OnnxModel, Operation } from './write-model.ts';

const FLOAT = 1;
/** Wire type of a field that is a run of bytes. */
const LENGTH_DELIMITED = 2;

/** What of a file is kept while it is read. */
interface Parts {
  readonly operations: Operation[];
  readonly constants: Map<string, Constant>;
  readonly inputs: string[];
  readonly outputs: string[];
}

/**
 * Reads an ONNX file with one input of the shape that is given. Only what a net of convolutions on floats is made of is
 * taken over: constants of other types, and attributes that are tensors or fractions, are left out. Field numbers are
 * those of onnx.proto3.
 *
 * @throws Error where the file has several inputs
 */
export function readModel(file: Uint8Array, shape: readonly number[]): OnnxModel {
  const parts: Parts = { operations: [], constants: new Map(), inputs: [], outputs: [] };
  new Pbf(file).readFields((field, read, pbf) => {
    if (field === 7) pbf.readMessage(readGraph, read);
  }, parts);
  const { operations, constants, outputs } = parts;
  // Constants may be listed as inputs with a default.
  const [name, ...others] = parts.inputs.filter((input) => !constants.has(input));
  if (others.length > 0) throw new Error(`the net asks for ${others.join(', ')} as well`);
  return { input: { name, shape }, outputs, operations, constants };
}

function readGraph(field: number, parts: Parts, pbf: Pbf): void {
  switch (field) {
    case 1:
      parts.operations.push(readOperation(pbf));
      break;
    case 5:
      readConstant(pbf, parts.constants);
      break;
    case 11:
      parts.inputs.push(readName(pbf));
      break;
    case 12:
      parts.outputs.push(readName(pbf));
  }
}

/** The name of an input or output, which is its first field. */
function readName(pbf: Pbf): string {
  const port = { name: '' };
  pbf.readMessage((field, read, message) => {
    if (field === 1) read.name = message.readString();
  }, port);
  return port.name;
}

function readOperation(pbf: Pbf): Operation {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, Attribute> = {};
  const operation = { type: '', inputs, outputs, attributes };
  pbf.readMessage((field, read, message) => {
    if (field === 1) inputs.push(message.readString());
    else if (field === 2) outputs.push(message.readString());
    else if (field === 4) read.type = message.readString();
    else if (field === 5) readAttribute(message, attributes);
  }, operation);
  return operation;
}

function readAttribute(pbf: Pbf, attributes: Record<string, Attribute>): void {
  const numbers: number[] = [];
  const attribute: { name: string; value: Attribute | null } = { name: '', value: null };
  pbf.readMessage((field, read, message) => {
    if (field === 1) read.name = message.readString();
    else if (field === 3) read.value = message.readVarint(true);
    else if (field === 4) read.value = message.readString();
    else if (field === 8) read.value = readNumbers(message, numbers);
  }, attribute);
  if (attribute.value !== null) attributes[attribute.name] = attribute.value;
}

/** Whole numbers, which come in one field or in a field each. */
function readNumbers(pbf: Pbf, before: number[]): number[] {
  if (pbf.type === LENGTH_DELIMITED) pbf.readPackedVarint(before, true);
  else before.push(pbf.readVarint(true));
  return before;
}

function readConstant(pbf: Pbf, constants: Map<string, Constant>): void {
  const shape: number[] = [];
  const tensor: { name: string; type: number; bytes: Uint8Array } = {
    name: '',
    type: 0,
    bytes: new Uint8Array(),
  };
  pbf.readMessage((field, read, message) => {
    if (field === 1) readNumbers(message, shape);
    else if (field === 2) read.type = message.readVarint();
    else if (field === 8) read.name = message.readString();
    else if (field === 9) read.bytes = message.readBytes();
  }, tensor);
  if (tensor.type !== FLOAT) return;
  // Within the file they need not begin at a multiple of four.
  const values = new Float32Array(Uint8Array.from(tensor.bytes).buffer);
  constants.set(tensor.name, { type: 'float32', shape, values });
}
