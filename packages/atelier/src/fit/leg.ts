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
  const guess = middleLine(bonesOf(person, side, mix(task.crotch, task.outer, 0.5), task));
  const line = recentred(guess, task);
  const halfWidth = (run: number): number => proportion(run / line.length) * hipHalf;
  const seen = silhouettes(task, line);
  const reach = (edge: 'outer' | 'inner'): ((run: number) => number) => {
    const values = seen.map((place, k) => {
      const bare = halfWidth((k / STEPS) * line.length);
      return place ? clamp(place[edge], 0.9 * bare, 1.5 * bare) : bare;
    });
    const even = smooth(values);
    return (run) => between(even, run / line.length);
  };
  return {
    ...line,
    side,
    halfWidth,
    outerReach: reach('outer'),
    innerReach: reach('inner'),
    locate: (point) => nearest(line, halfWidth, point),
  };
}

interface Line {
  readonly joints: readonly [Vec, Vec, Vec];
  readonly length: number;
  readonly upperLength: number;
  at(run: number): { readonly point: Vec; readonly direction: Vec };
}

/** A picture that ends above knee or ankle leaves the pose guessing: what it guesses is held to human proportions. */
function bonesOf(
  person: PersonReading,
  side: Side,
  top: Vec,
  { trunkLength }: LegTask,
): readonly [Vec, Vec, Vec] {
  const leg = person.pose.legs[side];
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

interface Seen {
  readonly outer: number;
  readonly inner: number;
}

/** What is seen of the leg, bare or clothed, at equal steps; null where it is not told from its surroundings. */
function silhouettes(task: LegTask, line: Line): (Seen | null)[] {
  return Array.from({ length: STEPS + 1 }, (_, k) => {
    const usual = proportion(k / STEPS) * task.hipHalf;
    return silhouette(task, line.at((k / STEPS) * line.length), usual);
  });
}

function silhouette(
  { person, side, crotch }: LegTask,
  place: { readonly point: Vec; readonly direction: Vec },
  usual: number,
): Seen | null {
  const { width, height } = person.image;
  const { legs, lowerGarment, shoes } = person.parts;
  const away = awayFromOther(side, place.direction);
  const { left, right } = person.pose.legs;
  const middle = subtract(mix(left.end.at, right.end.at, 0.5), crotch);
  // Legs that touch are parted by the line between them.
  const past = ([x, y]: Vec): boolean => {
    const line = crotch[0] + (middle[0] * (y - crotch[1])) / Math.max(1, middle[1]);
    return side === 'left' ? x > line : x < line;
  };
  const reach = (sign: number): number => {
    for (let r = 0; r < 2.2 * usual; r++) {
      const at = add(place.point, away, r * sign);
      const [x, y] = [Math.floor(at[0]), Math.floor(at[1])];
      if (x < 0 || y < 0 || x >= width || y >= height) return Number.NaN;
      const i = y * width + x;
      if (legs.data[i] + lowerGarment.data[i] + shoes.data[i] < 0.5 || past(at)) return r;
    }
    return Number.NaN;
  };
  const [outer, inner] = [reach(1), reach(-1)];
  const whole = outer + inner;
  return whole > 1.2 * usual && whole < 3 * usual ? { outer, inner } : null;
}

/** Knee and ankle moved to the middle of what is seen around them: joints of a net lie a little off. */
function recentred(line: Line, task: LegTask): Line {
  const seen = silhouettes(task, line);
  const offsets = smooth(
    seen.map((place, k) => {
      const most = 0.5 * proportion(k / STEPS) * task.hipHalf;
      return place ? clamp((place.outer - place.inner) / 2, -most, most) : 0;
    }),
  );
  const moved = (run: number): Vec => {
    const { point, direction } = line.at(run);
    return add(point, awayFromOther(task.side, direction), between(offsets, run / line.length));
  };
  return middleLine([line.joints[0], moved(line.upperLength), moved(line.length)]);
}

function nearest(
  { joints, upperLength, length }: Line,
  halfWidth: (run: number) => number,
  point: Vec,
): { share: number; run: number } {
  const upper = toSegment(point, joints[0], joints[1]);
  const lower = toSegment(point, joints[1], joints[2]);
  const candidates = [
    { run: upper.along * upperLength, distance: upper.distance },
    { run: upperLength + lower.along * (length - upperLength), distance: lower.distance },
  ].map((c) => ({ run: c.run, share: c.distance / halfWidth(c.run) }));
  return candidates[0].share < candidates[1].share ? candidates[0] : candidates[1];
}

function smooth(values: readonly number[]): number[] {
  const at = (k: number): number => values[clamp(k, 0, values.length - 1)];
  const steady = values.map((value, k) => median([at(k - 1), value, at(k + 1)]));
  const near = (k: number): number => steady[clamp(k, 0, steady.length - 1)];
  return steady.map((value, k) => (near(k - 1) + 2 * value + near(k + 1)) / 4);
}
