import type { Vec } from '../../geometry/vector.ts';
import { type Side, sides } from '../person.ts';
import { type Corner, cornerAt, type HalfOutline } from './half-outline.ts';
import type { Extent } from './outline.ts';

/** A concave corner below a sleeve. */
export interface ArmpitCandidate {
  readonly index: number;
  readonly at: Vec;
  /** Opening of the gap between sleeve and body, degrees. */
  readonly angle: number;
  readonly value: number;
}

/** Gaps wider open than this are waists and flares, not armpits. */
const WIDEST_GAP = 142;
/** Price of a pair whose two corners are not mirror images, per garment height of distance. */
const ASYMMETRY = 3.2;
/** What a pair must be worth to say that the garment has sleeves. */
const LEAST_PAIR = 0.55;

/** Both armpits of a sleeved garment, chosen together so that they mirror each other; null for a sleeveless one. */
export function findArmpits(
  halves: Readonly<Record<Side, HalfOutline>>,
  extent: Extent,
): Readonly<Record<Side, ArmpitCandidate>> | null {
  const found = {
    left: candidates(halves.left, extent),
    right: candidates(halves.right, extent),
  };
  let best: Readonly<Record<Side, ArmpitCandidate>> | null = null;
  let most = LEAST_PAIR;
  for (const left of found.left) {
    for (const right of found.right) {
      const apart = Math.hypot(left.at[0] - right.at[0], left.at[1] - right.at[1]);
      const value = left.value + right.value - (ASYMMETRY * apart) / extent.height;
      if (value > most) {
        most = value;
        best = { left, right };
      }
    }
  }
  return best ?? completed(halves, found, extent);
}

/** One clear armpit and none opposite (an arm folded away or a sleeve lying on the body): the other is its mirror image. */
function completed(
  halves: Readonly<Record<Side, HalfOutline>>,
  found: Readonly<Record<Side, readonly ArmpitCandidate[]>>,
  extent: Extent,
): Readonly<Record<Side, ArmpitCandidate>> | null {
  for (const side of sides) {
    const other = side === 'left' ? 'right' : 'left';
    const [first] = found[side].toSorted((a, b) => b.value - a.value);
    if (!first || first.value < 0.75 || found[other].length > 0) continue;
    const index = nearestIndex(halves[other].points, first.at);
    const at = halves[other].points[index];
    if (Math.hypot(at[0] - first.at[0], at[1] - first.at[1]) > 0.06 * extent.height) continue;
    const mirrored: ArmpitCandidate = { ...first, index, at };
    return side === 'left' ? { left: first, right: mirrored } : { left: mirrored, right: first };
  }
  return null;
}

export function nearestIndex(points: readonly Vec[], to: Vec): number {
  let best = 0;
  let least = Infinity;
  points.forEach(([x, y], i) => {
    const distance = Math.hypot(x - to[0], y - to[1]);
    if (distance < least) {
      least = distance;
      best = i;
    }
  });
  return best;
}

function candidates(half: HalfOutline, { top, height }: Extent): ArmpitCandidate[] {
  const { points } = half;
  const all: ArmpitCandidate[] = [];
  let reached = 0;
  for (let index = 0; index < points.length; index++) {
    const at = points[index];
    reached = Math.max(reached, at[0]);
    const depth = (at[1] - top) / height;
    const overhang = (reached - at[0]) / height;
    if (depth < 0.06 || depth > 0.9 || at[0] < 0.04 * height || overhang < 0.02) continue;
    const corner = sharpest(half, index, height);
    if (corner.convex || corner.angle > WIDEST_GAP) continue;
    if (corner.bisector[1] < 0.05 && corner.bisector[0] < 0.3) continue;
    if (isWaist(points, index, depth, overhang, height)) continue;
    if (thicknessAbove(points, index) < 0.05 * height) continue;
    const sharpness = (180 - corner.angle) / 90;
    const value = sharpness + 0.5 * Math.min(1, overhang / 0.15) - 0.9 * Math.max(0, depth - 0.2);
    all.push({ index, at, angle: corner.angle, value });
  }
  return keepPeaks(all, Math.round((0.05 * height) / half.step)).map((one) =>
    atCorner(half, one, height),
  );
}

/** What sticks out above a notch by less than this share of the garment's height is a bodice, and no sleeve. */
const BODICE = 0.085;
/** Armpits of dresses lie higher than this, in garment heights, and skirts come out within `below` of their waists. */
const WAIST = { highest: 0.25, below: 0.3 } as const;

/** Whether a notch is the waist of a sleeveless dress: a bodice that hardly sticks out above it, and below it a skirt that does. */
function isWaist(
  points: readonly Vec[],
  index: number,
  depth: number,
  overhang: number,
  height: number,
): boolean {
  if (overhang > BODICE || depth < WAIST.highest) return false;
  const [x, y] = points[index];
  return points
    .slice(index)
    .some((point) => point[1] < y + WAIST.below * height && point[0] > x + 2 * overhang * height);
}

/** Long arms see a corner from some way off; short ones find its very point. */
function atCorner(half: HalfOutline, found: ArmpitCandidate, height: number): ArmpitCandidate {
  const reach = Math.round((0.035 * height) / half.step);
  let index = found.index;
  let sharpest = Infinity;
  const last = half.points.length - 2;
  for (let i = Math.max(1, index - reach); i <= Math.min(last, found.index + reach); i++) {
    const corner = cornerAt(half, i, 0.018 * height);
    if (!corner.convex && corner.angle < sharpest) {
      sharpest = corner.angle;
      index = i;
    }
  }
  return { ...found, index, at: half.points[index] };
}

const sharpest = (half: HalfOutline, index: number, height: number): Corner => {
  const near = cornerAt(half, index, 0.03 * height);
  const far = cornerAt(half, index, 0.06 * height);
  if (near.convex) return far;
  return far.convex || near.angle < far.angle ? near : far;
};

/** Cloth between the corner and the garment's upper edge straight above it. */
function thicknessAbove(points: readonly Vec[], index: number): number {
  const [x, y] = points[index];
  let highest = y;
  for (let i = 1; i < index; i++) {
    const crosses = points[i - 1][0] <= x !== points[i][0] <= x;
    if (crosses) highest = Math.min(highest, points[i][1]);
  }
  return y - highest;
}

function keepPeaks(all: readonly ArmpitCandidate[], apart: number): ArmpitCandidate[] {
  const kept: ArmpitCandidate[] = [];
  for (const one of all.toSorted((a, b) => b.value - a.value)) {
    if (kept.every((other) => Math.abs(other.index - one.index) > apart)) kept.push(one);
  }
  return kept.slice(0, 8);
}
