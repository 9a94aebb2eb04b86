import type { Vec } from '../geometry/vector.ts';
import type { Plane, RgbImage } from '../pixels/image.ts';
import type { Graph } from './graph-model.ts';
import { fromRegion, layRegion, type Region, sampleRegion, scaleRegion } from './region.ts';
import type { NetRunner } from './runner.ts';

const SIZE = 256;
const LANDMARKS = 39;
const VALUES = 5;

export const poseGraph: Graph = {
  file: 'blazepose-heavy',
  size: SIZE,
  outputs: ['Identity_2', 'Identity_3', 'Identity_1', 'Identity_4'],
};

export interface Landmark {
  /** Pixels of the picture; may lie outside of it. */
  readonly at: Vec;
  /** 0..1: in the picture and not hidden. */
  readonly visibility: number;
  /** 0..1: within the region. */
  readonly presence: number;
  /** Metres from the middle of the hips: right, down, away from the camera. */
  readonly world: readonly [x: number, y: number, z: number];
}

/** What BlazePose (Bazarevsky et al., 2020) says of one region: 33 landmarks, then 6 auxiliary ones. */
export interface RawPose {
  readonly landmarks: readonly Landmark[];
  /** 0..1 that the region holds a person. */
  readonly score: number;
  /** Share of person over the whole picture at a size of choice, 0 outside the region. */
  readonly person: (width: number, height: number) => Plane;
  readonly region: Region;
}

/** Positions of BlazePose's landmarks; left and right are the person's own. */
export const landmark = {
  nose: 0,
  leftEye: 2,
  rightEye: 5,
  leftEar: 7,
  rightEar: 8,
  mouthLeft: 9,
  mouthRight: 10,
  leftShoulder: 11,
  rightShoulder: 12,
  leftElbow: 13,
  rightElbow: 14,
  leftWrist: 15,
  rightWrist: 16,
  leftPinky: 17,
  rightPinky: 18,
  leftIndex: 19,
  rightIndex: 20,
  leftHip: 23,
  rightHip: 24,
  leftKnee: 25,
  rightKnee: 26,
  leftAnkle: 27,
  rightAnkle: 28,
  leftHeel: 29,
  rightHeel: 30,
  leftToe: 31,
  rightToe: 32,
  /** Auxiliary: middle of the next region and a point of its border above. */
  bodyCentre: 33,
  bodyTop: 34,
} as const;

export async function runPose(nets: NetRunner, image: RgbImage, region: Region): Promise<RawPose> {
  const [points, score, segmentation, world] = await nets.run(
    'pose',
    sampleRegion(image, region, SIZE),
  );
  const landmarks = Array.from({ length: LANDMARKS }, (_, i): Landmark => {
    const [x, y, , visibility, presence] = points.subarray(i * VALUES, (i + 1) * VALUES);
    return {
      at: fromRegion(region, x / SIZE, y / SIZE),
      visibility: logistic(visibility),
      presence: logistic(presence),
      world: [world[i * 3], world[i * 3 + 1], world[i * 3 + 2]],
    };
  });
  const person = (width: number, height: number): Plane =>
    layRegion(segmentation, SIZE, scaleRegion(region, width / image.width), { width, height }, 0);
  return { landmarks, score: score[0], person, region };
}

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));
