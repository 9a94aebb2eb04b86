import { dot, normalize, subtract, type Vec } from '../geometry/vector.ts';
import { clamp, lerp } from '../pixels/scalar.ts';
import type { Arm } from './arm.ts';

/** How far along the upper arm a point lies, from the shoulder joint, at most `most` pixels. */
export function runOf(arm: Arm, point: Vec, most: number): number {
  const direction = normalize(subtract(arm.joints[1], arm.joints[0]));
  return clamp(dot(subtract(point, arm.joints[0]), direction), 0, most);
}

/** An arm that points at the camera looks short, and a sleeve on it as well. An upper arm is about 0.85 shoulder widths long. */
export const foreshortening = (arm: Arm, shoulderWidth: number): number =>
  clamp(arm.upperLength / (0.85 * shoulderWidth), 0.55, 1.1);

/**
 * Half of a sleeve's width on the arm: the garment's own, but outside the arm and not so wide that it would be a bag.
 *
 * @param towardsCuff 0 at the armhole, 1 at the wrist, where cloth lies closer
 */
export function sleeveHalfWidth(
  own: number,
  arm: Arm,
  run: number,
  shoulderWidth: number,
  towardsCuff: number,
): number {
  const bare = arm.halfWidth(run);
  const least = bare * lerp(1.14, 1.1, towardsCuff) + 0.008 * shoulderWidth;
  return clamp(own, least, bare * lerp(1.75, 1.5, towardsCuff));
}

/**
 * What a sleeve's extra width does on an arm held aside: it rests on the upper side of the arm and hangs below it.
 *
 * @param half half the sleeve's width
 * @param upward how far the direction away from the trunk points up, 0 on an arm that hangs, 1 on one held level
 * @returns how far the sleeve reaches from the arm's middle line away from the trunk, and towards it
 */
export function hangingHalves(
  half: number,
  bare: number,
  upward: number,
): { readonly outer: number; readonly inner: number } {
  const extra = Math.max(0, half - 1.15 * bare) * clamp(upward, 0, 0.8);
  return { outer: half - extra, inner: half + 0.7 * extra };
}
