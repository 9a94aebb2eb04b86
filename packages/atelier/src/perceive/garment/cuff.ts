import {
  distance,
  dot,
  mix,
  normalize,
  perpendicular,
  subtract,
  type Vec,
} from '../../geometry/vector.ts';
import type { Side } from '../person.ts';
import { cornerAt, type HalfOutline } from './half-outline.ts';
import type { ShoulderMarks } from './shoulders.ts';

type Both<T> = Readonly<Record<Side, T>>;

/** A sleeve's opening: indices of its ends on the outer edge and on the one towards the body. */
export interface Cuff {
  readonly outer: number;
  readonly inner: number;
  /** 0..1: how clear its corners are. */
  readonly confidence: number;
}

interface Candidate extends Cuff {
  readonly value: number;
}

/** Price of cuffs that do not mirror each other, per garment height of distance. */
const ASYMMETRY = 5;
const MOST_CANDIDATES = 60;

/** Both cuffs, chosen together: pairs of convex corners, far from the shoulder, with a straight edge between them. */
export function findCuffs(
  split: Both<HalfOutline>,
  marks: Both<ShoulderMarks>,
  height: number,
): Both<Cuff> {
  const left = candidates(split.left, marks.left, height);
  const right = candidates(split.right, marks.right, height);
  let best: Both<Cuff> = { left: left[0], right: right[0] };
  let most = -Infinity;
  for (const a of left) {
    for (const b of right) {
      const apart =
        distance(split.left.points[a.outer], split.right.points[b.outer]) +
        distance(split.left.points[a.inner], split.right.points[b.inner]);
      const value = a.value + b.value - (ASYMMETRY * apart) / height;
      if (value > most) {
        most = value;
        best = { left: a, right: b };
      }
    }
  }
  return best;
}

function candidates(half: HalfOutline, marks: ShoulderMarks, height: number): Candidate[] {
  const { points } = half;
  const base = mix(points[marks.tip], marks.armpitAt, 0.5);
  const armhole = Math.max(1, distance(points[marks.tip], marks.armpitAt));
  const corners = cornersOf(half, marks, base, height);
  const found: Candidate[] = [];
  for (let i = 0; i < corners.length; i++) {
    for (let j = i + 1; j < corners.length; j++) {
      const a = corners[i];
      const b = corners[j];
      const width = distance(points[a.index], points[b.index]) / armhole;
      if (width < 0.18 || width > 1.7) continue;
      const bow = bulge(points, a.index, b.index) / armhole;
      const value =
        a.sharp +
        b.sharp +
        2 * (a.far + b.far) -
        4 * bow -
        0.8 * Math.max(0, width - 0.9) -
        sideBalance(points, marks, a.index, b.index) -
        levelness(base, mix(points[a.index], points[b.index], 0.5));
      const confidence = Math.min(1, (a.sharp + b.sharp) / 1.6);
      found.push({ outer: a.index, inner: b.index, confidence, value });
    }
  }
  const kept = found.toSorted((a, b) => b.value - a.value).slice(0, MOST_CANDIDATES);
  return kept.length > 0 ? kept : [fallback(points, marks, base)];
}

/** Sleeves hang or slope; 0 for those, up to 0.5 for one that sticks out level. */
function levelness(base: Vec, cuff: Vec): number {
  const [, down] = normalize(subtract(cuff, base));
  return Math.max(0, 0.5 - Math.max(0, down));
}

interface OutlineCorner {
  readonly index: number;
  /** 0 for a straight edge, 1 for a right angle. */
  readonly sharp: number;
  /** Distance from the armhole, over the greatest. */
  readonly far: number;
}

function cornersOf(
  half: HalfOutline,
  marks: ShoulderMarks,
  base: Vec,
  height: number,
): OutlineCorner[] {
  const { points, step } = half;
  const stride = Math.max(1, Math.round((0.006 * height) / step));
  let farthest = 1;
  for (let i = marks.tip; i <= marks.armpit; i++) {
    farthest = Math.max(farthest, distance(points[i], base));
  }
  const corners: OutlineCorner[] = [];
  for (let index = marks.tip + stride; index < marks.armpit - stride; index += stride) {
    const far = distance(points[index], base) / farthest;
    if (far < 0.45) continue;
    const room = Math.min(index - marks.tip, marks.armpit - index) * step;
    const corner = cornerAt(half, index, Math.min(0.03 * height, Math.max(3 * step, room)));
    const sharp = corner.convex ? Math.min(1.1, (180 - corner.angle) / 80) : 0;
    corners.push({ index, sharp, far });
  }
  return corners;
}

/** Greatest distance of the edge between two points from the straight line between them. */
function bulge(points: readonly Vec[], from: number, to: number): number {
  const a = points[from];
  const along = normalize(subtract(points[to], a));
  const across = perpendicular(along);
  let most = 0;
  for (let i = from; i <= to; i++)
    most = Math.max(most, Math.abs(dot(subtract(points[i], a), across)));
  return most;
}

/** 0 when outer and inner edge are alike in length; a cuff is not half of a side. */
function sideBalance(
  points: readonly Vec[],
  marks: ShoulderMarks,
  outer: number,
  inner: number,
): number {
  const above = distance(points[marks.tip], points[outer]);
  const below = distance(points[marks.armpit], points[inner]);
  const ratio = (below + 1) / (above + 1);
  return ratio < 0.25 ? 0.25 - ratio : ratio > 1.5 ? (ratio - 1.5) * 0.5 : 0;
}

/** The end of a sleeve without corners: what is farthest from the armhole. */
function fallback(points: readonly Vec[], marks: ShoulderMarks, base: Vec): Candidate {
  let end = marks.tip;
  for (let i = marks.tip; i <= marks.armpit; i++) {
    if (distance(points[i], base) > distance(points[end], base)) end = i;
  }
  const spread = Math.max(1, Math.floor((marks.armpit - marks.tip) * 0.08));
  return {
    outer: Math.max(marks.tip + 1, end - spread),
    inner: Math.min(marks.armpit - 1, end + spread),
    confidence: 0,
    value: 0,
  };
}
