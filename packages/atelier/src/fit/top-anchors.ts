import { add, distance, mix, type Vec } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import type { Grading } from './garment-size.ts';
import { isOffShoulder } from './off-shoulder.ts';
import { alongShoulder, shoulderTip, shoulderTops } from './shoulders.ts';
import { signOf, type Trunk } from './trunk.ts';

/** Where neck point, shoulder tip and armpit of one side go. */
export interface ShoulderAnchors {
  readonly neck: Vec;
  readonly tip: Vec;
  readonly armpit: Vec;
}

/** Sleeved garments are scaled to the shoulders, sleeveless ones to the chest, both within what the other allows. */
export function chooseScale(person: PersonReading, garment: TopReading, trunk: Trunk): number {
  const { left, right } = garment.landmarks;
  const bodyTips = distance(
    shoulderTip(person, trunk, 'left'),
    shoulderTip(person, trunk, 'right'),
  );
  const garmentTips = distance(left.shoulderTip, right.shoulderTip);
  const garmentChest = distance(left.armpit, right.armpit);
  const bodyChest = trunk.halfWidth('left', 0.3) + trunk.halfWidth('right', 0.3);
  if (left.sleeve && right.sleeve) {
    const byShoulders = (1.02 * bodyTips) / garmentTips;
    // Where neckline and sleeve nearly meet, no seam between them says how wide the shoulders are; the chest does.
    const seam = distance(left.neckPoint, left.shoulderTip) / garmentChest;
    const roomiest = lerp(
      1.08,
      garment.kind.value === 'dress' ? 1.15 : 1.24,
      smoothstep(0.08, 0.2, seam),
    );
    return clamp(
      byShoulders,
      (0.98 * bodyChest) / garmentChest,
      (roomiest * bodyChest) / garmentChest,
    );
  }
  // Laid flat, a garment shows half its girth; a chest seen from the front is about 1.2 times narrower than half its own.
  const byChest = (1.18 * bodyChest) / garmentChest;
  // Shoulders nearly as wide as the chest are those of a roomy cut, whose width goes round the body and whose length stays.
  const wide = smoothstep(0.62, 0.85, garmentTips / garmentChest);
  const roomy = clamp(bodyTips / garmentTips, byChest, 1.2 * byChest);
  return clamp(
    lerp(byChest, roomy, wide),
    (0.7 * bodyTips) / Math.max(garmentTips, 0.6 * garmentChest),
    (1.25 * bodyTips) / garmentTips,
  );
}

/** Depth of the armpits below the shoulder joints, in shoulder widths. */
const BARE_ARMPIT = 0.445;

/** Where shoulders and armpits of the garment go on both sides. */
export function placeAnchors(
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  scale: number,
  grading: Grading,
): Readonly<Record<Side, ShoulderAnchors>> {
  const { landmarks } = garment;
  const unit = trunk.shoulderWidth;
  const halfNeck = (side: Side): number =>
    clamp(
      Math.abs(landmarks[side].neckPoint[0] - landmarks.centreX) * scale,
      0.2 * unit,
      0.5 * unit,
    );
  if (isOffShoulder(garment)) {
    return {
      left: bareAnchors(garment, trunk, 'left', scale),
      right: bareAnchors(garment, trunk, 'right', scale),
    };
  }
  const tops = shoulderTops(person, trunk, { left: halfNeck('left'), right: halfNeck('right') });
  return {
    left: sideAnchors(person, garment, trunk, 'left', scale, tops.left, grading),
    right: sideAnchors(person, garment, trunk, 'right', scale, tops.right, grading),
  };
}

