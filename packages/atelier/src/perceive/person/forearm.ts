import { dot, mix, normalize, perpendicular, subtract, type Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { sample } from '../../pixels/resize.ts';
import type { PersonReading, Side } from '../person.ts';

/** Half the breadth before which a forearm counts as before the body, in shoulder widths. */
const BEFORE = 0.42;

/** Places along a forearm that are looked at. */
const STEPS = 20;

/** Share of a forearm, 0 to 1, that lies before the trunk or the head and is covered by the upper garment. */
export function sleevedBefore(person: PersonReading, side: Side, before = BEFORE): number {
  const { pose, parts } = person;
  const across = perpendicular(normalize(subtract(pose.hipMiddle, pose.shoulderMiddle)));
  return shareOfForearm(person, side, (point) => {
    const aside = dot(subtract(point, pose.shoulderMiddle), across);
    return Math.abs(aside) < before * pose.shoulderWidth && isShown(parts.upperGarment, point);
  });
}

/** Share of the places along a forearm's middle line, 0 to 1, of which something is true. */
export function shareOfForearm(
  { pose }: PersonReading,
  side: Side,
  isTrue: (point: Vec) => boolean,
): number {
  const { middle, end } = pose.arms[side];
  let count = 0;
  for (let step = 0; step < STEPS; step++) {
    if (isTrue(mix(middle.at, end.at, (step + 0.5) / STEPS))) count++;
  }
  return count / STEPS;
}

/** Whether a part is what a place mostly shows. */
export const isShown = (part: Plane, [x, y]: Vec): boolean => sample(part, x - 0.5, y - 0.5) > 0.5;
