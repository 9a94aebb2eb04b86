import { distance, type Vec } from '../../geometry/vector.ts';
import { clamp, median } from '../../pixels/scalar.ts';
import type { Pose } from '../person.ts';
import type { WornCut } from './cut-worn.ts';
import { hemLine } from './hem-line.ts';
import type { Stance } from './upright-frame.ts';

/** More than this a shoulder line or a hem does not slope; a steeper reading is a mistake, radians. */
const STEEPEST = 0.21;

/** Difference of a hem's slope from the hips' at which a third of it is believed, radians. */
const DISBELIEF = 0.1;
/** Farther from the shoulders' middle a neckline does not lie, in shoulder widths. */
const MOST_SHIFT = 0.15;

/** How the wearer stands in the photo, and how the garment's hem slopes; null where there is hardly any garment. */
export function stanceOf(pose: Pose, cut: WornCut): Stance | null {
  const [left, right] = [pose.arms.left.root.at, pose.arms.right.root.at];
  const hem = lowerEdge(pose, cut);
  if (hem.length < 8) return null;
  const [leftHip, rightHip] = [pose.legs.left.root.at, pose.legs.right.root.at];
  const hipTilt = Math.atan2(rightHip[1] - leftHip[1], rightHip[0] - leftHip[0]);
  const lowest = median(hem.map(([, y]) => y));
  const trunk = distance(pose.shoulderMiddle, pose.hipMiddle);
  return {
    shoulders: pose.shoulderMiddle,
    hips: pose.hipMiddle,
    unit: pose.shoulderWidth,
    shoulderTilt: clamp(Math.atan2(right[1] - left[1], right[0] - left[0]), -STEEPEST, STEEPEST),
    hemTilt: clamp(believed(Math.atan(slopeOf(hem)), hipTilt), -STEEPEST, STEEPEST),
    hipTilt: clamp(hipTilt, -STEEPEST, STEEPEST),
    hemDown: (lowest - pose.shoulderMiddle[1]) / trunk,
  };
}

/** A hem hangs about as the hips stand; the farther it is from that, the likelier it was misread. */
const believed = (hem: number, hips: number): number =>
  hips + (hem - hips) * Math.exp(-(((hem - hips) / DISBELIEF) ** 2));

/** The garment's lower edge beside the trunk's middle line. */
function lowerEdge(pose: Pose, cut: WornCut): Vec[] {
  const { width, height, data } = cut.share;
  const xs: number[] = [];
  const guesses: (number | null)[] = [];
  for (let k = -20; k <= 20; k++) {
    const x = Math.round(pose.hipMiddle[0] + (k / 20) * 0.4 * pose.shoulderWidth);
    if (x < 0 || x >= width) continue;
    let y = height - 1;
    while (y > pose.shoulderMiddle[1] && data[y * width + x] < 0.5) y--;
    xs.push(x);
    const below = Math.min(height - 1, y + 5) * width + x;
    guesses.push(y > pose.shoulderMiddle[1] && cut.arms.data[below] < 0.4 ? y : null);
  }
  const line = hemLine(cut, xs, guesses, pose.shoulderWidth);
  return line ? xs.map((x, k): Vec => [x, line[k]]) : [];
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

/** The stance with the hips level: a bottom hangs from them. */
export const levelHips = (stance: Stance): Stance => ({
  ...stance,
  shoulderTilt: stance.hipTilt,
  hemTilt: stance.hipTilt,
});
