import {
  add,
  distance,
  mix,
  normalize,
  perpendicular,
  scale,
  subtract,
  type Vec,
} from '../../geometry/vector.ts';
import { lerp } from '../../pixels/scalar.ts';
import type { Pose, Side } from '../person.ts';
import { beyondAt, isCloth, type WornView } from './profiles.ts';

/** An arm of the wearer on the upright canvas. */
export interface WornArm {
  readonly side: Side;
  /** Shoulder, elbow, wrist. */
  readonly joints: readonly [Vec, Vec, Vec];
  readonly upper: number;
  readonly length: number;
  /** Length along the arm, from the shoulder joint, to which a sleeve covers it; 0 for a bare arm. */
  readonly sleeveEnd: number;
  /** 0..1: how well the arm is seen. */
  readonly confidence: number;
}

export interface ArmPlace {
  readonly point: Vec;
  /** Along the arm, towards the hand. */
  readonly direction: Vec;
  /** Across it, away from the trunk when the arm hangs. */
  readonly outward: Vec;
}

const STEPS = 60;
/** Cloth that ends before this share of the upper arm is the edge of an armhole. */
const CAP = 0.35;

export function readArm(view: WornView, pose: Pose, side: Side): WornArm {
  const limb = pose.arms[side];
  const at = (point: Vec): Vec => view.frame.fromPhoto(point);
  const joints: WornArm['joints'] = [at(limb.root.at), at(limb.middle.at), at(limb.end.at)];
  const upper = distance(joints[0], joints[1]);
  const bare: WornArm = {
    side,
    joints,
    upper,
    length: upper + distance(joints[1], joints[2]),
    sleeveEnd: 0,
    confidence: limb.middle.confidence,
  };
  return { ...bare, sleeveEnd: sleeveEnd(view, bare) };
}

export function alongArm({ side, joints, upper }: WornArm, run: number): ArmPlace {
  const bend = 0.12 * upper;
  const straight = (r: number): Vec =>
    r < upper
      ? mix(joints[0], joints[1], r / (upper || 1))
      : add(joints[1], normalize(subtract(joints[2], joints[1])), r - upper);
  const direction = normalize(subtract(straight(run + bend), straight(run - bend)));
  const across = perpendicular(direction);
  return {
    point: straight(run),
    direction,
    outward: side === 'left' ? across : scale(across, -1),
  };
}

/** Half of an arm's width by proportion, in shoulder widths at shoulder and wrist. */
export const armHalfWidth = (arm: WornArm, run: number, unit: number): number =>
  unit * lerp(0.165, 0.085, Math.min(1, run / (arm.length || 1)));

/** Cloth covers the arm from the shoulder on: the last place at which most across it is cloth. */
function sleeveEnd(view: WornView, arm: WornArm): number {
  let end = 0;
  let misses = 0;
  for (let k = Math.round(0.1 * STEPS); k < STEPS; k++) {
    const run = (k / STEPS) * arm.length;
    const half = armHalfWidth(arm, run, view.frame.unit);
    const { point, outward } = alongArm(arm, run);
    let cloth = 0;
    for (let j = -3; j <= 3; j++) {
      const [x, y] = add(point, outward, (j / 5) * half);
      if (isCloth(view, x, y)) cloth++;
    }
    if (cloth >= 4 && !bareOutside(view, point, outward, 1.6 * half)) {
      end = run;
      misses = 0;
    } else if (++misses > (end > 0 ? 4 : 1)) break;
  }
  return end < CAP * arm.upper ? 0 : end;
}

/** Whether skin is the outermost thing across the arm: it then lies behind the garment's body, without a sleeve. */
function bareOutside(view: WornView, point: Vec, outward: Vec, reach: number): boolean {
  let bare = false;
  let open = 0;
  for (let r = 0; r < reach && open < 4; r++) {
    const [x, y] = add(point, outward, r);
    const cloth = isCloth(view, x, y);
    const skin = !cloth && beyondAt(view, x, y) === 'arm';
    if (cloth || skin) bare = skin;
    open = cloth || skin ? 0 : open + 1;
  }
  return bare;
}
