import type { Attribute, Constant, OnnxModel, Operation } from './write-model.ts';

type Input = string | readonly number[];
type Attributes = Readonly<Record<string, Attribute>>;

/** An ONNX graph that grows by one operation after another. */
export interface GraphWriter {
  /** Name of the constant that a TensorFlow node stands for, undefined when it stands for none. */
  readonly known: (name: string) => Constant | undefined;
  /** Adds a constant under a fresh name. */
  readonly keep: (constant: Constant) => string;
  /** Adds an operation of one output. A list of numbers as input is a constant of whole numbers. */
  readonly add: (type: string, inputs: readonly Input[], attributes?: Attributes) => string;
  /** Adds an operation of several outputs. */
  readonly addMany: (
    type: string,
    inputs: readonly Input[],
    attributes: Attributes,
    count: number,
  ) => string[];
  /** Says which value a name of the TensorFlow graph stands for from now on. */
  readonly name: (original: string, value: string) => void;
  /** The value that a name of the TensorFlow graph stands for; floats have their full width. */
  readonly value: (original: string) => string;
  readonly finish: (input: OnnxModel['input'], outputs: readonly string[]) => OnnxModel;
}

const FLOAT = 1;

export function openGraph(weights: ReadonlyMap<string, Constant>): GraphWriter {
  const operations: Operation[] = [];
  const constants = new Map<string, Constant>();
  const values = new Map<string, string>();
  let last = 0;
  const fresh = (): string => `v${++last}`;
  const keep = (constant: Constant): string => {
    const name = fresh();
    constants.set(name, constant);
    return name;
  };
  const nameOf = (input: Input): string => (typeof input === 'string' ? input : keep(whole(input)));
  const addMany: GraphWriter['addMany'] = (type, inputs, attributes, count) => {
    const outputs = Array.from({ length: count }, fresh);
    operations.push({ type, inputs: inputs.map(nameOf), outputs, attributes });
    return outputs;
  };
  const add: GraphWriter['add'] = (type, inputs, attributes = {}) => {
    const output = fresh();
    operations.push({ type, inputs: inputs.map(nameOf), outputs: [output], attributes });
    return output;
  };
  /** Halves are widened when the net is loaded: the runtime does that once, and forgets the halves. */
  const keepWide = (constant: Constant): string => {
    const name = keep(constant);
    return constant.type === 'float16' ? add('Cast', [name], { to: FLOAT }) : name;
  };
  return {
    known: (name) => weights.get(name),
    keep: keepWide,
    add,
    addMany,
    name: (original, value) => void values.set(original, value),
    value(original) {
      const known = values.get(original);
      if (known !== undefined) return known;
      const weight = weights.get(original);
      if (!weight) throw new Error(`nothing in the graph is named ${original}`);
      const name = keepWide(weight);
      values.set(original, name);
      return name;
    },
    finish: (input, outputs) => ({ input, outputs, operations, constants }),
  };
}

const whole = (numbers: readonly number[]): Constant => ({
  type: 'int64',
  shape: [numbers.length],
  values: BigInt64Array.from(numbers, BigInt),
});
