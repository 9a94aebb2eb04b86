import {
  add,
  alongSegment,
  distance,
  distanceToPlace,
  mix,
  normalize,
  perpendicular,
  scale,
  subtract,
  type Vec,
} from '../geometry/vector.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import type { Plane } from '../pixels/image.ts';
import { clamp, lerp, median } from '../pixels/scalar.ts';

/** An arm as a bent tube in the picture. */
export interface Arm {
  readonly side: Side;
  /** Shoulder joint, elbow, wrist, finger knuckles. */
  readonly joints: readonly [Vec, Vec, Vec, Vec];
  /** Shoulder joint to wrist along the bones, pixels. */
  readonly length: number;
  readonly upperLength: number;
  /** Point of the middle line at this length from the shoulder joint, the elbow rounded off, and the direction there. */
  at(run: number): { readonly point: Vec; readonly direction: Vec };
  /** Half-width of the bare arm at this length, pixels. */
  halfWidth(run: number): number;
  /** From the middle line outwards, away from the trunk, to the edge of the person, clothes included; pixels. */
  outerReach(run: number): number;
  /** From the middle line inwards, towards the trunk, to the edge of the arm's skin, 0 where none shows; pixels. */
  innerReach(run: number): number;
  /** How far outside the arm a point is: 0 on the middle line, 1 on its edge; and the run of the nearest place. */
  locate(point: Vec): { readonly share: number; readonly run: number };
  /** Whether a sleeve of the old garment covers the upper arm, the lower arm; 0 to 1. */
  readonly oldSleeve: { readonly upper: number; readonly lower: number };
}

const STEPS = 12;

export function measureArm(person: PersonReading, side: Side): Arm {
  const limb = person.pose.arms[side];
  const joints: readonly [Vec, Vec, Vec, Vec] = [
    limb.root.at,
    limb.middle.at,
    limb.end.at,
    limb.tip.at,
  ];
  const upperLength = distance(joints[0], joints[1]);
  const lowerLength = distance(joints[1], joints[2]);
  const length = upperLength + lowerLength;
  const straight = (run: number): Vec =>
    run < upperLength
      ? mix(joints[0], joints[1], run / (upperLength || 1))
      : add(joints[1], normalize(subtract(joints[2], joints[1])), run - upperLength);
  const at = (run: number): { point: Vec; direction: Vec } => {
    const reach = 0.3 * Math.min(upperLength, lowerLength);
    const before = straight(run - reach);
    const after = straight(run + reach);
    const bent = clamp(1 - Math.abs(run - upperLength) / (reach || 1), 0, 1);
    return {
      point: mix(straight(run), mix(before, after, 0.5), 0.6 * bent),
      direction: normalize(subtract(after, before)),
    };
  };
  const widths = measureWidths(person, side, at, length);
  const halfWidth = (run: number): number => {
    const position = clamp((run / length) * STEPS, 0, STEPS - 0.001);
    const index = Math.floor(position);
    return lerp(widths[index], widths[index + 1], position - index);
  };
  const fingers = add(joints[3], subtract(joints[3], joints[2]), 0.8);
  const palm = 0.16 * person.pose.shoulderWidth;
  // Asked of every pixel near an arm: nothing is gathered here.
  const locate = (point: Vec): { share: number; run: number } => {
    const [shoulder, elbow, wrist] = joints;
    const above = alongSegment(point, shoulder, elbow);
    const below = alongSegment(point, elbow, wrist);
    let run = above * upperLength;
    let share = distanceToPlace(point, shoulder, elbow, above) / halfWidth(run);
    const further = upperLength + below * lowerLength;
    const there = distanceToPlace(point, elbow, wrist, below) / halfWidth(further);
    if (there < share) {
      run = further;
      share = there;
    }
    const beyond = alongSegment(point, wrist, fingers);
    const onHand = distanceToPlace(point, wrist, fingers, beyond) / palm;
    return onHand < share ? { run: length, share: onHand } : { run, share };
  };
  return {
    side,
    joints,
    length,
    upperLength,
    at,
    halfWidth,
    outerReach: (run) => measureOuterReach(person, side, at(run), halfWidth(run)),
    innerReach: (run) => measureInnerReach(person, side, at(run), halfWidth(run)),
    locate,
    oldSleeve: {
      upper: sleeveShare(person, side, at, halfWidth, 0.45 * upperLength, 0.85 * upperLength),
      lower: sleeveShare(
        person,
        side,
        at,
        halfWidth,
        upperLength + 0.25 * lowerLength,
        upperLength + 0.85 * lowerLength,
      ),
    },
  };
}

