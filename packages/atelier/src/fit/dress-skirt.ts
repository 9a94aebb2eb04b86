import { add, mix, type Vec } from '../geometry/vector.ts';
import { type PersonReading, type Side, sides } from '../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import type { DressHeights } from './dress-heights.ts';
import { edgeAt } from './garment-edge.ts';
import type { TopTask } from './top-front.ts';
import { signOf, type Trunk } from './trunk.ts';

/** The skirt of a dress on the body. */
export interface Skirt {
  /** The middle of the skirt at a height of the trunk. */
  middle(down: number): Vec;
  /** From the middle to that side's edge at a height of the garment's picture, person pixels. */
  halfWidth(side: Side, y: number): number;
}

/** Where the hips are widest, down the trunk. */
const HIPS = 1.04;
/** Half-widths of a leg at hip, knee and ankle, in shoulder widths. */
const LEG = [0.22, 0.15, 0.1] as const;
/** Cloth gives no more than this beyond the garment's own width. */
const MOST_STRETCH = 1.4;

/**
 * Lays a skirt over the hips and lets it fall: straight down from the middle of the hips, as wide at every height as in
 * the garment's picture, by one factor for all heights that lets hips and legs in. So a flare stays the flare that it
 * is, and nothing but the hips pushes a straight skirt out.
 *
 * @param waist half the dress's width at the waist as fitted, person pixels
 */
export function hangSkirt(
  person: PersonReading,
  { garment, trunk, scale, grading }: TopTask,
  heights: DressHeights,
  waist: number,
): Skirt {
  const { centreX } = garment.landmarks;
  const own = (side: Side, y: number): number =>
    Math.max(1, Math.abs(edgeAt(garment, side, y)[0] - centreX)) * scale;
  const both = (y: number): number => (own('left', y) + own('right', y)) / 2;
  const middle = (down: number): Vec => {
    if (down <= HIPS) return bodyMiddle(trunk, down);
    return [bodyMiddle(trunk, HIPS)[0], trunk.axis(down)[1]];
  };
  const { waistY, hemY, waistDown, hemDown } = heights;
  const yAt = (down: number): number =>
    waistY + ((down - waistDown) * (hemY - waistY)) / (hemDown - waistDown);
  const atWaist = waist / both(waistY);
  let factor = Math.min(atWaist, 1.04 * grading.girth);
  for (let down = HIPS - 0.12; down < hemDown; down += 0.08) {
    const needed = bodyReach(person, trunk, down, middle(down)[0]);
    factor = Math.max(factor, Math.min(needed / both(yAt(down)), MOST_STRETCH));
  }
  const hipsY = Math.min(yAt(HIPS), hemY);
  return {
    middle,
    halfWidth: (side, y) => own(side, y) * lerp(atWaist, factor, smoothstep(waistY, hipsY, y)),
  };
}

const bodyMiddle = (trunk: Trunk, down: number): Vec =>
  trunk.place(down, (trunk.halfWidth('right', down) - trunk.halfWidth('left', down)) / 2);

/** How far hips or legs reach aside of a place at this height, with a little ease. */
function bodyReach(person: PersonReading, trunk: Trunk, down: number, middleX: number): number {
  const unit = trunk.shoulderWidth;
  if (down <= HIPS + 0.1) {
    const half = (trunk.halfWidth('left', down) + trunk.halfWidth('right', down)) / 2;
    return half * 1.03 + 0.01 * unit;
  }
  const y = trunk.axis(down)[1];
  let reach = 0;
  for (const side of sides) {
    const leg = person.pose.legs[side];
    if (leg.middle.confidence < 0.3) continue;
    const joints = [leg.root.at, leg.middle.at, leg.end.at];
    const k = y < joints[1][1] ? 0 : 1;
    const share = clamp((y - joints[k][1]) / Math.max(1, joints[k + 1][1] - joints[k][1]), 0, 1);
    const at = mix(joints[k], joints[k + 1], share);
    const aside = (at[0] - middleX) * signOf(side);
    reach = Math.max(reach, aside + lerp(LEG[k], LEG[k + 1], share) * unit);
  }
  return reach * 1.02;
}

/** A place `width` aside of the skirt's middle; below the hips cloth hangs level, above them it follows the trunk. */
export function besideMiddle(
  trunk: Trunk,
  skirt: Skirt,
  down: number,
  side: Side,
  width: number,
): Vec {
  const level = smoothstep(HIPS - 0.25, HIPS + 0.15, down);
  const across = mix(trunk.rightward, [1, 0], level);
  return add(skirt.middle(down), across, signOf(side) * width);
}
