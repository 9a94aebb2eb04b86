import { add, distance, normalize, subtract, type Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import type { FaceShape } from './face-shape.ts';
import { type Joint, type Limb, type Pose, type Side, sides } from '../person.ts';

/** From shoulders to hips in widths of the shoulder joints, and the hip joints' distance in the same; usual for adults. */
const TRUNK_LENGTH = 1.62;
const HIP_WIDTH = 0.58;
/** Shoulders wider than this share of the trunk's length are not seen: the net has squeezed the hips into the frame. */
const MOST_WIDTH = 1.08;
/** An arm reaches from its shoulder to the wrist this much farther than the trunk is long; usual is 1.15. */
const MOST_REACH = 1.3;
/** A trunk this long, in shoulder widths, is not too short. */
const PLAUSIBLE_LENGTH = 1.35;
/** Elbows less sure than this are guesses; so are knees. */
const SURE = { elbow: 0.5, knee: 0.3 };

/**
 * Puts the hips where they would be below the frame. The net draws joints that a picture cuts off into it, which would
 * make the trunk far too short.
 */
export function settleHips(pose: Pose): Pose {
  const { arms, legs, shoulderMiddle, hipMiddle } = pose;
  const outside = legs.left.root.confidence === 0 && legs.right.root.confidence === 0;
  const width = distance(arms.left.root.at, arms.right.root.at);
  const length = distance(shoulderMiddle, hipMiddle);
  const squeezed = width > MOST_WIDTH * length || isOutreached(pose, length);
  const [across, upright] = trunkAxes(arms.left.root.at, arms.right.root.at);
  if (!outside && !squeezed) return pose;
  if (outside && length > TRUNK_LENGTH * width) return pose;
  const hips = add(shoulderMiddle, upright, TRUNK_LENGTH * pose.shoulderWidth);
  const leg = (side: Side): Limb => {
    const sign = side === 'left' ? -1 : 1;
    const hip = add(hips, across, (sign * HIP_WIDTH * pose.shoulderWidth) / 2);
    const below = (lengths: number): Joint => ({
      at: add(hip, upright, lengths * TRUNK_LENGTH * pose.shoulderWidth),
      confidence: 0,
    });
    return { root: below(0), middle: below(0.85), end: below(1.65), tip: below(1.8) };
  };
  return {
    ...pose,
    hipMiddle: hips,
    legs: { left: leg('left'), right: leg('right') },
    seated: false,
  };
}

/** How much of the frame's upper edge over the face shows skin where the frame cuts through it. */
const CUT_THROUGH = 0.5;

/**
 * Puts the face above the frame where the picture shows skin at its upper edge and no face was found: the net draws the
 * face of a headless photo onto the neck.
 *
 * @param skin what the segmenter takes for skin, at any size of the picture's
 * @param scale pixels of `skin` a pixel of the pose's
 */
export function settleHead(pose: Pose, face: FaceShape, skin: Plane, scale: number): Head {
  if (face.measured || !isCutThrough(face, skin, scale)) return { pose, face };
  const up = -Math.max(0, ...face.outline.map(([, y]) => y));
  const raised = ([x, y]: Vec): Vec => [x, y + up];
  const unseen = ({ at }: Joint): Joint => ({ at: raised(at), confidence: 0 });
  const both = ({ left, right }: Pose['eyes']): Pose['eyes'] => ({
    left: unseen(left),
    right: unseen(right),
  });
  return {
    pose: {
      ...pose,
      nose: unseen(pose.nose),
      mouth: unseen(pose.mouth),
      eyes: both(pose.eyes),
      ears: both(pose.ears),
      chin: raised(pose.chin),
    },
    face: {
      ...face,
      outline: face.outline.map(raised),
      centre: raised(face.centre),
      chin: raised(face.chin),
    },
  };
}

interface Head {
  readonly pose: Pose;
  readonly face: FaceShape;
}

function isCutThrough({ centre, halfWidth }: FaceShape, skin: Plane, scale: number): boolean {
  const from = Math.max(0, Math.round((centre[0] - 0.5 * halfWidth) * scale));
  const to = Math.min(skin.width, Math.round((centre[0] + 0.5 * halfWidth) * scale));
  let shown = 0;
  for (let x = from; x < to; x++) shown += skin.data[x];
  return shown > CUT_THROUGH * Math.max(1, to - from);
}

/** Whether arms tell of a longer trunk than the pose has, and no knee bears its hips out: of photos without a head or legs the net makes too small a person. */
function isOutreached({ arms, legs, shoulderWidth }: Pose, length: number): boolean {
  if (length > PLAUSIBLE_LENGTH * shoulderWidth) return false;
  if (sides.some((side) => legs[side].middle.confidence > SURE.knee)) return false;
  return sides.some((side) => {
    const { root, middle, end } = arms[side];
    if (middle.confidence < SURE.elbow) return false;
    return distance(root.at, middle.at) + distance(middle.at, end.at) > MOST_REACH * length;
  });
}

/** Unit vectors from the left shoulder to the right one, and down the trunk at a right angle to it. */
function trunkAxes(left: Vec, right: Vec): [Vec, Vec] {
  const across = normalize(subtract(right, left));
  return [across, [-across[1], across[0]]];
}
