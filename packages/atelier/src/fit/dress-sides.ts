import type { Side } from '../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import type { DressHeights } from './dress-heights.ts';
import { besideMiddle, type Skirt } from './dress-skirt.ts';
import { edgeAt } from './garment-edge.ts';
import type { TopTask } from './top-front.ts';
import { signOf } from './trunk.ts';

const STEADY = 12;
/** Heights at which each side is pinned. */
const STEPS = 16;

/** The sides of a dress: fitted to the trunk down to the waist, below it those of its skirt. */
export function dressSidePins(
  task: TopTask,
  side: Side,
  heights: DressHeights,
  skirt: Skirt,
): Pin[] {
  const { garment, trunk, anchors } = task;
  const top = garment.landmarks[side].armpit[1];
  const armpitDown = trunk.locate(anchors[side].armpit).down;
  // The corners of the hem are rounded.
  const hemY = lerp(heights.waistY, heights.hemY, 0.97);
  const pins: Pin[] = [];
  for (let k = 1; k <= STEPS; k++) {
    const y = lerp(top, hemY, k / STEPS);
    // Just below the armpit the edge leaves the anchor, which need not lie at the height that the picture gives.
    const down = lerp(armpitDown, heights.down(y), smoothstep(0, 0.3, k / STEPS));
    const target =
      y <= heights.waistY
        ? trunk.place(down, signOf(side) * bodiceHalfWidth(task, side, y, down, heights))
        : besideMiddle(trunk, skirt, down, side, skirt.halfWidth(side, y));
    pins.push({ source: edgeAt(garment, side, y), target, weight: STEADY });
  }
  return pins;
}

/** The garment's own half-width, but outside the body and, towards the waist, close to it. */
export function bodiceHalfWidth(
  { garment, trunk, scale, grading }: TopTask,
  side: Side,
  y: number,
  down: number,
  heights: DressHeights,
): number {
  const own = Math.abs(edgeAt(garment, side, y)[0] - garment.landmarks.centreX) * scale;
  const body = trunk.halfWidth(side, down);
  const unit = trunk.shoulderWidth;
  const least = body * 1.01 + 0.008 * unit;
  const towardsWaist = smoothstep(0.3, heights.waistDown, down);
  const ease = lerp(0.07, 0.05, towardsWaist) * unit + (grading.girth - 1) * body;
  return clamp(own * grading.girth, least, Math.max(least, body + ease));
}
