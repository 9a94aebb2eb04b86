import { distance, mix, type Vec } from '../../geometry/vector.ts';
import { components } from '../../pixels/components.ts';
import { createMask, type Mask } from '../../pixels/image.ts';
import type { Side } from '../person.ts';
import type { HalfOutline } from './half-outline.ts';
import type { GarmentOutline } from './outline.ts';
import type { TopHalf, TopOutline } from './top-landmarks.ts';

/** What tells kinds of garment apart. */
export interface KindEvidence {
  readonly sleeved: boolean;
  /** How far the lower edge climbs between two legs, over the garment's height. */
  readonly notch: number;
  /** How far it is from the upper edge down to where the legs part, over the greatest width between; 0 without legs. */
  readonly rise: number;
  /** Depth of the upper edge's dip between its two sides, over the greatest width. */
  readonly dip: number;
  /** Length from shoulders to hem over the chest's width. */
  readonly ratio: number;
  /** Height over the greatest width. */
  readonly tall: number;
  /** Whether the upper end is a waistband's. */
  readonly waistband: boolean;
  /** Width near the hem over the width near the top. */
  readonly widening: number;
  /** Length of the sleeves over the chest's width; 0 without. */
  readonly sleeve: number;
  /** How far the sleeves reach from the shoulder over the length from shoulders to hem; 0 without. */
  readonly reach: number;
  /** Overlap with its own mirror image, 0..1. */
  readonly symmetry: number;
  /** Whether the upper end is a dome: no shoulders, no opening, no band. */
  readonly dome: boolean;
  /** Share of the garment's box that holes in its upper half take up, as a handle or rims of glasses enclose them. */
  readonly hole: number;
  /** Whether two pieces of about the same size lie side by side. */
  readonly pair: boolean;
}

/** Measures a garment's outline for its kind; `top` is the outline read as if it were a top's. */
export function kindEvidence(outline: GarmentOutline, top: TopOutline, mask: Mask): KindEvidence {
  const { extent, halves } = outline;
  const { left, right } = top.halves;
  const sleeved = left.sleeve !== null || right.sleeve !== null;
  const widths = rowWidths(outline, mask);
  const wide = Math.max(1, ...widths);
  const dip = upperDip(outline) / wide;
  const chest = Math.max(1, left.marks.armpitAt[0] + right.marks.armpitAt[0]);
  const lowest = Math.max(halves.left.points[left.hem][1], halves.right.points[right.hem][1]);
  const neck =
    (halves.left.points[left.marks.neck][1] + halves.right.points[right.marks.neck][1]) / 2;
  const length = lowest - neck;
  const sleeveReach = (side: Side): number => {
    const { marks, sleeve } = top.halves[side];
    if (!sleeve) return 0;
    return distance(halves[side].points[marks.tip], mix(...sleeve.cuff, 0.5)) / length;
  };
  const coarse = sampled(mask);
  const notch = crotch(outline);
  const level = dip < 0.1 && !sleeved && widths[2] > 0.3 * wide;
  return {
    sleeved,
    notch,
    rise: riseAbove(notch, widths, extent.height),
    dip,
    ratio: length / chest,
    tall: extent.height / wide,
    waistband: level && isWaistband(outline, top, widths),
    widening: widths[16] / Math.max(1, widths[2]),
    sleeve: Math.max(left.sleeve?.sleeve.length ?? 0, right.sleeve?.sleeve.length ?? 0) / chest,
    reach: Math.max(sleeveReach('left'), sleeveReach('right')),
    symmetry: outline.frame.symmetry,
    dome: !sleeved && dip < 0.01 && isDome(widths),
    hole: upperHole(coarse),
    pair: isPair(coarse),
  };
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

/** @param widths of rows at even heights */
function riseAbove(notch: number, widths: readonly number[], height: number): number {
  if (notch === 0) return 0;
  const above = widths.slice(0, Math.max(1, Math.round((1 - notch) * widths.length)));
  return ((1 - notch) * height) / Math.max(1, ...above);
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
  const between = points.slice(marks.tip, marks.armpit).filter(([, y]) => y < armpitY);
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

/** Narrow at the very top and wider row by row from there on, as hats are. */
function isDome(widths: readonly number[]): boolean {
  const wide = Math.max(...widths);
  const grows = widths.slice(1, 10).every((width, k) => width > 0.99 * widths[k]);
  return grows && widths[0] < 0.55 * wide && widths[1] < 0.75 * wide && widths[8] > 0.85 * wide;
}

/** Side at which holes and pairs are looked for. */
const COARSE_SIDE = 256;

function sampled(mask: Mask): Mask {
  const step = Math.ceil(Math.max(mask.width, mask.height) / COARSE_SIDE);
  const result = createMask(Math.ceil(mask.width / step), Math.ceil(mask.height / step));
  for (let y = 0; y < result.height; y++) {
    for (let x = 0; x < result.width; x++) {
      result.data[y * result.width + x] = mask.data[y * step * mask.width + x * step];
    }
  }
  return result;
}

function upperHole(mask: Mask): number {
  const { width, height } = mask;
  const open = createMask(width, height);
  let [top, bottom, left, right] = [height, 0, width, 0];
  for (let i = 0; i < open.data.length; i++) {
    open.data[i] = mask.data[i] ? 0 : 1;
    if (!mask.data[i]) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
  }
  const { labels, areas } = components(open);
  const outside = new Set<number>();
  for (let x = 0; x < width; x++) {
    outside.add(labels[x]).add(labels[(height - 1) * width + x]);
  }
  for (let y = 0; y < height; y++) {
    outside.add(labels[y * width]).add(labels[y * width + width - 1]);
  }
  const middle = (top + bottom) / 2;
  const low = new Set<number>();
  for (let i = Math.floor(middle) * width; i < labels.length; i++) low.add(labels[i]);
  const hollow = areas.reduce(
    (sum, area, k) => (outside.has(k) || low.has(k) ? sum : sum + area),
    0,
  );
  return hollow / Math.max(1, (right - left) * (bottom - top));
}

function isPair(mask: Mask): boolean {
  const { labels, areas } = components(mask);
  const [first, second] = areas
    .map((area, label) => ({ area, label }))
    .filter(({ label }) => label > 0)
    .toSorted((a, b) => b.area - a.area);
  if (!first || !second || second.area < 0.5 * first.area) return false;
  const reach = [first, second].map(({ label }) => {
    let [low, high] = [mask.width, 0];
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] !== label) continue;
      low = Math.min(low, i % mask.width);
      high = Math.max(high, i % mask.width);
    }
    return { low, high };
  });
  const shared = Math.min(reach[0].high, reach[1].high) - Math.max(reach[0].low, reach[1].low);
  return shared < 0.3 * Math.min(reach[0].high - reach[0].low, reach[1].high - reach[1].low);
}