/** Half-width a bare arm has by proportion: shares of the shoulder width at shoulder, elbow and wrist. */
function proportionalWidth(shoulderWidth: number, share: number): number {
  return (
    shoulderWidth *
    (share < 0.5 ? lerp(0.165, 0.125, share * 2) : lerp(0.125, 0.085, share * 2 - 1))
  );
}

/** Measures the arm's silhouette across its middle line where the skin shows, and believes it within bounds. */
function measureWidths(
  person: PersonReading,
  side: Side,
  at: (run: number) => { point: Vec; direction: Vec },
  length: number,
): Float32Array {
  const arm = person.parts[side === 'left' ? 'leftArm' : 'rightArm'];
  const widths = new Float32Array(STEPS + 1);
  for (let k = 0; k <= STEPS; k++) {
    const usual = proportionalWidth(person.pose.shoulderWidth, k / STEPS);
    const { point, direction } = at((k / STEPS) * length);
    const across = perpendicular(direction);
    const reach = (sign: number): number =>
      reachWithin(arm, point, scale(across, sign), usual * 2) ?? usual * 2;
    const measured = (reach(1) + reach(-1)) / 2;
    widths[k] = measured > usual * 0.6 && measured < usual * 1.6 ? measured : usual;
  }
  return widths.map((value, k) =>
    median([widths[Math.max(0, k - 1)], value, widths[Math.min(STEPS, k + 1)]]),
  );
}

/** The direction across the arm that leads away from the trunk. */
export const outward = (side: Side, direction: Vec): Vec => {
  const across = perpendicular(direction);
  return side === 'left' ? across : [-across[0], -across[1]];
};

function measureOuterReach(
  person: PersonReading,
  side: Side,
  place: { readonly point: Vec; readonly direction: Vec },
  bare: number,
): number {
  const across = outward(side, place.direction);
  return reachWithin(person.matte, place.point, across, 2 * bare) ?? bare;
}

function measureInnerReach(
  person: PersonReading,
  side: Side,
  place: { readonly point: Vec; readonly direction: Vec },
  bare: number,
): number {
  const arm = person.parts[side === 'left' ? 'leftArm' : 'rightArm'];
  const inward = scale(outward(side, place.direction), -1);
  const most = WIDEST * bare;
  return reachWithin(arm, place.point, inward, most) ?? most;
}

/** Steps of a pixel from a point along a direction that stay where a share is at least a half; null when `most` do. */
function reachWithin(share: Plane, from: Vec, direction: Vec, most: number): number | null {
  const { width, height, data } = share;
  for (let reach = 0; reach < most; reach++) {
    const [x, y] = add(from, direction, reach);
    if (x < 0 || y < 0 || x >= width || y >= height) return reach;
    if (data[Math.floor(y) * width + Math.floor(x)] < 0.5) return reach;
  }
  return null;
}

/** An arm that reaches farther than this from its middle line, in its half-widths, runs on into something else. */
const WIDEST = 1.6;

/** Share of the tube between two runs that shows the upper garment. */
function sleeveShare(
  person: PersonReading,
  side: Side,
  at: (run: number) => { point: Vec; direction: Vec },
  halfWidth: (run: number) => number,
  from: number,
  to: number,
): number {
  const { width, height } = person.image;
  const arm = person.parts[side === 'left' ? 'leftArm' : 'rightArm'];
  let covered = 0;
  let bare = 0;
  for (let k = 0; k < 16; k++) {
    const run = lerp(from, to, k / 15);
    const { point, direction } = at(run);
    for (let j = -4; j <= 4; j++) {
      const [x, y] = add(point, perpendicular(direction), (j / 4) * halfWidth(run) * 0.8);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const i = Math.floor(y) * width + Math.floor(x);
      covered += person.parts.upperGarment.data[i];
      bare += arm.data[i];
    }
  }
  return covered + bare > 0 ? covered / (covered + bare) : 0;
}
