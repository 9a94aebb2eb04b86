import { distance, mix, normalize, subtract, type Vec } from '../../geometry/vector.ts';
import { facePoint, type RawFace } from '../../nets/face.ts';
import type { Nets } from '../../nets/open-nets.ts';
import { landmark, type RawPose } from '../../nets/pose.ts';
import type { Region } from '../../nets/region.ts';
import type { RgbImage } from '../../pixels/image.ts';
import type { Joint, Limb, Pose, Side } from '../person.ts';
import { shapeFace } from './face-shape.ts';

/** The best pose of a region: a second look at the region which the first one proposes, if that is another one. */
export async function findRawPose(image: RgbImage, nets: Nets, region: Region): Promise<RawPose> {
  const first = await nets.pose(image, region);
  const centre = first.landmarks[landmark.bodyCentre].at;
  const proposed = distance(centre, first.landmarks[landmark.bodyTop].at) * 1.25;
  if (proposed < 0.3 * region.half || proposed > 3 * region.half) return first;
  // A second look at nearly the same region would say the same.
  const asked = Math.abs(Math.log(proposed / region.half)) < 0.13;
  if (asked && distance(centre, region.centre) < 0.1 * region.half) return first;
  const second = await nets.pose(image, { centre, half: Math.max(proposed, 0.5 * region.half) });
  return second.score >= first.score * 0.8 ? second : first;
}

type Own = 'left' | 'right';

/** Names of the person's own sides seen at the left and the right of the picture. */
function ownSides(raw: RawPose): Record<Side, Own> {
  const x = (index: number): number => raw.landmarks[index].at[0];
  const right = x(landmark.rightShoulder) + x(landmark.rightHip) * 0.5;
  const left = x(landmark.leftShoulder) + x(landmark.leftHip) * 0.5;
  return right <= left ? { left: 'right', right: 'left' } : { left: 'left', right: 'right' };
}

const numbers = {
  left: {
    shoulder: landmark.leftShoulder,
    elbow: landmark.leftElbow,
    wrist: landmark.leftWrist,
    index: landmark.leftIndex,
    pinky: landmark.leftPinky,
    hip: landmark.leftHip,
    knee: landmark.leftKnee,
    ankle: landmark.leftAnkle,
    toe: landmark.leftToe,
    eye: landmark.leftEye,
    ear: landmark.leftEar,
  },
  right: {
    shoulder: landmark.rightShoulder,
    elbow: landmark.rightElbow,
    wrist: landmark.rightWrist,
    index: landmark.rightIndex,
    pinky: landmark.rightPinky,
    hip: landmark.rightHip,
    knee: landmark.rightKnee,
    ankle: landmark.rightAnkle,
    toe: landmark.rightToe,
    eye: landmark.rightEye,
    ear: landmark.rightEar,
  },
} as const;

/** The pose in the words of perception: sides of the picture, chin, yaw, facing. */
export function poseFrom(raw: RawPose, face: RawFace | undefined, image: RgbImage): Pose {
  const joint = (index: number): Joint => toJoint(raw, index, image);
  const own = ownSides(raw);
  const arm = (side: Side): Limb => {
    const of = numbers[own[side]];
    const index = joint(of.index);
    const pinky = joint(of.pinky);
    const tip = {
      at: mix(index.at, pinky.at, 0.5),
      confidence: Math.min(index.confidence, pinky.confidence),
    };
    return { root: joint(of.shoulder), middle: joint(of.elbow), end: joint(of.wrist), tip };
  };
  const leg = (side: Side): Limb => {
    const of = numbers[own[side]];
    return {
      root: joint(of.hip),
      middle: joint(of.knee),
      end: joint(of.ankle),
      tip: joint(of.toe),
    };
  };
  const arms = { left: arm('left'), right: arm('right') };
  const legs = { left: leg('left'), right: leg('right') };
  const shoulderMiddle = mix(arms.left.root.at, arms.right.root.at, 0.5);
  const hipMiddle = mix(legs.left.root.at, legs.right.root.at, 0.5);
  const eyes = {
    left: meshJoint(face, EYES[own.left]) ?? joint(numbers[own.left].eye),
    right: meshJoint(face, EYES[own.right]) ?? joint(numbers[own.right].eye),
  };
  const ears = {
    left: joint(numbers[own.left].ear),
    right: joint(numbers[own.right].ear),
  };
  const left = joint(landmark.mouthLeft);
  const right = joint(landmark.mouthRight);
  const mouth = {
    at: mix(left.at, right.at, 0.5),
    confidence: Math.min(left.confidence, right.confidence),
  };
  const yaw = trunkYaw(raw);
  return {
    arms,
    legs,
    nose: meshJoint(face, [facePoint.noseTip]) ?? joint(landmark.nose),
    eyes,
    ears,
    mouth,
    chin: shapeFace(mix(eyes.left.at, eyes.right.at, 0.5), mouth.at, face).chin,
    shoulderMiddle,
    hipMiddle,
    shoulderWidth: Math.max(
      distance(arms.left.root.at, arms.right.root.at),
      0.42 * distance(shoulderMiddle, hipMiddle),
    ),
    facing: Math.abs(yaw) > 120 ? 'back' : Math.abs(yaw) > 60 ? 'side' : 'front',
    yaw,
    seated: isSeated(legs, raw),
    confidence: confidenceOf(raw, [
      arms.left.root,
      arms.right.root,
      legs.left.root,
      legs.right.root,
    ]),
  };
}

