import type { Plane, RgbImage } from '../pixels/image.ts';
import type { Graph } from './graph-model.ts';
import { layRegion, type Region, sampleRegion } from './region.ts';
import type { NetRunner } from './runner.ts';

const SIZE = 256;

export const selfieGraph: Graph = { file: 'selfie', size: SIZE, outputs: ['activation_10'] };

/** Share of person in a region by MediaPipe's selfie segmenter, 0..1; 0 outside of it. */
export async function runSelfie(nets: NetRunner, image: RgbImage, region: Region): Promise<Plane> {
  const [share] = await nets.run('selfie', sampleRegion(image, region, SIZE));
  return layRegion(share, SIZE, region, image, 0);
}
