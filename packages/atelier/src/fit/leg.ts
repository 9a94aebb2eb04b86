import {
  add,
  distance,
  mix,
  normalize,
  perpendicular,
  scale,
  subtract,
  toSegment,
  type Vec,
} from '../geometry/vector.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp, lerp, median } from '../pixels/scalar.ts';

/** A leg as a bent tube in the picture, from the height of the crotch to the ankle. */
export interface Leg {
  readonly side: Side;
  /** Middle of the thigh at the height of the crotch, knee, ankle. */
  readonly joints: readonly [Vec, Vec, Vec];
  /** Crotch to ankle along the middle line, pixels. */
  readonly length: number;
  readonly upperLength: number;
  /** Point of the middle line at this length below the crotch (negative above it) and the direction there. */
  at(run: number): { readonly point: Vec; readonly direction: Vec };
  /** Half-width of the bare leg at this length, pixels. */
  halfWidth(run: number): number;
  /** From the middle line to what is seen of the leg, clothes included, on the side away from the other leg, and towards it. */
  outerReach(run: number): number;
  innerReach(run: number): number;
  /** How far outside the leg a point is: 0 on the middle line, 1 on its edge; and the run of the nearest place. */
  locate(point: Vec): { readonly share: number; readonly run: number };
}

/** Across a leg, away from the other one. */
export const awayFromOther = (side: Side, direction: Vec): Vec => {
  const across = perpendicular(direction);
  return side === 'left' ? across : scale(across, -1);
};

const STEPS = 16;
/** Half-widths of a bare leg by proportion, from crotch to ankle, as shares of half the hips' width. */
const PROPORTIONS = [0.5, 0.455, 0.41, 0.345, 0.3, 0.3, 0.29, 0.22, 0.185] as const;

export interface LegTask {
  readonly person: PersonReading;
  readonly side: Side;
  /** Where the legs part. */
  readonly crotch: Vec;
  /** The outer edge of the hip at the height of the crotch. */
  readonly outer: Vec;
  /** Half the width of the hips, pixels. */
  readonly hipHalf: number;
  /** Shoulder joints to hip joints, pixels. */
  readonly trunkLength: number;
}

export function measureLeg(task: LegTask): Leg {
  const { person, side, hipHalf } = task;
  const bones = bonesOf(task);
  const line = middleLine(bones);
  const usual = (run: number): number => proportion(run / line.length) * hipHalf;
  const offsets = new Float32Array(STEPS + 1);
  const outer = new Float32Array(STEPS + 1);
  const inner = new Float32Array(STEPS + 1);
  for (let k = 0; k <= STEPS; k++) {
    const run = (k / STEPS) * line.length;
    const seen = silhouette(person, side, line.at(run), usual(run));
    // The hips say where the leg begins; from there on the silhouette says where it goes.
    offsets[k] = seen && k > 0 ? clamp((seen.outer - seen.inner) / 2, -0.5, 0.5) : 0;
    outer[k] = seen?.outer ?? Number.NaN;
    inner[k] = seen?.inner ?? Number.NaN;
  }
  const centred = recentred(line, side, smooth(offsets), usual);
  const shift = smooth(offsets);
  const reach = (measured: Float32Array, sign: number): ((run: number) => number) => {
    const values = measured.map((value, k) => {
      const bare = usual((k / STEPS) * line.length);
      return Number.isNaN(value) ? bare : clamp(value - sign * shift[k], 0.9 * bare, 1.5 * bare);
    });
    const even = smooth(values);
    return (run) => between(even, run / line.length);
  };
  const { joints, length, upperLength } = centred;
  const halfWidth = (run: number): number => usual((run / length) * line.length);
  return {
    side,
    joints,
    length,
    upperLength,
    at: centred.at,
    halfWidth,
    outerReach: reach(outer, 1),
    innerReach: reach(inner, -1),
    locate: (point) => nearest(joints, upperLength, halfWidth, point),
  };
}

interface Line {
  readonly joints: readonly [Vec, Vec, Vec];
  readonly length: number;
  readonly upperLength: number;
  at(run: number): { readonly point: Vec; readonly direction: Vec };
}

