import {
  add,
  distance,
  normalize,
  perpendicular,
  subtract,
  type Vec,
} from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp } from '../../pixels/scalar.ts';
import { sample } from '../../pixels/resize.ts';
import type { Joint, Limb, Pose } from '../person.ts';

/** The farthest a joint is moved, in shoulder widths. */
const MOST_SHIFT = 0.13;
/** The farthest the limb's edge is looked for, in shoulder widths. */
const REACH = 0.26;

/** Moves elbows and wrists to the middle of the arm where the silhouette shows both its edges. */
export function recentreArms(pose: Pose, matte: Plane): Pose {
  const recentre = (limb: Limb): Limb => {
    const middle = recentreJoint(limb.middle, limb.root.at, limb.end.at, pose, matte);
    const end = recentreJoint(limb.end, middle.at, limb.tip.at, pose, matte);
    return { ...limb, middle, end };
  };
  return {
    ...pose,
    arms: { left: recentre(pose.arms.left), right: recentre(pose.arms.right) },
  };
}

function recentreJoint(joint: Joint, before: Vec, after: Vec, pose: Pose, matte: Plane): Joint {
  if (joint.confidence < 0.3 || distance(before, after) < 1) return joint;
  const across = perpendicular(normalize(subtract(after, before)));
  const reach = REACH * pose.shoulderWidth;
  const [x, y] = joint.at;
  if (sample(matte, x - 0.5, y - 0.5) < 0.5) return joint;
  const plus = edge(matte, joint.at, across, 1, reach);
  const minus = edge(matte, joint.at, across, -1, reach);
  if (plus === undefined || minus === undefined) return joint;
  const most = MOST_SHIFT * pose.shoulderWidth;
  return { ...joint, at: add(joint.at, across, clamp((plus - minus) / 2, -most, most)) };
}

function edge(
  matte: Plane,
  from: Vec,
  across: Vec,
  sign: number,
  reach: number,
): number | undefined {
  for (let d = 1; d <= reach; d++) {
    const [x, y] = add(from, across, sign * d);
    if (x < 0 || y < 0 || x >= matte.width || y >= matte.height) return undefined;
    if (sample(matte, x - 0.5, y - 0.5) < 0.5) return d;
  }
  return undefined;
}
