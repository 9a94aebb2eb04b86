import {
  distance,
  dot,
  mix,
  normalize,
  perpendicular,
  subtract,
  type Vec,
} from '../../geometry/vector.ts';
import type { Sleeve, SleeveClass } from '../garment.ts';
import { pathLength, resample } from './contour.ts';
import { cornerAt, type HalfOutline } from './half-outline.ts';
import type { ShoulderMarks } from './shoulders.ts';

const STATIONS = 9;
/** Sleeve length over chest width from which a sleeve has its name. */
const SHORT_FROM = 0.2;
const LONG_FROM = 0.85;

export interface SleeveShape {
  readonly sleeve: Sleeve;
  /** Ends of the cuff: on the outer edge and on the one towards the body. */
  readonly cuff: readonly [outer: Vec, inner: Vec];
  /** 0..1: how clear the cuff's corners are. */
  readonly confidence: number;
}

/** Reads a sleeve as a ribbon between its outer edge (tip to cuff) and its inner edge (armpit to cuff). */
export function readSleeve(
  half: HalfOutline,
  marks: ShoulderMarks,
  height: number,
  chest: number,
): SleeveShape | null {
  const { points } = half;
  const count = marks.armpit - marks.tip;
  if (count < 8) return null;
  const tip = points[marks.tip];
  const armpit = points[marks.armpit];
  const base = mix(tip, armpit, 0.5);
  const armhole = distance(tip, armpit);
  if (armhole < 0.02 * height) return null;
  const { outer, inner, confidence } = findCuff(half, marks, base, armhole, height);
  const above = resample(points.slice(marks.tip, outer + 1), STATIONS);
  const below = resample(points.slice(inner, marks.armpit + 1).toReversed(), STATIONS);
  const middle = above.map((p, i) => mix(p, below[i], 0.5));
  const axis = resample(smoothed(middle), STATIONS);
  const halfWidths = axis.map((at, i) => {
    const along = normalize(
      subtract(axis[Math.min(STATIONS - 1, i + 1)], axis[Math.max(0, i - 1)]),
    );
    const across = perpendicular(along);
    const nearest = stationNear(middle, at);
    return Math.max(1, Math.abs(dot(subtract(above[nearest], below[nearest]), across)) / 2);
  });
  const length = pathLength(axis);
  if (length < 0.015 * height) return null;
  return {
    sleeve: { base, axis, halfWidths, length, class: classOf(length / chest) },
    cuff: [points[outer], points[inner]],
    confidence,
  };
}

function classOf(ratio: number): SleeveClass {
  if (ratio < SHORT_FROM) return 'cap';
  return ratio < LONG_FROM ? 'short' : 'long';
}

const stationNear = (stations: readonly Vec[], to: Vec): number =>
  stations.reduce((best, p, i) => (distance(p, to) < distance(stations[best], to) ? i : best), 0);

function smoothed(path: readonly Vec[]): Vec[] {
  return path.map((p, i) =>
    i === 0 || i === path.length - 1 ? p : mix(p, mix(path[i - 1], path[i + 1], 0.5), 0.5),
  );
}

interface Cuff {
  readonly outer: number;
  readonly inner: number;
  readonly confidence: number;
}

/** The pair of convex corners, far from the shoulder, with a straight edge between them. */
function findCuff(
  half: HalfOutline,
  marks: ShoulderMarks,
  base: Vec,
  armhole: number,
  height: number,
): Cuff {
  const { points } = half;
  const stride = Math.max(1, Math.round((0.006 * height) / half.step));
  let farthest = 1;
  for (let i = marks.tip; i <= marks.armpit; i++) {
    farthest = Math.max(farthest, distance(points[i], base));
  }
  const corners: { readonly index: number; readonly sharp: number; readonly far: number }[] = [];
  for (let index = marks.tip + stride; index < marks.armpit - stride; index += stride) {
    const room = Math.min(index - marks.tip, marks.armpit - index) * half.step;
    const corner = cornerAt(half, index, Math.min(0.03 * height, Math.max(3 * half.step, room)));
    const far = distance(points[index], base) / farthest;
    if (far > 0.45) {
      corners.push({
        index,
        sharp: corner.convex ? Math.min(1.1, (180 - corner.angle) / 80) : 0,
        far,
      });
    }
  }
  let best: Cuff = fallback(points, marks, base);
  let most = -Infinity;
  for (let i = 0; i < corners.length; i++) {
    for (let j = i + 1; j < corners.length; j++) {
      const a = corners[i];
      const b = corners[j];
      const width = distance(points[a.index], points[b.index]) / armhole;
      if (width < 0.18 || width > 1.7) continue;
      const bow = bulge(points, a.index, b.index) / armhole;
      const balance = sideBalance(points, marks, a.index, b.index);
      const value =
        a.sharp +
        b.sharp +
        2 * (a.far + b.far) -
        4 * bow -
        0.8 * Math.max(0, width - 0.9) -
        balance;
      if (value > most) {
        most = value;
        best = {
          outer: a.index,
          inner: b.index,
          confidence: Math.min(1, (a.sharp + b.sharp) / 1.6),
        };
      }
    }
  }
  return best;
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
  return ratio < 0.25 ? (0.25 - ratio) * 2 : ratio > 1.5 ? (ratio - 1.5) * 0.5 : 0;
}

function fallback(points: readonly Vec[], marks: ShoulderMarks, base: Vec): Cuff {
  let end = marks.tip;
  for (let i = marks.tip; i <= marks.armpit; i++) {
    if (distance(points[i], base) > distance(points[end], base)) end = i;
  }
  const spread = Math.max(1, Math.floor((marks.armpit - marks.tip) * 0.08));
  return {
    outer: Math.max(marks.tip + 1, end - spread),
    inner: Math.min(marks.armpit - 1, end + spread),
    confidence: 0,
  };
}