/** A picture that ends above knee or ankle leaves the pose guessing: what it guesses is held to human proportions. */
function bonesOf({ person, side, crotch, outer, trunkLength }: LegTask): readonly [Vec, Vec, Vec] {
  const leg = person.pose.legs[side];
  const top = mix(crotch, outer, 0.5);
  const knee =
    leg.middle.confidence > 0.5
      ? leg.middle.at
      : plausible(leg.root.at, leg.middle.at, 0.65 * trunkLength, 0.9 * trunkLength);
  const ankle =
    leg.end.confidence > 0.5
      ? leg.end.at
      : plausible(knee, leg.end.at, 0.58 * trunkLength, 0.85 * trunkLength);
  return [top, knee, ankle];
}

/** The guess, drawn in or out to a length and turned no further than a standing leg turns. */
function plausible(from: Vec, guess: Vec, least: number, most: number): Vec {
  const direction = normalize(subtract(guess, from));
  const lean = clamp(direction[0], -0.25, 0.25);
  return add(from, normalize([lean, 1]), clamp(distance(from, guess), least, most));
}

function middleLine(joints: readonly [Vec, Vec, Vec]): Line {
  const upperLength = distance(joints[0], joints[1]);
  const lowerLength = distance(joints[1], joints[2]);
  const straight = (run: number): Vec =>
    run < upperLength
      ? add(joints[0], normalize(subtract(joints[1], joints[0])), run)
      : add(joints[1], normalize(subtract(joints[2], joints[1])), run - upperLength);
  return {
    joints,
    length: upperLength + lowerLength,
    upperLength,
    at(run) {
      // Cloth rounds the knee off: a line over a third of the shank turns slowly enough for any width of leg.
      const reach = 0.35 * Math.min(upperLength, lowerLength);
      const before = straight(run - reach);
      const after = straight(run + reach);
      const bent = clamp(1 - Math.abs(run - upperLength) / (reach || 1), 0, 1);
      return {
        point: mix(straight(run), mix(before, after, 0.5), 0.6 * bent),
        direction: normalize(subtract(after, before)),
      };
    },
  };
}

const proportion = (share: number): number => between(PROPORTIONS, share);

function between(values: ArrayLike<number>, share: number): number {
  const position = clamp(share * (values.length - 1), 0, values.length - 1.001);
  const index = Math.floor(position);
  return lerp(values[index], values[index + 1], position - index);
}

/** How far the leg, bare or clothed, is seen to both sides of a place; null where it is not told from its surroundings. */
function silhouette(
  person: PersonReading,
  side: Side,
  place: { readonly point: Vec; readonly direction: Vec },
  usual: number,
): { readonly outer: number; readonly inner: number } | null {
  const { width, height } = person.image;
  const away = awayFromOther(side, place.direction);
  const reach = (sign: number): number => {
    for (let r = 0; r < 2 * usual; r++) {
      const [x, y] = add(place.point, away, r * sign);
      if (x < 0 || y < 0 || x >= width || y >= height) return Number.NaN;
      const i = Math.floor(y) * width + Math.floor(x);
      const { legs, lowerGarment, shoes } = person.parts;
      if (legs.data[i] + lowerGarment.data[i] + shoes.data[i] < 0.5) return r;
    }
    return Number.NaN;
  };
  const outer = reach(1);
  const inner = reach(-1);
  const whole = outer + inner;
  return whole > 1.2 * usual && whole < 3.2 * usual ? { outer, inner } : null;
}

function recentred(
  line: Line,
  side: Side,
  offsets: Float32Array,
  usual: (run: number) => number,
): Line {
  const moved = (run: number): Vec => {
    const { point, direction } = line.at(run);
    const most = 0.5 * usual(run);
    const offset = clamp(between(offsets, run / line.length), -most, most);
    return add(point, awayFromOther(side, direction), offset);
  };
  return middleLine([line.joints[0], moved(line.upperLength), moved(line.length)]);
}

function nearest(
  joints: readonly [Vec, Vec, Vec],
  upperLength: number,
  halfWidth: (run: number) => number,
  point: Vec,
): { share: number; run: number } {
  const upper = toSegment(point, joints[0], joints[1]);
  const lower = toSegment(point, joints[1], joints[2]);
  const lowerLength = distance(joints[1], joints[2]);
  const candidates = [
    { run: upper.along * upperLength, distance: upper.distance },
    { run: upperLength + lower.along * lowerLength, distance: lower.distance },
  ].map((c) => ({ run: c.run, share: c.distance / halfWidth(c.run) }));
  return candidates[0].share < candidates[1].share ? candidates[0] : candidates[1];
}

function smooth(values: Float32Array): Float32Array {
  const at = (k: number): number => values[clamp(k, 0, values.length - 1)];
  return values.map((value, k) => median([at(k - 1), value, at(k + 1)]));
}
