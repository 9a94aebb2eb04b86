import { clamp } from '../../pixels/scalar.ts';
import type { Vec } from '../../geometry/vector.ts';
import type { Mask } from '../../pixels/image.ts';
import type { GarmentKind } from '../garment.ts';
import type { HalfOutline } from './half-outline.ts';
import type { GarmentOutline } from './outline.ts';
import type { TopHalf, TopOutline } from './top-landmarks.ts';

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
/** Contrast of a line down the middle with lines beside it from which it parts two legs. */
const LEGS_FROM = 1.7;

/**
 * Says what sort of garment an outline is: legs, waistbands, sleeves and proportions tell. `middle` measures how much
 * of a line runs down the middle of the lower half, where two legs may touch; it is asked only when that matters.
 */
export function readKind(
  outline: GarmentOutline,
  top: TopOutline,
  mask: Mask,
  middle: () => number,
): KindOpinion {
  const { extent } = outline;
  const { left, right } = top.halves;
  const sleeved = left.sleeve !== null || right.sleeve !== null;
  const widths = rowWidths(outline, mask);
  const wide = Math.max(...widths);
  const notch = crotch(outline);
  const dip = upperDip(outline) / wide;
  if (!sleeved && notch > 0.14) return opinion('bottom', Math.min(0.45, notch));
  if (dip < 0.1 && !sleeved && widths[2] > 0.3 * wide && isWaistband(outline, top, widths)) {
    const legs = middle();
    const two = legs - LEGS_FROM + 4 * Math.max(0, notch - 0.03);
    if (extent.height > 0.8 * wide && two > 0) return opinion('bottom', clamp(two, 0, 0.4));
    const widening = widths[16] / Math.max(1, widths[2]);
    return opinion('skirt', clamp(widening - 0.95, 0.05, 0.4));
  }
  if (wide > 4 * extent.height) return opinion('accessory', 0);
  const { points: leftPoints } = outline.halves.left;
  const { points: rightPoints } = outline.halves.right;
  const chest = Math.max(1, left.marks.armpitAt[0] + right.marks.armpitAt[0]);
  const lowest = Math.max(leftPoints[left.hem][1], rightPoints[right.hem][1]);
  const shoulder = (leftPoints[left.marks.neck][1] + rightPoints[right.marks.neck][1]) / 2;
  const ratio = (lowest - shoulder) / chest;
  const away = Math.abs(ratio - DRESS_FROM);
  return opinion(ratio > DRESS_FROM ? 'dress' : 'top', Math.min(0.45, 0.9 * away));
}

/** Whether the upper end is a waistband's: level, without straps or armholes, and nowhere below it is narrower. */
function isWaistband(
  outline: GarmentOutline,
  { halves }: TopOutline,
  widths: readonly number[],
): boolean {
  const armholes = Math.max(
    hollow(outline.halves.left, halves.left),
    hollow(outline.halves.right, halves.right),
  );
  const narrowest = Math.min(...widths.slice(2, 12));
  const shoulders = widths[4] / Math.max(1, widths[1]);
  return (
    armholes < 0.03 && shoulders < 1.5 && widths[1] < 1.04 * narrowest && topIsStraight(outline)
  );
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
function hollow({ points }: HalfOutline, { marks }: TopHalf): number {
  const [tipX, tipY] = points[marks.tip];
  const [armpitX, armpitY] = marks.armpitAt;
  const between = points.filter(([, y]) => y > tipY && y < armpitY);
  const deepest = between.reduce((most, [x, y]) => {
    const chord = tipX + ((armpitX - tipX) * (y - tipY)) / (armpitY - tipY);
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
