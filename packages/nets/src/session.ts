import { InferenceSession, Tensor } from 'onnxruntime-node';
import { giveBack } from '@toile/memory';

/** A net that has been loaded. */
export interface Net {
  run(input: Float32Array): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** The model's file, or its bytes. */
  readonly model: string | Uint8Array;
  /** Lengths of the one input. */
  readonly shape: readonly number[];
  /** How many of the model's outputs are wanted, from the first. */
  readonly outputs: number;
  /** Threads that one run may use. */
  readonly threads: number;
}

/** Loads an ONNX model from one picture of floats to some lists of floats. */
export async function openSession(options: SessionOptions): Promise<Net> {
  const { model, shape, outputs, threads } = options;
  const settings: InferenceSession.SessionOptions = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // What a net needs while it runs, pictures use after it: the saliency net would keep 200 MB and save 80 ms a run.
    enableCpuMemArena: false,
    enableMemPattern: false,
    // Threads that wait by spinning take the processor from another worker's JavaScript.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  const session = await (typeof model === 'string'
    ? InferenceSession.create(model, settings)
    : InferenceSession.create(model, settings));
  const [picture = ''] = session.inputNames;
  const wanted = session.outputNames.slice(0, outputs);
  return {
    async run(pixels) {
      const input = new Tensor('float32', pixels, shape);
      const results = await session.run({ [picture]: input }, wanted);
      return wanted.map((name) => takeFloats(name, results[name]));
    },
    close: () => session.release(),
  };
}

/** A copy, and the runtime's own memory goes: it would stay until this thread, which makes hardly any garbage, collected some. */
function takeFloats(name: string, answer: Tensor | undefined): Float32Array {
  const data = answer?.data;
  if (!(data instanceof Float32Array)) throw new Error(`a net gives no floats as ${name}`);
  const numbers = Float32Array.from(data);
  giveBack(data);
  return numbers;
}
