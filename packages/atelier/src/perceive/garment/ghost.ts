import type { Mask, Plane } from '../../pixels/image.ts';
import { quantile } from '../../pixels/scalar.ts';
import type { GarmentOutline } from './outline.ts';

/** Shares by which both sides are darker than the middle where a body fills the garment; prints differ by more. */
const ROUND = [0.07, 0.4] as const;

/**
 * Whether a garment is darker towards both its sides than down its middle, all the way: cloth laid flat is lit evenly,
 * on an invisible body it turns away from the light.
 */
export function looksRound(
  { frame, extent, halves }: GarmentOutline,
  lightness: Plane,
  mask: Mask,
): boolean {
  const drops: number[] = [];
  for (let share = 0.35; share < 0.8; share += 0.05) {
    const y = extent.top + share * extent.height;
    const reach = Math.min(trunkAt(halves.left.points, y), trunkAt(halves.right.points, y));
    if (reach < 6) continue;
    const near = meanAcross(-0.3 * reach, 0.3 * reach, y);
    const left = meanAcross(-0.93 * reach, -0.78 * reach, y);
    const right = meanAcross(0.78 * reach, 0.93 * reach, y);
    drops.push((near - Math.max(left, right)) / Math.max(10, near));
  }
  return quantile(drops, 0.25) > ROUND[0] && Math.max(...drops) < ROUND[1];

  function meanAcross(from: number, to: number, y: number): number {
    let sum = 0;
    let count = 0;
    for (let x = from; x <= to; x++) {
      const [px, py] = frame.toPicture([x, y]).map(Math.round);
      const i = py * mask.width + px;
      if (px < 0 || py < 0 || px >= mask.width || py >= mask.height || !mask.data[i]) continue;
      sum += lightness.data[i];
      count++;
    }
    return count === 0 ? 0 : sum / count;
  }
}

/** Innermost crossing of a half at a height: the side of the trunk, inside of a hanging sleeve. */
function trunkAt(points: readonly (readonly [number, number])[], y: number): number {
  let least = Infinity;
  for (let i = 1; i < points.length; i++) {
    if (points[i - 1][1] <= y !== points[i][1] <= y) least = Math.min(least, points[i][0]);
  }
  return least === Infinity ? 0 : least;
}
