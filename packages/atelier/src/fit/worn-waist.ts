import type { PersonReading } from '../perceive/person.ts';
import { median } from '../pixels/scalar.ts';
import type { Trunk } from './trunk.ts';

/** The upper edge of what the person wears below the waist, as a curve across the trunk. */
export interface WornWaist {
  /** Height in trunk coordinates at a place across, pixels from the middle line. */
  down(across: number): number;
}

const HIGHEST = 0.5;
/** Below this the edge is the hem of a long top, not a waist. */
const LOWEST = 1.02;
const COLUMNS = 25;
const ROW = 0.005;

/**
 * Finds the wearer's own waistband: where waistbands sit on this body. A curve of second degree through the first
 * pixels of the lower garment in columns across the trunk, without outliers; null where they lie on no such curve.
 */
export function findWornWaist(person: PersonReading, trunk: Trunk): WornWaist | null {
  const points: [across: number, down: number][] = [];
  const reach = 0.85 * Math.min(trunk.halfWidth('left', 0.85), trunk.halfWidth('right', 0.85));
  for (let k = 0; k < COLUMNS; k++) {
    const across = ((2 * k) / (COLUMNS - 1) - 1) * reach;
    const down = firstBelow(person, trunk, across);
    if (down !== null) points.push([across / reach, down]);
  }
  if (points.length < 0.6 * COLUMNS) return null;
  let kept = points;
  let curve = parabola(kept);
  for (let round = 0; round < 3; round++) {
    const off = (point: readonly [number, number]): number =>
      Math.abs(at(curve, point[0]) - point[1]);
    const usual = median(kept.map(off));
    kept = points.filter((point) => off(point) < Math.max(0.008, 2.5 * usual));
    curve = parabola(kept);
  }
  const off = median(points.map(([across, down]) => Math.abs(at(curve, across) - down)));
  const middle = at(curve, 0);
  if (off > 0.02 || middle < HIGHEST + 0.02 || middle > LOWEST) return null;
  return { down: (across) => at(curve, across / reach) };
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
function parabola(points: readonly (readonly [number, number])[]): Parabola {
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
