import { InferenceSession, Tensor } from 'onnxruntime-node';
import { saliencyFile } from './files.ts';
import type { LoadedNet } from './load-nets.ts';
import { SALIENCY_SIZE } from './saliency.ts';

/**
 * The net's threads are its own and run beside the others' work: two of them bring a cut-out from 1.1 to 0.9 s a
 * megapixel on two cores, and two try-ons at a time lose nothing.
 */
const THREADS = 2;

/** Loads the salient-object net. From its first run on it holds 290 MB. */
export async function loadSaliency(): Promise<LoadedNet> {
  const session = await InferenceSession.create(saliencyFile(), {
    intraOpNumThreads: THREADS,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Memory that is kept saves a third of the time; planning it ahead would take 200 MB more and save nothing.
    enableCpuMemArena: true,
    enableMemPattern: false,
    // Threads that wait by spinning take the processor from another worker's JavaScript.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  return {
    async run(pixels) {
      const input = new Tensor('float32', pixels, [1, 3, SALIENCY_SIZE, SALIENCY_SIZE]);
      const [name] = session.outputNames;
      const outputs = await session.run({ [session.inputNames[0]]: input }, [name]);
      const values = outputs[name].data;
      if (!(values instanceof Float32Array)) throw new Error('the saliency net answered no floats');
      return [Float32Array.from(values)];
    },
    close: () => session.release(),
  };
}
