import type { Vec } from '../geometry/vector.ts';
import type { RgbImage } from '../pixels/image.ts';
import type { Graph } from './graph-model.ts';
import { fromRegion, type Region, sampleRegion } from './region.ts';
import type { NetRunner } from './runner.ts';

const SIZE = 192;

export const faceGraph: Graph = {
  file: 'facemesh',
  size: SIZE,
  outputs: ['Identity_2', 'Identity_1'],
};

/** The 468 points of MediaPipe's face mesh (Kartynnik et al., 2019). */
export interface RawFace {
  readonly points: readonly Vec[];
  /** 0..1 that the region holds a face. */
  readonly score: number;
}

/** Points of the mesh around the face, from the top of the forehead clockwise on the screen of a person facing us. */
export const faceOval = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148,
  176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const;
export const facePoint = { foreheadTop: 10, chin: 152, noseTip: 1 } as const;

export async function runFace(nets: NetRunner, image: RgbImage, region: Region): Promise<RawFace> {
  const [mesh, flag] = await nets.run('face', sampleRegion(image, region, SIZE));
  const points = Array.from({ length: 468 }, (_, i) =>
    fromRegion(region, mesh[i * 3] / SIZE, mesh[i * 3 + 1] / SIZE),
  );
  return { points, score: flag[0] };
}
