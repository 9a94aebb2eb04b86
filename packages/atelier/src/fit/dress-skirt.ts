import { add, mix, type Vec } from '../geometry/vector.ts';
import { type PersonReading, type Side, sides } from '../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import type { DressHeights } from './dress-heights.ts';
import { edgeAt } from './garment-edge.ts';
import { conesOf, hangingSpread } from './flare.ts';
import { hipReach } from './hip-reach.ts';
import { type LowerBody, measureLowerBody } from './lower-body.ts';
import type { TopTask } from './top-front.ts';
import { signOf, type Trunk } from './trunk.ts';

/** The skirt of a dress on the body. */
export interface Skirt {
  /** The middle of the skirt at a height of the trunk. */
  middle(down: number): Vec;
  /** From the middle to that side's edge at a height of the garment's picture, person pixels. */
  halfWidth(side: Side, y: number): number;
  /** Share of the cloth that folds hide at a height of the garment's picture, 0 to 1. */
  readonly folded: (y: number) => number;
}

/** Where the hips are widest, down the trunk. */
const HIPS = 1.04;
/** Cloth gives no more than this beyond the garment's own width. */
const MOST_STRETCH = 1.4;

/**
 * Lays a skirt over the hips and lets it hang. Its flare goes round the body: the cone of which a flat picture shows half
 * the girth is 2 / pi as wide from the front, so that below the waist the sides part by that share of what they do in the
 * picture, and the rest of the cloth lies in folds. Hips and legs push the cloth out where they need more, and below
 * them it comes back to its own fall.
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
  const { waistY, hemY, waistDown } = heights;
  const body = measureLowerBody(person, trunk);
  const atWaist = waist / both(waistY);
  const spread = hangingSpread(garment.photo.value) * grading.girth;
  const levels = Array.from({ length: LEVELS + 1 }, (_, k) => lerp(waistY, hemY, k / LEVELS));
  const wide = levels.map(both);
  const hung = conesOf(wide, waist, Math.min(1, atWaist), spread);
  const needed = levels.map((y) => {
    const down = heights.down(y);
    return down < waistDown + 0.05 ? 0 : bodyReach(body, down, middle(down));
  });
  const worn = pushedOut(hung, needed, wide);
  const share = (y: number): number => {
    const at = clamp(((y - waistY) / (hemY - waistY)) * LEVELS, 0, LEVELS - 0.001);
    const k = Math.floor(at);
    return lerp(worn[k] / wide[k], worn[k + 1] / wide[k + 1], at - k);
  };
  return {
    middle,
    halfWidth: (side, y) => own(side, y) * share(y),
    folded: (y) => (y <= waistY ? 0 : clamp(1 - share(y) / Math.min(1, atWaist), 0, 1)),
  };
}

/** Heights between waist and hem at which a skirt is measured. */
const LEVELS = 40;

/** What remains, a level further down, of how far hips push cloth out. */
const KEPT = 0.955;

/** The half-widths pushed out to what the body needs, as far as cloth gives; the push fades downwards. */
function pushedOut(
  hung: readonly number[],
  needed: readonly number[],
  wide: readonly number[],
): number[] {
  const push = hung.map((half, k) =>
    Math.max(0, Math.min(needed[k], MOST_STRETCH * wide[k]) - half),
  );
  for (let k = 1; k < push.length; k++) push[k] = Math.max(push[k], KEPT * push[k - 1]);
  for (let k = push.length - 2; k >= 0; k--) push[k] = Math.max(push[k], 0.8 * push[k + 1]);
  return hung.map((half, k) => half + (k === 0 ? 0 : push[k]));
}

const bodyMiddle = (trunk: Trunk, down: number): Vec =>
  trunk.place(down, (trunk.halfWidth('right', down) - trunk.halfWidth('left', down)) / 2);

/** How far hips or legs reach aside of the skirt's middle at this height, with a little ease. */
function bodyReach(body: LowerBody, down: number, middle: Vec): number {
  const { trunk } = body;
  if (down <= HIPS + 0.1) {
    const half = (trunk.halfWidth('left', down) + trunk.halfWidth('right', down)) / 2;
    return half * 1.03 + 0.01 * trunk.shoulderWidth;
  }
  return 1.03 * Math.max(...sides.map((side) => hipReach(body, side, down, middle)));
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
