import {
  add,
  length as lengthOf,
  distance,
  dot,
  mix,
  normalize,
  perpendicular,
  subtract,
  type Vec,
} from '../../geometry/vector.ts';
import type { Sleeve, SleeveClass } from '../garment.ts';
import type { Side } from '../person.ts';
import { pathLength, resample } from './contour.ts';
import { type Cuff, findCuffs } from './cuff.ts';
import type { HalfOutline } from './half-outline.ts';
import type { ShoulderMarks } from './shoulders.ts';

const STATIONS = 9;
/** Axis over armhole below which a sleeve is read as one straight piece. */
const STUBBY = 1.3;
/** Sleeve length over chest width from which a sleeve has its name. */
const SHORT_FROM = 0.2;
const LONG_FROM = 0.85;

type Both<T> = Readonly<Record<Side, T>>;

export interface SleeveShape {
  readonly sleeve: Sleeve;
  /** Ends of the cuff: on the outer edge and on the one towards the body. */
  readonly cuff: readonly [outer: Vec, inner: Vec];
  /** 0..1: how clear the cuff's corners are. */
  readonly confidence: number;
}

/** Reads both sleeves as ribbons between their outer edge (tip to cuff) and their inner edge (armpit to cuff). */
export function readSleeves(
  split: Both<HalfOutline>,
  marks: Both<ShoulderMarks>,
  height: number,
  chest: number,
): Both<SleeveShape | null> {
  const cuffs = findCuffs(split, marks, height);
  return {
    left: readSleeve(split.left, marks.left, cuffs.left, height, chest),
    right: readSleeve(split.right, marks.right, cuffs.right, height, chest),
  };
}

function readSleeve(
  { points }: HalfOutline,
  marks: ShoulderMarks,
  { outer, inner, confidence }: Cuff,
  height: number,
  chest: number,
): SleeveShape | null {
  const tip = points[marks.tip];
  const armpit = marks.armpitAt;
  const base = mix(tip, armpit, 0.5);
  const armhole = distance(tip, armpit);
  if (marks.armpit - marks.tip < 8 || armhole < 0.02 * height) return null;
  const outerEdge = points.slice(marks.tip, outer + 1);
  const innerEdge = [armpit, ...points.slice(inner, marks.armpit + 1).toReversed()];
  const middle = mix(points[outer], points[inner], 0.5);
  const axis = centred(
    ribbonAxis(outerEdge, innerEdge, base),
    [...outerEdge, points[inner]],
    [tip, ...innerEdge, points[outer]],
    distance(base, middle) < STUBBY * armhole,
  );
  const length = pathLength(axis.path);
  if (length < 0.015 * height) return null;
  const cuff = halfCuff(axis.path, points[outer], points[inner]);
  const halfWidths = axis.halfWidths.with(STATIONS - 1, cuff);
  return {
    sleeve: {
      base,
      axis: axis.path,
      halfWidths,
      length,
      class: classOf(length / chest),
    },
    cuff: [points[outer], points[inner]],
    confidence,
  };
}

/** Half of a cuff, straight across the sleeve: rays from its middle would run along its own edge. */
function halfCuff(path: readonly Vec[], outer: Vec, inner: Vec): number {
  const across = perpendicular(normalize(subtract(path[STATIONS - 1], path[STATIONS - 2])));
  return Math.max(1, Math.abs(dot(subtract(outer, inner), across)) / 2);
}

function classOf(ratio: number): SleeveClass {
  if (ratio < SHORT_FROM) return 'cap';
  return ratio < LONG_FROM ? 'short' : 'long';
}

/** Middles between equal shares of the outer and the inner edge, at equal steps. */
function ribbonAxis(outerEdge: readonly Vec[], innerEdge: readonly Vec[], base: Vec): Vec[] {
  const below = resample(innerEdge, STATIONS);
  const middle = resample(outerEdge, STATIONS).map((p, i) => mix(p, below[i], 0.5));
  return resample(smoothed([base, ...middle.slice(1)]), STATIONS);
}

const ROUNDS = 2;