/** Below bare shoulders the garment is held by the chest: everything is measured up from the armpits. */
function bareAnchors(
  { landmarks }: TopReading,
  trunk: Trunk,
  side: Side,
  scale: number,
): ShoulderAnchors {
  const source = landmarks[side];
  const down = (BARE_ARMPIT * trunk.shoulderWidth) / trunk.length;
  const place = (point: Vec, most: number): Vec => {
    const across = Math.abs(point[0] - landmarks.centreX) * scale;
    const rise = Math.max(0, source.armpit[1] - point[1]) * scale;
    return trunk.place(down - rise / trunk.length, signOf(side) * Math.min(across, most));
  };
  const edge = trunk.halfWidth(side, down);
  const own = Math.abs(source.armpit[0] - landmarks.centreX) * scale;
  return {
    neck: place(source.neckPoint, edge),
    tip: place(source.shoulderTip, 1.02 * edge),
    armpit: trunk.place(down, signOf(side) * clamp(own, edge, edge + 0.04 * trunk.shoulderWidth)),
  };
}

function sideAnchors(
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  side: Side,
  scale: number,
  top: Vec,
  grading: Grading,
): ShoulderAnchors {
  const { landmarks } = garment;
  const source = landmarks[side];
  const unit = trunk.shoulderWidth;
  const bodyTip = shoulderTip(person, trunk, side);
  const own = Math.abs(source.shoulderTip[0] - landmarks.centreX) * scale;
  // A seam set in from the shoulder's end stays there: the sleeve's cap covers the rest.
  const leastAcross = source.sleeve ? 0.76 * Math.abs(trunk.locate(bodyTip).across) : 0;
  const tip = strapTip(person, trunk, top, bodyTip, Math.max(own, leastAcross));
  const depth = clamp((source.armpit[1] - source.shoulderTip[1]) * scale, 0.4 * unit, 0.78 * unit);
  const sleevelessDepth = clamp(
    (source.armpit[1] - source.neckPoint[1]) * scale,
    0.45 * unit,
    0.85 * unit,
  );
  const down = source.sleeve
    ? trunk.locate(tip).down + depth / trunk.length
    : trunk.locate(top).down + sleevelessDepth / trunk.length;
  const edge = trunk.halfWidth(side, down);
  const room = source.sleeve && endsAtBareArm(person, trunk, side, down) ? 0.025 : 0.08;
  const ease = clamp(
    Math.abs(source.armpit[0] - landmarks.centreX) * scale * grading.girth,
    edge,
    edge + room * unit + Math.max(0, grading.girth - 1) * edge,
  );
  const arm = trunk.armAcross(side, down);
  const across = arm > 0.35 * unit ? Math.min(ease, Math.max(arm - 0.02 * unit, edge)) : ease;
  // A finger's breadth above the skin: cloth has thickness, and bare shoulder above a shoulder seam reads as a mistake.
  const lift = 0.03 * unit;
  return {
    neck: add(top, trunk.downward, -lift),
    tip: add(tip, trunk.downward, source.sleeve ? -lift / 4 : -lift / 2),
    armpit: trunk.place(down, signOf(side) * across),
  };
}

/** Whether the trunk ends at a bare arm: no armhole can lie within the arm that goes through it. */
function endsAtBareArm(person: PersonReading, trunk: Trunk, side: Side, down: number): boolean {
  const { width, height } = person.image;
  const across = trunk.halfWidth(side, down) + 0.04 * trunk.shoulderWidth;
  const [x, y] = trunk.place(down, signOf(side) * across);
  if (x < 0 || y < 0 || x >= width || y >= height) return false;
  const arm = person.parts[side === 'left' ? 'leftArm' : 'rightArm'];
  return arm.data[Math.floor(y) * width + Math.floor(x)] > 0.5;
}

/** A strap or a cut-away shoulder ends on the line from neck to shoulder, as far out as the garment's own width says. */
function strapTip(
  person: PersonReading,
  trunk: Trunk,
  top: Vec,
  bodyTip: Vec,
  garmentAcross: number,
): Vec {
  const bodyAcross = Math.abs(trunk.locate(bodyTip).across);
  const topAcross = Math.abs(trunk.locate(top).across);
  const share = clamp(
    (Math.max(garmentAcross, topAcross + 2) - topAcross) / Math.max(1, bodyAcross - topAcross),
    0,
    1.02,
  );
  return share > 0.9 ? mix(top, bodyTip, share) : alongShoulder(person, trunk, top, bodyTip, share);
}
