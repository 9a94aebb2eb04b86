import { distance, type Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp, median } from '../../pixels/scalar.ts';
import type { Pose } from '../person.ts';
import type { Stance } from './upright-frame.ts';

/** More than this a shoulder line or a hem does not slope; a steeper reading is a mistake, radians. */
const STEEPEST = 0.21;

/** Farther from the shoulders' middle a neckline does not lie, in shoulder widths. */
const MOST_SHIFT = 0.15;

/** How the wearer stands in the photo, and how the garment's hem slopes; null where there is hardly any garment. */
export function stanceOf(pose: Pose, share: Plane): Stance | null {
  const [left, right] = [pose.arms.left.root.at, pose.arms.right.root.at];
  const hem = lowerEdge(pose, share);
  if (hem.length < 8) return null;
  const lowest = median(hem.map(([, y]) => y));
  const trunk = distance(pose.shoulderMiddle, pose.hipMiddle);
  return {
    shoulders: pose.shoulderMiddle,
    hips: pose.hipMiddle,
    unit: pose.shoulderWidth,
    shoulderTilt: clamp(Math.atan2(right[1] - left[1], right[0] - left[0]), -STEEPEST, STEEPEST),
    hemTilt: clamp(Math.atan(slopeOf(hem)), -STEEPEST, STEEPEST),
    hemDown: (lowest - pose.shoulderMiddle[1]) / trunk,
  };
}

/** The garment's lowest pixels in the columns beside the trunk's middle line. */
function lowerEdge(pose: Pose, { width, height, data }: Plane): Vec[] {
  const points: Vec[] = [];
  for (let k = -16; k <= 16; k++) {
    const x = Math.round(pose.hipMiddle[0] + (k / 16) * 0.36 * pose.shoulderWidth);
    if (x < 0 || x >= width) continue;
    for (let y = height - 1; y > pose.shoulderMiddle[1]; y--) {
      if (data[y * width + x] < 0.5) continue;
      points.push([x, y]);
      break;
    }
  }
  return points;
}

/** Median slope between all pairs some way apart (Theil, 1950; Sen, 1968): a hand before the hem does not turn it. */
function slopeOf(points: readonly Vec[]): number {
  const slopes: number[] = [];
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 6; j < points.length; j++) {
      slopes.push((points[j][1] - points[i][1]) / (points[j][0] - points[i][0]));
    }
  }
  return slopes.length > 0 ? median(slopes) : 0;
}

/** The stance with the garment's own shoulder line made level and its neck put in the middle. */
export function levelNeck(stance: Stance, [left, right]: readonly [Vec, Vec]): Stance {
  const tilt = Math.atan2(right[1] - left[1], right[0] - left[0]);
  const along = (left[0] + right[0]) / 2 - stance.shoulders[0];
  const most = MOST_SHIFT * stance.unit;
  const shift = clamp(along, -most, most);
  return {
    ...stance,
    shoulders: [stance.shoulders[0] + shift, stance.shoulders[1]],
    shoulderTilt: clamp(tilt, -STEEPEST, STEEPEST),
  };
}
