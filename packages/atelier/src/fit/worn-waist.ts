import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp, median } from '../pixels/scalar.ts';
import type { Trunk } from './trunk.ts';

/** The upper edge of what the person wears below the waist, as a curve across the trunk. */
export interface WornWaist {
  /** Height in trunk coordinates at a place across, pixels from the middle line. */
  down(across: number): number;
  /** From the middle line to the waistband's corners, pixels. */
  readonly reach: Readonly<Record<Side, number>>;
}

const HIGHEST = 0.5;
/** Below this the edge is the hem of a long top, not a waist. */
const LOWEST = 1.02;
const ROW = 0.005;
/** Columns to each side, and how far out the last one lies, in shoulder widths. */
const COLUMNS = 24;
const WIDEST = 0.64;
/** A column whose edge lies this far off the curve through all of them has no waistband in it. */
const OFF = 0.05;

/**
 * Finds the wearer's own waistband: where waistbands sit on this body. The first pixels of the lower garment in columns
 * across the trunk lie along a curve of second degree; null where they do not.
 */
export function findWornWaist(person: PersonReading, trunk: Trunk): WornWaist | null {
  const stride = (WIDEST * trunk.shoulderWidth) / COLUMNS;
  const seen: Point[] = [];
  for (let k = -COLUMNS; k <= COLUMNS; k++) {
    const down = firstBelow(person, trunk, k * stride);
    if (down !== null) seen.push([k / COLUMNS, down]);
  }
  const inner = seen.filter(([x]) => Math.abs(x) < 0.6);
  if (inner.length < 0.45 * COLUMNS) return null;
  const curve = steadyParabola(inner);
  const off = ([x, down]: Point): number => Math.abs(at(curve, x) - down);
  const middle = at(curve, 0);
  if (median(inner.map(off)) > 0.02 || middle < HIGHEST + 0.02 || middle > LOWEST) return null;
  const band = connected(seen.filter((point) => off(point) < OFF));
  if (band.length < 0.45 * COLUMNS) return null;
  const line = steadyParabola(band);
  const [first, last] = [band[0][0], band[band.length - 1][0]];
  const side = COLUMNS * stride;
  return {
    reach: { left: -first * side, right: last * side },
    down: (across) => at(line, clamp(across / side, first, last)),
  };
}

type Point = readonly [x: number, down: number];

/** The points about the middle without a gap of more than three columns. */
function connected(points: readonly Point[]): Point[] {
  const gap = 3.5 / COLUMNS;
  const right = points.filter(([x]) => x >= 0);
  const left = points.filter(([x]) => x < 0).toReversed();
  const run = (side: readonly Point[]): Point[] => {
    const end = side.findIndex(
      ([x], k) => Math.abs(x) - (k > 0 ? Math.abs(side[k - 1][0]) : 0) > gap,
    );
    return end < 0 ? [...side] : side.slice(0, end);
  };
  return [...run(left).toReversed(), ...run(right)];
}

/** A parabola through the points but the outliers. */
function steadyParabola(points: readonly Point[]): Parabola {
  let curve = parabola(points);
  for (let round = 0; round < 3; round++) {
    const off = ([x, down]: Point): number => Math.abs(at(curve, x) - down);
    const most = Math.max(0.008, 2.5 * median(points.map(off)));
    curve = parabola(points.filter((point) => off(point) < most));
  }
  return curve;
}

/** The height at which a column passes into the lower garment and stays in it. */
function firstBelow(person: PersonReading, trunk: Trunk, across: number): number | null {
  const { width, height } = person.image;
  const needed = 6;
  let run = 0;
  for (let down = HIGHEST; down < LOWEST + 0.1; down += ROW) {
    const [x, y] = trunk.place(down, across);
    if (x < 0 || y < 0 || x >= width || y >= height) return null;
    const inside = person.parts.lowerGarment.data[Math.floor(y) * width + Math.floor(x)] > 0.5;
    run = inside ? run + 1 : 0;
    if (run === needed) return down === HIGHEST ? null : down - (needed - 1) * ROW;
  }
  return null;
}

type Parabola = readonly [number, number, number];
const at = ([a, b, c]: Parabola, x: number): number => a + b * x + c * x * x;

/** Least squares by the normal equations. */
function parabola(points: readonly Point[]): Parabola {
  const s = [0, 0, 0, 0, 0];
  const t = [0, 0, 0];
  for (const [x, y] of points) {
    for (let k = 0; k < 5; k++) s[k] += x ** k;
    for (let k = 0; k < 3; k++) t[k] += y * x ** k;
  }
  const det3 = (m: readonly number[]): number =>
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6]);
  const whole = det3([s[0], s[1], s[2], s[1], s[2], s[3], s[2], s[3], s[4]]) || 1e-12;
  return [
    det3([t[0], s[1], s[2], t[1], s[2], s[3], t[2], s[3], s[4]]) / whole,
    det3([s[0], t[0], s[2], s[1], t[1], s[3], s[2], t[2], s[4]]) / whole,
    det3([s[0], s[1], t[0], s[1], s[2], t[1], s[2], s[3], t[2]]) / whole,
  ];
}
