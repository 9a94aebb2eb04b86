import { createPlane, type Plane, type RgbImage } from '../pixels/image.ts';
import { floats } from '@toile/memory';
import { resizePlane, resizeRgb } from '../pixels/resize.ts';
import type { NetRunner } from './runner.ts';

export const SALIENCY_SIZE = 320;
const SIZE = SALIENCY_SIZE;
/** ImageNet statistics, with which the net was trained. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];
/** Below this peak the net saw nothing; stretching its answer to 0..1 would turn noise into an object. */
const LEAST_PEAK = 0.5;

/** How much each pixel belongs to the picture's main object, 0..1 (U²-Netp, Qin et al., 2020). */
export async function runSaliency(nets: NetRunner, image: RgbImage): Promise<Plane> {
  const [values] = await nets.run('saliency', prepare(image));
  return resizePlane(stretch(values), image.width, image.height);
}

function prepare(image: RgbImage): Float32Array {
  const small = resizeRgb(image, SIZE, SIZE).data;
  let peak = 1;
  for (const value of small) peak = Math.max(peak, value);
  const result = floats(3 * SIZE * SIZE);
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