/** Corners and lids of the person's own eyes in the face mesh. */
const EYES: Readonly<Record<Own, readonly number[]>> = {
  right: [33, 133, 159, 145],
  left: [362, 263, 386, 374],
};
const LEAST_MESH = 0.5;

/** The middle of points of the face mesh, which knows the face better than the pose does; null without a mesh. */
function meshJoint(face: RawFace | undefined, indices: readonly number[]): Joint | null {
  if (!face || face.score < LEAST_MESH) return null;
  const points = indices.map((index) => face.points[index]);
  const mean = (axis: 0 | 1): number =>
    points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return { at: [mean(0), mean(1)], confidence: face.score };
}

function toJoint(raw: RawPose, index: number, image: RgbImage): Joint {
  const { at, visibility, presence } = raw.landmarks[index];
  const inside = at[0] >= 0 && at[1] >= 0 && at[0] < image.width && at[1] < image.height;
  return { at, confidence: inside ? Math.min(visibility, presence) : 0 };
}

/** Turn of the trunk about the vertical, degrees, positive when the person turns to the picture's left; 180 from behind. */
function trunkYaw(raw: RawPose): number {
  let across = 0;
  let away = 0;
  for (const [left, right, weight] of [
    [landmark.leftShoulder, landmark.rightShoulder, 1],
    [landmark.leftHip, landmark.rightHip, 0.5],
  ] as const) {
    const a = raw.landmarks[left].world;
    const b = raw.landmarks[right].world;
    across += (a[0] - b[0]) * weight;
    away += (a[2] - b[2]) * weight;
  }
  return (Math.atan2(-away, across) * 180) / Math.PI;
}

/** Seated when a thigh, in space, lies nearer to the horizontal than to the vertical. */
function isSeated(legs: Readonly<Record<Side, Limb>>, raw: RawPose): boolean {
  const tilted = (hip: number, knee: number): boolean => {
    const a = raw.landmarks[hip].world;
    const b = raw.landmarks[knee].world;
    return Math.hypot(b[0] - a[0], b[2] - a[2]) > Math.abs(b[1] - a[1]);
  };
  const seen = legs.left.middle.confidence > 0.3 || legs.right.middle.confidence > 0.3;
  return (
    seen &&
    (tilted(landmark.leftHip, landmark.leftKnee) || tilted(landmark.rightHip, landmark.rightKnee))
  );
}

function confidenceOf(raw: RawPose, trunk: readonly Joint[]): number {
  const joints = trunk.reduce((sum, joint) => sum + joint.confidence, 0) / trunk.length;
  return raw.score * (0.4 + 0.6 * joints);
}

/** The square in which the face mesh is looked for, turned so that the eyes are level. */
export function faceRegion(raw: RawPose): Region | undefined {
  const at = (index: number): Vec => raw.landmarks[index].at;
  const leftEye = at(landmark.leftEye);
  const rightEye = at(landmark.rightEye);
  const eyes = mix(leftEye, rightEye, 0.5);
  const mouth = mix(at(landmark.mouthLeft), at(landmark.mouthRight), 0.5);
  const size = Math.max(distance(eyes, mouth), distance(leftEye, rightEye) * 0.9);
  if (!(size > 3)) return undefined;
  const down = normalize(subtract(mouth, eyes));
  return { centre: mix(eyes, mouth, 0.45), half: size * 2.3, angle: Math.atan2(-down[0], down[1]) };
}
