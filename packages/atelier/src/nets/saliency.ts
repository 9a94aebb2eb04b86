import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createPlane, type Plane, type RgbImage } from '../pixels/image.ts';
import { resizePlane, resizeRgb } from '../pixels/resize.ts';
import { saliencyFile } from './files.ts';

const SIZE = 320;
/** ImageNet statistics, with which the net was trained. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];
/** Below this peak the net saw nothing; stretching its answer to 0..1 would turn noise into an object. */
const LEAST_PEAK = 0.5;

/** Salient-object net (U²-Netp, Qin et al., 2020). */
export function createSaliency(threads: number): {
  run(image: RgbImage): Promise<Plane>;
  close(): Promise<void>;
} {
  let loading: Promise<InferenceSession> | undefined;
  return {
    async run(image) {
      loading ??= InferenceSession.create(saliencyFile(), {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: 'all',
        // The arena keeps 450 MB for ever and saves no time that can be measured.
        enableCpuMemArena: false,
        // Threads that wait by spinning take the processor from the other worker's JavaScript.
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      });
      const session = await loading;
      const input = new Tensor('float32', prepare(image), [1, 3, SIZE, SIZE]);
      const [name] = session.outputNames;
      const outputs = await session.run({ [session.inputNames[0]]: input }, [name]);
      const values = outputs[name].data;
      if (!(values instanceof Float32Array)) throw new Error('the saliency net answered no floats');
      return resizePlane(stretch(values), image.width, image.height);
    },
    async close() {
      const session = await loading;
      loading = undefined;
      await session?.release();
    },
  };
}

function prepare(image: RgbImage): Float32Array {
  const small = resizeRgb(image, SIZE, SIZE).data;
  let peak = 1;
  for (const value of small) peak = Math.max(peak, value);
  const result = new Float32Array(3 * SIZE * SIZE);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < SIZE * SIZE; i++) {
      result[c * SIZE * SIZE + i] = (small[i * 3 + c] / peak - MEAN[c]) / DEVIATION[c];
    }
  }
  return result;
}

function stretch(values: Float32Array): Plane {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const plane = createPlane(SIZE, SIZE);
  const scale = 1 / (Math.max(high, LEAST_PEAK) - low);
  for (let i = 0; i < values.length; i++) plane.data[i] = (values[i] - low) * scale;
  return plane;
}
