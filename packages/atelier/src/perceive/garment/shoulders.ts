import { add, dot, length, subtract, type Vec } from '../../geometry/vector.ts';
import { clamp } from '../../pixels/scalar.ts';
import type { Side } from '../person.ts';
import { cornerAt, type HalfOutline } from './half-outline.ts';
import type { Extent } from './outline.ts';

/** Landmarks of one half as indices into its outline, in order from the axis at the top. */
export interface ShoulderMarks {
  readonly neck: number;
  readonly tip: number;
  readonly armpit: number;
  /** Where the armpit is; differs from the outline's point when the sleeve lies on the body and hides it. */
  readonly armpitAt: Vec;
}

/** Armhole depth over half chest width beyond which a concave corner is where cuff and body part, not the armpit. */
const DEEPEST_ARMHOLE = 2.2;
/** Armhole depth over half chest width to believe in then. */
const USUAL_ARMHOLE = 1.25;

/** The armpit of a half; where the sleeve lies on the body down to a notch, a point above that notch. */
function armpitPlace(half: HalfOutline, tip: Vec, index: number, height: number): Vec {
  const notch = half.points[index];
  const depth = notch[1] - tip[1];
  if (depth < DEEPEST_ARMHOLE * notch[0]) return sharpened(half, index, height);
  return [notch[0], tip[1] + USUAL_ARMHOLE * notch[0]];
}

/** A narrow gap closes before it ends: its corner is where the edges of sleeve and body would meet. */
function sharpened({ points, step }: HalfOutline, index: number, height: number): Vec {
  const at = (reach: number): Vec =>
    points[Math.min(points.length - 1, Math.max(0, index + Math.round((reach * height) / step)))];
  const corner = points[index];
  const [inner, innerFar] = [at(-0.055), at(-0.13)];
  const [side, sideFar] = [at(0.055), at(0.13)];
  const a = subtract(inner, innerFar);
  const b = subtract(side, sideFar);
  const cross = a[0] * b[1] - a[1] * b[0];
  const between = subtract(side, inner);
  const along = (between[0] * b[1] - between[1] * b[0]) / (cross || 1e-9);
  const narrow = Math.abs(cross) < 0.75 * length(a) * length(b) && dot(a, b) > 0;
  const meeting = add(inner, a, along);
  const moved = subtract(meeting, corner);
  return narrow && along > 0 && moved[1] < 0 && length(moved) < 0.08 * height ? meeting : corner;
}

/** Something of each half of a garment. */
export type Both<T> = Readonly<Record<Side, T>>;
type Halves = Both<HalfOutline>;

/** A score for a point of a half's outline; null when it cannot be the landmark. */
type Score = (half: HalfOutline, point: Vec, index: number) => number | null;

/** Neck points and shoulder tips of a garment with sleeves whose armpits are known. */
export function sleevedShoulders(
  split: Halves,
  armpits: Both<number>,
  extent: Extent,
): Both<ShoulderMarks> {
  const reach = 0.06 * extent.height;
  const tips = chooseBoth(split, extent, armpits, (side) => (half, [x, y], i) => {
    const [armpitX, armpitY] = half.points[armpits[side]];
    if (y > armpitY - 0.04 * extent.height || x < 0.5 * armpitX || x > 1.1 * armpitX) return null;
    const off = (x - 0.92 * armpitX) / (0.15 * armpitX);
    return bendAt(half, i, reach) - 0.5 * off * off - (y - extent.top) / extent.height;
  });
  const seams = seamsBeyondWideNeck(split, tips, armpits, extent);
  return withNecks(split, seams ?? tips, armpits, extent, true);
}

/** How far the outline turns at a point, as a shoulder's end does: 0 straight or hollow, 1 by 45 degrees or more. */
function bendAt(half: HalfOutline, index: number, reach: number): number {
  const corner = cornerAt(half, index, reach);
  return corner.convex ? clamp((180 - corner.angle) / 45, 0, 1) : 0;
}

/** Bends of this much and less are none, and of this much are plain. */
const NO_BEND = 0.35;
const PLAIN_BEND = 0.4;
/** Dip of the upper edge over half the neck's width from which an open neck shows no back. */
const OPEN_NECK = 0.12;

/**
 * A neck turns into the shoulder before the shoulder ends. Where the upper edge turns no sooner than at what was taken for
 * the shoulder's end, that is the corner of a wide neck or none at all, and the sleeves begin at the next bend. Null
 * elsewhere, off-shoulder tops included, whose fronts dip.
 */
function seamsBeyondWideNeck(
  split: Halves,
  tips: Both<number>,
  armpits: Both<number>,
  extent: Extent,
): Both<number> | null {
  const reach = 0.06 * extent.height;
  const wideNeck = (side: Side): boolean => {
    const half = split[side];
    const upper = half.points.slice(0, tips[side] + 1);
    const crest = upper.reduce((high, [, y]) => Math.min(high, y), Infinity);
    if (upper[0][1] - crest > OPEN_NECK * upper[tips[side]][0]) return false;
    const last = tips[side] - Math.round((1.5 * reach) / half.step);
    for (let i = 0; i < last; i++) if (bendAt(half, i, reach) > NO_BEND) return false;
    return true;
  };
  if (!wideNeck('left') || !wideNeck('right')) return null;
  const seams = chooseBoth(split, extent, armpits, (side) => (half, [x, y], i) => {
    const [armpitX, armpitY] = half.points[armpits[side]];
    const beyond = i > tips[side] + reach / half.step;
    if (!beyond || x > 1.35 * armpitX || y > armpitY - 0.15 * extent.height) return null;
    return bendAt(half, i, reach) - (y - extent.top) / extent.height;
  });
  const plain = (side: Side): boolean =>
    seams[side] > tips[side] && bendAt(split[side], seams[side], reach) > PLAIN_BEND;
  return plain('left') && plain('right') ? seams : null;
}