/** Moves the axis to the middle of the sleeve, measured straight across it, and measures its half-widths. */
function centred(
  start: readonly Vec[],
  outerEdge: readonly Vec[],
  innerEdge: readonly Vec[],
  stubby: boolean,
): { readonly path: readonly Vec[]; readonly halfWidths: readonly number[] } {
  const spans = (path: readonly Vec[]): Span[] =>
    path.map((at, i) => {
      const [x, y] = normalize(
        subtract(path[Math.min(STATIONS - 1, i + 1)], path[Math.max(0, i - 1)]),
      );
      // Of a half seen as the right one, walking from shoulder to cuff, the outer edge is on this side.
      return spanAt(at, [y, -x], outerEdge, innerEdge);
    });
  let path: readonly Vec[] = stubby ? resample([start[0], start[STATIONS - 1]], STATIONS) : start;
  for (let round = 0; round < ROUNDS; round++) {
    const across = spans(path);
    const moved = path.map((at, i) => {
      if (i === 0 || i === STATIONS - 1) return at;
      return add(at, across[i].direction, (across[i].outwards - across[i].inwards) / 2);
    });
    path = stubby ? straightThrough(moved) : resample(smoothed(moved), STATIONS);
  }
  const halfWidths = spans(path).map(({ outwards, inwards }) =>
    Math.max(1, (outwards + inwards) / 2),
  );
  return { path, halfWidths };
}

/** A straight axis as near as can be to the middles of the outer two thirds; the base keeps its place along it. */
function straightThrough(middles: readonly Vec[]): Vec[] {
  const start = middles[0];
  const chord = subtract(middles[STATIONS - 1], start);
  const along = normalize(chord);
  const across = perpendicular(along);
  const outer = middles.slice(Math.floor(STATIONS / 3));
  const t = outer.map((p) => dot(subtract(p, start), along) / (lengthOf(chord) || 1));
  const off = outer.map((p) => dot(subtract(p, start), across));
  const meanT = t.reduce((a, b) => a + b, 0) / t.length;
  const meanOff = off.reduce((a, b) => a + b, 0) / off.length;
  const spread = t.reduce((sum, value) => sum + (value - meanT) ** 2, 0) || 1;
  const tilt = t.reduce((sum, value, i) => sum + (value - meanT) * (off[i] - meanOff), 0) / spread;
  return resample(
    [
      add(start, across, meanOff - tilt * meanT),
      add(add(start, chord), across, meanOff + tilt * (1 - meanT)),
    ],
    STATIONS,
  );
}

interface Span {
  readonly direction: Vec;
  readonly outwards: number;
  readonly inwards: number;
}

/** How far it is from a station of the axis, straight across, to the outer and to the inner edge. */
function spanAt(
  at: Vec,
  direction: Vec,
  outerEdge: readonly Vec[],
  innerEdge: readonly Vec[],
): Span {
  const outwards = hitBy(at, direction, outerEdge);
  const inwards = hitBy(at, [-direction[0], -direction[1]], innerEdge);
  const both = outwards ?? inwards ?? 1;
  return { direction, outwards: outwards ?? both, inwards: inwards ?? both };
}

/** Distance along a ray to the first crossing with a polyline. */
function hitBy(from: Vec, ray: Vec, line: readonly Vec[]): number | null {
  let nearest: number | null = null;
  for (let i = 1; i < line.length; i++) {
    const a = subtract(line[i - 1], from);
    const b = subtract(line[i], from);
    const sideA = ray[0] * a[1] - ray[1] * a[0];
    const sideB = ray[0] * b[1] - ray[1] * b[0];
    if (sideA > 0 === sideB > 0) continue;
    const share = sideA / (sideA - sideB);
    const reach = dot(ray, mix(a, b, share));
    if (reach >= 0 && (nearest === null || reach < nearest)) nearest = reach;
  }
  return nearest;
}

function smoothed(path: readonly Vec[]): Vec[] {
  return path.map((p, i) =>
    i === 0 || i === path.length - 1 ? p : mix(p, mix(path[i - 1], path[i + 1], 0.5), 0.5),
  );
}
