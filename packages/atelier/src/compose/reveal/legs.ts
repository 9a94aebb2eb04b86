import type { PersonReading, Side } from '../../perceive/person.ts';
import { createPlane } from '../../pixels/image.ts';
import { outlineLimb, type Profile } from './limb.ts';
import type { Section } from './strip.ts';

/**
 * Half-widths of a bare leg in shoulder widths: thigh, knee, calf, ankle. The calf's outer belly sits higher than its
 * inner one, and the knee bends the inner line more than the outer.
 */
const OUTER: Profile = [
  [0, 0.27],
  [0.3, 0.25],
  [0.7, 0.2],
  [0.95, 0.168],
  [1.1, 0.16],
  [1.3, 0.174],
  [1.55, 0.142],
  [1.82, 0.096],
  [2, 0.09],
];
const INNER: Profile = [
  [0, 0.27],
  [0.3, 0.25],
  [0.7, 0.205],
  [0.93, 0.178],
  [1.1, 0.158],
  [1.38, 0.166],
  [1.62, 0.132],
  [1.86, 0.094],
  [2, 0.094],
];

/** The bare leg on one side of the picture, from hip joint to ankle, in pixels of the person's reading. */
export function outlineLeg({ pose, parts }: PersonReading, side: Side): Section[] {
  const { root, middle, end, tip } = pose.legs[side];
  const silhouette = createPlane(parts.legs.width, parts.legs.height);
  for (let i = 0; i < silhouette.data.length; i++) {
    silhouette.data[i] = parts.legs.data[i] + parts.lowerGarment.data[i] + parts.shoes.data[i];
  }
  // Seen from the front, `perpendicular` of a leg that hangs down points to the left of the picture.
  const profile = side === 'left' ? { back: INNER, front: OUTER } : { back: OUTER, front: INNER };
  return outlineLimb({
    joints: [root.at, middle.at, end.at, tip.at],
    profile,
    outer: side === 'left' ? 'front' : 'back',
    hang: [[0, 0.02]],
    unit: pose.shoulderWidth,
    skin: parts.legs,
    silhouette,
  });
}