/**
 * Neck points, strap ends and lower ends of the armholes of a garment without sleeves. `width` is half the garment's
 * width at the chest.
 */
export function sleevelessShoulders(
  split: Halves,
  width: number,
  extent: Extent,
): Both<ShoulderMarks> {
  const reach = 0.16 * width;
  const ends = mapSides((side) => split[side].points.length - 1);
  const armpits = chooseBoth(split, extent, ends, () => (half, [x, y], i) => {
    const depth = (y - extent.top) / width;
    if (depth < 0.35 || depth > 1.7 || x < 0.45 * width) return null;
    const corner = cornerAt(half, i, reach);
    const bend = corner.convex ? clamp((180 - corner.angle) / 50, 0, 1) : -0.3;
    return bend + (1.2 * x) / width - 0.4 * Math.abs(depth - 0.85);
  });
  const tips = chooseBoth(split, extent, armpits, (side) => (half, [x, y], i) => {
    const armpitY = half.points[armpits[side]][1];
    if (y > armpitY - 0.15 * width || x < 0.12 * width) return null;
    const corner = cornerAt(half, i, 0.6 * reach);
    const bend = corner.convex ? clamp((180 - corner.angle) / 60, 0, 1) : 0;
    return (0.75 * x - (y - extent.top)) / width + 0.4 * bend;
  });
  return withNecks(split, tips, armpits, extent, false);
}

/**
 * Where neckline and shoulder meet: a corner of the upper edge that is high for a shoulder's usual slope. Where the
 * upper edge dips in the middle (a strap, no inner back) it is the inner end of the strap.
 */
function withNecks(
  split: Halves,
  tips: Both<number>,
  armpits: Both<number>,
  extent: Extent,
  sleeved: boolean,
): Both<ShoulderMarks> {
  const scorers = mapSides((side): Score => neckScore(split[side], tips[side], extent));
  const necks = chooseBoth(split, extent, tips, (side) => scorers[side]);
  return mapSides((side) => {
    const { points } = split[side];
    const armpitAt = sleeved
      ? armpitPlace(split[side], points[tips[side]], armpits[side], extent.height)
      : points[armpits[side]];
    return { neck: necks[side], tip: tips[side], armpit: armpits[side], armpitAt };
  });
}

function neckScore(half: HalfOutline, tip: number, extent: Extent): Score {
  const { points } = half;
  const width = Math.max(1, points[tip][0]);
  const upper = points.slice(0, tip + 1);
  const crest = upper.reduce((high, [, y]) => Math.min(high, y), Infinity);
  const dip = (points[0][1] - crest) / width;
  const strap = dip > 0.35;
  const slope = strap ? -0.12 : 0.2;
  const lift = ([x, y]: Vec): number => (slope * x - y) / width;
  const highest = upper.reduce((most, p) => Math.max(most, lift(p)), -Infinity);
  return (own, p, i) => {
    const share = p[0] / width;
    if (share < 0.1 || share > 0.94) return null;
    const corner = cornerAt(own, i, 0.025 * extent.height);
    const bend = clamp((180 - corner.angle) / 40, 0, 1);
    const usual = strap ? 0 : 0.5 * ((share - 0.45) / 0.24) ** 2;
    return 0.5 * bend - usual - Math.min(2, (highest - lift(p)) / 0.05);
  };
}

export const mapSides = <T>(make: (side: Side) => T): Both<T> => ({
  left: make('left'),
  right: make('right'),
});

/** Price of a pair of landmarks that do not mirror each other, per garment height of distance. */
const ASYMMETRY = 6;
const MOST_CANDIDATES = 120;

interface Candidate {
  readonly index: number;
  readonly at: Vec;
  readonly value: number;
}

/** The same landmark on both halves, chosen together: good on its own outline, and alike. */
export function chooseBoth(
  split: Halves,
  { height }: Extent,
  ends: Both<number>,
  scoreOf: (side: Side) => Score,
): Both<number> {
  const found = mapSides((side) => candidatesOf(split[side], ends[side], scoreOf(side)));
  let best = mapSides((side) => found[side][0]?.index ?? Math.max(1, Math.floor(ends[side] / 2)));
  let most = -Infinity;
  for (const left of found.left) {
    for (const right of found.right) {
      const apart = Math.hypot(left.at[0] - right.at[0], left.at[1] - right.at[1]) / height;
      const value = left.value + right.value - ASYMMETRY * apart;
      if (value > most) {
        most = value;
        best = { left: left.index, right: right.index };
      }
    }
  }
  return best;
}

function candidatesOf(half: HalfOutline, end: number, score: Score): Candidate[] {
  const all: Candidate[] = [];
  for (let index = 1; index < end; index++) {
    const at = half.points[index];
    const value = score(half, at, index);
    if (value !== null) all.push({ index, at, value });
  }
  return all.toSorted((a, b) => b.value - a.value).slice(0, MOST_CANDIDATES);
}

/** Index in [from, to) with the greatest score; null scores do not count. */
export function argMax(
  points: readonly Vec[],
  from: number,
  to: number,
  score: (point: Vec, index: number) => number | null,
): number | null {
  let best: number | null = null;
  let most = -Infinity;
  for (let i = from; i < to; i++) {
    const value = score(points[i], i);
    if (value !== null && value > most) {
      most = value;
      best = i;
    }
  }
  return best;
}
