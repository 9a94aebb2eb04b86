import { add, distance, normalize, subtract, type Vec } from '../../geometry/vector.ts';
import type { Joint, Limb, Pose, Side } from '../person.ts';

/** From shoulders to hips in widths of the shoulder joints, and the hip joints' distance in the same; usual for adults. */
const TRUNK_LENGTH = 1.62;
const HIP_WIDTH = 0.58;
/** Shoulders wider than this share of the trunk's length are not seen: the net has squeezed the hips into the frame. */
const MOST_WIDTH = 1.08;

/**
 * Puts the hips where they would be below the frame. The net draws joints that a picture cuts off into it, which would
 * make the trunk far too short.
 */
export function settleHips(pose: Pose): Pose {
  const { arms, legs, shoulderMiddle, hipMiddle } = pose;
  const outside = legs.left.root.confidence === 0 && legs.right.root.confidence === 0;
  const width = distance(arms.left.root.at, arms.right.root.at);
  const squeezed = width > MOST_WIDTH * distance(shoulderMiddle, hipMiddle);
  const [across, upright] = trunkAxes(arms.left.root.at, arms.right.root.at);
  if (!outside && !squeezed) return pose;
  if (outside && distance(shoulderMiddle, hipMiddle) > TRUNK_LENGTH * width) return pose;
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

/** Unit vectors from the left shoulder to the right one, and down the trunk at a right angle to it. */
function trunkAxes(left: Vec, right: Vec): [Vec, Vec] {
  const across = normalize(subtract(right, left));
  return [across, [-across[1], across[0]]];
}
