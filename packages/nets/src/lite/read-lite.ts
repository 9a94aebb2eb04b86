import { ByteBuffer } from 'flatbuffers';

/** A value of a TensorFlow Lite graph: numbers that the file carries, or a place for those of a run. */
export interface LiteTensor {
  readonly shape: readonly number[];
  readonly type: 'float32' | 'int32';
  /** Bytes of its numbers, when the file carries them. */
  readonly bytes: Uint8Array | undefined;
}

export interface LiteOperation {
  /** Number of the operator in the schema's list of builtin ones. */
  readonly code: number;
  /** Tensors by number; -1 where an optional one is left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** A byte of the operator's options by the field's number in the schema. */
  readonly byte: (field: number) => number;
  /** A whole number of the operator's options, or what it is when the file leaves it out. */
  readonly int: (field: number, absent: number) => number;
}

export interface LiteModel {
  readonly tensors: readonly LiteTensor[];
  /** In the order in which they are carried out. */
  readonly operations: readonly LiteOperation[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const TYPES: Readonly<Record<number, LiteTensor['type']>> = { 0: 'float32', 2: 'int32' };

/**
 * Reads the first graph of a TensorFlow Lite file. Field numbers are those of TensorFlow Lite's schema.fbs, version 3.
 *
 * @throws Error where a tensor is neither of floats nor of 32-bit integers
 */
export function readLite(file: Uint8Array): LiteModel {
  const tables = openTables(file);
  const model = tables.root();
  const codes = tables.children(model, 1).map((code) => operatorOf(tables, code));
  const buffers = tables.children(model, 4).map((buffer) => tables.bytes(buffer, 0));
  const [graph] = tables.children(model, 2);
  return {
    tensors: tables.children(graph, 0).map((tensor) => tensorOf(tables, tensor, buffers)),
    operations: tables.children(graph, 3).map((operation) => {
      const options = tables.child(operation, 4);
      return {
        code: codes[tables.int(operation, 0, 0)],
        inputs: tables.ints(operation, 1),
        outputs: tables.ints(operation, 2),
        byte: (field) => (options === 0 ? 0 : tables.byte(options, field)),
        int: (field, absent) => (options === 0 ? absent : tables.int(options, field, absent)),
      };
    }),
    inputs: tables.ints(graph, 1),
    outputs: tables.ints(graph, 2),
  };
}

/** Operators above 127 stand in a second field; older files have the first one only. */
const operatorOf = (tables: Tables, code: number): number =>
  Math.max(tables.byte(code, 0), tables.int(code, 3, 0));

function tensorOf(tables: Tables, tensor: number, buffers: readonly Uint8Array[]): LiteTensor {
  const number = tables.byte(tensor, 1);
  const type = TYPES[number];
  if (!type) throw new Error(`a tensor is of type ${number}`);
  const bytes = buffers[tables.int(tensor, 2, 0)];
  return {
    shape: tables.ints(tensor, 0),
    type,
    bytes: bytes.length > 0 ? bytes : undefined,
  };
}

/** Tables of a flatbuffer, named by their place in it. Fields have the numbers that the schema gives them. */
type Tables = ReturnType<typeof openTables>;

function openTables(file: Uint8Array) {
  const buffer = new ByteBuffer(file);
  /** Place of a field, 0 when the table leaves it out. */
  const fieldAt = (table: number, field: number): number => {
    const offset = buffer.__offset(table, 4 + 2 * field);
    return offset === 0 ? 0 : table + offset;
  };
  const list = <Item>(table: number, field: number, item: (at: number) => Item): Item[] => {
    const at = fieldAt(table, field);
    if (at === 0) return [];
    const start = buffer.__vector(at);
    return Array.from({ length: buffer.__vector_len(at) }, (_, i) => item(start + 4 * i));
  };
  return {
    root: () => buffer.__indirect(buffer.position()),
    child(table: number, field: number): number {
      const at = fieldAt(table, field);
      return at === 0 ? 0 : buffer.__indirect(at);
    },
    children: (table: number, field: number) => list(table, field, (at) => buffer.__indirect(at)),
    ints: (table: number, field: number) => list(table, field, (at) => buffer.readInt32(at)),
    bytes(table: number, field: number): Uint8Array {
      const at = fieldAt(table, field);
      if (at === 0) return new Uint8Array();
      const start = buffer.__vector(at);
      return file.subarray(start, start + buffer.__vector_len(at));
    },
    byte(table: number, field: number): number {
      const at = fieldAt(table, field);
      return at === 0 ? 0 : buffer.readInt8(at);
    },
    int(table: number, field: number, absent: number): number {
      const at = fieldAt(table, field);
      return at === 0 ? absent : buffer.readInt32(at);
    },
  };
}
