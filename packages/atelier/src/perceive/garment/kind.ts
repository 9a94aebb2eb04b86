import { clamp } from '../../pixels/scalar.ts';
import type { Vec } from '../../geometry/vector.ts';
import type { Mask } from '../../pixels/image.ts';
import type { GarmentKind, GarmentSide, TopLandmarks } from '../garment.ts';
import type { GarmentOutline } from './landmarks.ts';

export interface KindOpinion {
  readonly value: GarmentKind;
  readonly confidence: number;
}

const opinion = (value: GarmentKind, evidence: number): KindOpinion => ({
  value,
  confidence: clamp(0.5 + evidence, 0.3, 0.98),
});

/** Body length over chest width that parts tops from dresses. */
const DRESS_FROM = 2.2;

/** Says what sort of garment an outline is: legs, waistbands, sleeves and proportions tell. */
export function readKind(
  outline: GarmentOutline,
  { left, right, hem }: TopLandmarks,
  mask: Mask,
): KindOpinion {
  const { extent } = outline;
  const sleeved = left.sleeve !== null || right.sleeve !== null;
  const widths = rowWidths(outline, mask);
  const wide = Math.max(...widths);
  const notch = crotch(outline);
  const topWidth = widths[2] / wide;
  const dip = upperDip(outline) / wide;
  const tall = extent.height / wide;
  const flatTop = dip < 0.1 && !sleeved;
  if (!sleeved && notch > 0.14) return opinion('bottom', Math.min(0.45, notch));
  const chest = Math.max(1, right.armpit[0] - left.armpit[0]);
  const lowest = hem.reduce((most, [, y]) => Math.max(most, y), -Infinity);
  const shoulder = (left.neckPoint[1] + right.neckPoint[1]) / 2;
  const ratio = (lowest - shoulder) / chest;
  if (flatTop && topWidth > 0.3) {
    if (tall > 2.3 && widths[18] > 0.3 * wide) return opinion('bottom', 0.2);
    const shoulders = widths[4] / Math.max(1, widths[1]);
    const widening = widths[16] / Math.max(1, widths[2]);
    const smooth = Math.max(hollow(outline, left), hollow(outline, right)) < 0.03;
    if (widening > 1.15 && shoulders < 1.35 && smooth && topIsStraight(outline)) {
      return opinion('skirt', clamp(widening - 1.1, 0, 0.4));
    }
  }
  if (wide > 4 * extent.height) return opinion('accessory', 0);
  const away = Math.abs(ratio - DRESS_FROM);
  return opinion(ratio > DRESS_FROM ? 'dress' : 'top', Math.min(0.45, 0.9 * away));
}

/** Width of the cloth at 20 heights, from the top. */
function rowWidths({ frame, extent, points }: GarmentOutline, mask: Mask): number[] {
  const reach = points.reduce((most, [x]) => Math.max(most, Math.abs(x)), 1);
  return Array.from({ length: 20 }, (_, k) => {
    const y = extent.top + ((k + 0.5) / 20) * extent.height;
    let count = 0;
    for (let x = -reach; x <= reach; x++) {
      const [px, py] = frame.toPicture([x, y]);
      const i = Math.round(py) * mask.width + Math.round(px);
      if (px >= 0 && py >= 0 && px < mask.width && py < mask.height && mask.data[i]) count++;
    }
    return count;
  });
}

/** How far the lower edge climbs between two legs, over the garment's height. */
function crotch({ points, extent }: GarmentOutline): number {
  const reach = points.reduce((most, [x]) => Math.max(most, Math.abs(x)), 1);
  const bottom = extent.top + extent.height;
  const lower = points.filter(([, y]) => y > extent.top + 0.25 * extent.height);
  const low = (from: number, to: number): number =>
    lower
      .filter(([x]) => x >= from * reach && x < to * reach)
      .reduce((most, [, y]) => Math.max(most, y), -Infinity);
  const legs = Math.min(low(-1, -0.12), low(0.12, 1));
  const middle = lower
    .filter(([x]) => Math.abs(x) < 0.3 * reach)
    .reduce((least, [, y]) => Math.min(least, y), bottom);
  return Math.max(0, Math.min(legs, bottom) - middle) / extent.height;
}

/** Depth of the upper edge's dip between its two highest halves, pixels. */
function upperDip({ halves: { left, right } }: GarmentOutline): number {
  const crest = (points: readonly Vec[]): number =>
    points.reduce((least, [, y]) => Math.min(least, y), Infinity);
  return left.points[0][1] - Math.max(crest(left.points), crest(right.points));
}

/** How far an armhole cuts in between the upper corner and the side edge, over half the width there; 0 for a plain side. */
function hollow({ frame, halves }: GarmentOutline, side: GarmentSide): number {
  const tip = frame.toUpright(side.shoulderTip);
  const armpit = frame.toUpright(side.armpit);
  const { points } = tip[0] < 0 ? halves.left : halves.right;
  const [tipX, armpitX] = [Math.abs(tip[0]), Math.abs(armpit[0])];
  const between = points.filter(([, y]) => y > tip[1] && y < armpit[1]);
  const deepest = between.reduce((most, [x, y]) => {
    const chord = tipX + ((armpitX - tipX) * (y - tip[1])) / (armpit[1] - tip[1]);
    return x > 0.6 * tipX ? Math.max(most, chord - x) : most;
  }, 0);
  return deepest / Math.max(1, armpitX);
}

/** A waistband: the upper edge runs level from corner to corner. */
function topIsStraight({ points, extent }: GarmentOutline): boolean {
  const upper = points.filter(([, y]) => y < extent.top + 0.06 * extent.height);
  const span = upper.reduce((most, [x]) => Math.max(most, Math.abs(x)), 0);
  const below = points.filter(
    ([, y]) => y > extent.top + 0.06 * extent.height && y < extent.top + 0.12 * extent.height,
  );
  const next = below.reduce((most, [x]) => Math.max(most, Math.abs(x)), 1);
  return span > 0.8 * next;
}
