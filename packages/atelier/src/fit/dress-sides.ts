import type { Side } from '../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import type { DressHeights } from './dress-heights.ts';
import { edgeAt } from './garment-edge.ts';
import type { Grading } from './garment-size.ts';
import type { TopTask } from './top-front.ts';
import { signOf, type Trunk } from './trunk.ts';

const STEADY = 8;
/** Heights at which each side is pinned. */
const STEPS = 16;
/** Where the hips are widest, down the trunk. */
const HIPS = 1.04;

/**
 * The sides of a dress: fitted to the trunk down to the waist, then over the hips, and from there down with the width
 * of the garment's picture. A flare is kept as it is; nothing pulls the hem but the cloth above it.
 */
export function dressSidePins(
  { garment, trunk, anchors, scale, grading }: TopTask,
  side: Side,
  heights: DressHeights,
): Pin[] {
  const { centreX } = garment.landmarks;
  const top = garment.landmarks[side].armpit[1];
  const armpitDown = trunk.locate(anchors[side].armpit).down;
  // The corners of the hem are rounded.
  const hemY = lerp(heights.waistY, heights.hemY, 0.97);
  const pins: Pin[] = [];
  const own = (y: number): number =>
    Math.max(1, Math.abs(edgeAt(garment, side, y)[0] - centreX)) * scale;
  const bodice = (y: number, down: number): number =>
    fittedHalfWidth(trunk, side, own(y), down, heights, grading);
  const yAt = (down: number): number =>
    heights.waistY +
    ((down - heights.waistDown) * (heights.hemY - heights.waistY)) /
      (heights.hemDown - heights.waistDown);
  const atWaist = bodice(heights.waistY, heights.waistDown) / own(heights.waistY);
  const hipsY = Math.min(yAt(HIPS), heights.hemY);
  const overHips = trunk.halfWidth(side, HIPS) * 1.03 + 0.01 * trunk.shoulderWidth;
  const atHips = Math.max(Math.min(atWaist, 1.04 * grading.girth), overHips / own(hipsY));
  for (let k = 1; k <= STEPS; k++) {
    const y = lerp(top, hemY, k / STEPS);
    const source = edgeAt(garment, side, y);
    // Just below the armpit the edge leaves the anchor, which need not lie at the height that the picture gives.
    const down = lerp(armpitDown, heights.down(y), smoothstep(0, 0.3, k / STEPS));
    const width =
      y <= heights.waistY
        ? bodice(y, down)
        : own(y) * lerp(atWaist, atHips, smoothstep(heights.waistY, hipsY, y));
    pins.push({ source, target: trunk.place(down, signOf(side) * width), weight: STEADY });
  }
  return pins;
}

/** The garment's own half-width, but outside the body and, towards the waist, close to it. */
function fittedHalfWidth(
  trunk: Trunk,
  side: Side,
  own: number,
  down: number,
  heights: DressHeights,
  grading: Grading,
): number {
  const body = trunk.halfWidth(side, down);
  const unit = trunk.shoulderWidth;
  const least = body * 1.01 + 0.008 * unit;
  const towardsWaist = smoothstep(0.3, heights.waistDown, down);
  const ease = lerp(0.07, 0.05, towardsWaist) * unit + (grading.girth - 1) * body;
  return clamp(own * grading.girth, least, Math.max(least, body + ease));
}
