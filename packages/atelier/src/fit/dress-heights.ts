import type { TopReading } from '../perceive/garment.ts';
import { clamp } from '../pixels/scalar.ts';
import { hemHeight, waistHeight } from './garment-edge.ts';
import type { TopTask } from './top-front.ts';
import type { Vertical } from './top-hem.ts';
import type { Trunk } from './trunk.ts';

/** The heights of a dress on the body: `waistY` of the garment goes to `waistDown` of the trunk. */
export interface DressHeights extends Vertical {
  readonly waistY: number;
  readonly waistDown: number;
}

/** Where the waist usually is between shoulder joints and hip joints. */
const USUAL_WAIST = 0.66;

/** How much longer than wide a skirt may be drawn than it is in its picture. */
const MOST_STRETCH = 1.03;

/** The narrowest place of the body's sides, kept near the usual height, because loose clothes hide it. */
export function bodyWaist(trunk: Trunk): number {
  let best = USUAL_WAIST;
  let least = Infinity;
  for (let down = 0.54; down <= 0.78; down += 0.02) {
    const width = (trunk.halfWidth('left', down) + trunk.halfWidth('right', down)) / 2;
    const cost = width / trunk.shoulderWidth + 3 * (down - USUAL_WAIST) ** 2;
    if (cost < least) [best, least] = [down, cost];
  }
  return best;
}

/**
 * A dress hangs from the shoulders, its waist comes to the body's, and its skirt is as long as it is in the garment's
 * picture, measured in lengths of the garment's own bodice.
 */
export function hangDress({ garment, trunk, anchors, scale, grading }: TopTask): DressHeights {
  const { left, right } = garment.landmarks;
  const neckY = (left.neckPoint[1] + right.neckPoint[1]) / 2;
  const hemY = hemHeight(garment);
  const neckDown =
    (trunk.locate(anchors.left.neck).down + trunk.locate(anchors.right.neck).down) / 2;
  const waistDown = bodyWaist(trunk);
  const waistY = garmentWaist(garment, neckY, ((waistDown - neckDown) * trunk.length) / scale);
  const bodice = (waistDown - neckDown) / (waistY - neckY);
  // A bodice drawn out to reach the waist says nothing of the skirt.
  const skirt = Math.min(bodice, (MOST_STRETCH * scale) / trunk.length) * grading.length;
  const hemDown = waistDown + (hemY - waistY) * skirt;
  return {
    neckY,
    hemY,
    neckDown,
    hemDown,
    waistY,
    waistDown,
    oldHemDown: 0,
    drop: () => 0,
    stretch: (bodice * trunk.length) / scale,
    down: (y) => (y < waistY ? neckDown + (y - neckY) * bodice : waistDown + (y - waistY) * skirt),
  };
}

/**
 * The height of the garment's waist: where its sides say, as far as that agrees with the place that the body's own
 * proportions expect; an empire line or a shift tells nothing.
 */
function garmentWaist(garment: TopReading, neckY: number, expected: number): number {
  const height = waistHeight(garment);
  if (height === null) return neckY + expected;
  const measured = height - neckY;
  const agree = clamp(1 - Math.abs(Math.log(measured / expected)) / Math.log(1.5), 0, 1);
  return neckY + expected * (measured / expected) ** (0.8 * Math.sqrt(agree));
}
