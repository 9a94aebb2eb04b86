import { add, distance, dot, mix, normalize, subtract, type Vec } from '../geometry/vector.ts';
import type { GarmentSide, Sleeve } from '../perceive/garment.ts';
import { clamp, lerp } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import { type Arm, outward } from './arm.ts';
import type { ShoulderAnchors } from './fit-top.ts';

/** Where a sleeve goes along this arm. */
export interface SleeveFit {
  readonly pins: readonly Pin[];
  /** Length along the arm, from the shoulder joint, at which the sleeve ends; pixels. */
  readonly hemRun: number;
}

/**
 * Lays a sleeve along the bent arm: its length from the garment's own proportions (a sleeve that would reach past four
 * fifths of the arm is a long one and ends at the wrist), its width from the garment, but never inside the arm.
 * The seam follows wherever the body of the garment has carried it.
 */
export function fitSleeve(
  source: GarmentSide,
  sleeve: Sleeve,
  arm: Arm,
  anchors: ShoulderAnchors,
  scale: number,
  shoulderWidth: number,
  carrySeam: (point: Vec) => Vec,
): SleeveFit {
  const start = startRun(arm, anchors, shoulderWidth);
  const full = arm.length - start;
  const natural = sleeve.length * scale * foreshortening(arm, shoulderWidth);
  const long = sleeve.class === 'long' || natural > 0.78 * full;
  const length = long ? full * 1.02 : Math.min(natural, full);
  const pins: Pin[] = [];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const point = mix(source.shoulderTip, source.armpit, share);
    pins.push({ source: point, target: carrySeam(point), weight: 20 });
  }
  const count = sleeve.axis.length - 1;
  for (let k = 0; k <= count; k++) {
    const share = k / count;
    if (share < 0.1) continue;
    const run = start + share * length;
    const { point, direction } = arm.at(run);
    const half = sleeveHalfWidth(
      sleeve.halfWidths[k] * scale,
      arm,
      run,
      shoulderWidth,
      long ? share : 0,
    );
    const outer = Math.max(half, 1.05 * arm.outerReach(run) + 0.01 * shoulderWidth);
    const pin = (half: number, weight: number, across: Vec, sourceAcross: Vec): void => {
      pins.push({
        source: add(sleeve.axis[k], sourceAcross, sleeve.halfWidths[k]),
        target: add(point, across, half),
        weight,
      });
    };
    const away = outward(arm.side, direction);
    const sourceAway = outward(arm.side, axisDirection(sleeve, k));
    pin(outer, 8, away, sourceAway);
    // Near the armhole the inner edge and the middle belong to the seam.
    if (share < 0.3) continue;
    pin(half, 8, [-away[0], -away[1]], [-sourceAway[0], -sourceAway[1]]);
    pins.push({ source: sleeve.axis[k], target: add(point, away, (outer - half) / 2), weight: 4 });
  }
  return { pins, hemRun: start + length };
}

/** The sleeve starts where the middle of the armhole projects onto the upper arm. */
function startRun(arm: Arm, anchors: ShoulderAnchors, shoulderWidth: number): number {
  const base = mix(anchors.tip, anchors.armpit, 0.45);
  const direction = normalize(subtract(arm.joints[1], arm.joints[0]));
  return clamp(dot(subtract(base, arm.joints[0]), direction), 0, 0.3 * shoulderWidth);
}

/** An arm that points at the camera looks short, and a sleeve on it as well. An upper arm is about 0.85 shoulder widths long. */
const foreshortening = (arm: Arm, shoulderWidth: number): number =>
  clamp(arm.upperLength / (0.85 * shoulderWidth), 0.55, 1.1);

function sleeveHalfWidth(
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

function axisDirection(sleeve: Sleeve, k: number): Vec {
  const before = sleeve.axis[Math.max(0, k - 1)];
  const after = sleeve.axis[Math.min(sleeve.axis.length - 1, k + 1)];
  return distance(before, after) > 0 ? normalize(subtract(after, before)) : [0, 1];
}
