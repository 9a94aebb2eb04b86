import { distance, subtract, type Vec } from '../../geometry/vector.ts';
import { resample } from './contour.ts';
import { lowestOf } from './neck-names.ts';
import { partBy, type Parted } from './neck-region.ts';
import type { Candidate } from './neck-search.ts';
import { snapToEdge } from './neck-snap.ts';
import { traceNeck } from './neck-trace.ts';
import type { NeckWindow } from './neck-window.ts';
import { worth } from './neck-worth.ts';

/** Where the opening lies, and how wide it is. */
export interface NeckPlace {
  readonly upper: readonly Vec[];
  readonly window: NeckWindow;
  /** Distance of the neck points, and their upright height. */
  readonly width: number;
  readonly level: number;
}

/** Most curves that are followed. */
const FOLLOWED = 4;
/** Share of the best candidate's worth from which one is followed along the edge. */
const WORTH_FOLLOWING = 0.6;
/** Depths, over the neck's width, and bends of curves of which one is enough, as the edge within reach is the same. */
const SAME_DEPTH = 0.06;
const SAME_BEND = 0.5;
/** Price of a followed curve that does not mirror, for the distance of its halves on average over its size. */
const LOPSIDED = 4;
/** Price of each radian that a followed curve bends the wrong way, into a notch, and the most of them that count. */
const NOTCHED = 0.35;
const MOST_NOTCHED = 1.6;
/** Price of ends farther than this from the neck points of the outline, per neck width. */
const MOVED = 2;
const NEAR_ENDS = 0.08;
/** Points that a curve is reduced to where its bends are added up. */
const BENDS = 19;

/** What the best of the candidates become that are worth more once they follow the picture's edge near them. */
export function followBest(candidates: readonly Candidate[], place: NeckPlace): Candidate[] {
  const chosen: Candidate[] = [];
  const ordered = candidates.toSorted((a, b) => b.value - a.value);
  for (const one of ordered) {
    if (chosen.length === FOLLOWED || one.value < WORTH_FOLLOWING * ordered[0].value) break;
    const near = chosen.some(
      ({ shape }) =>
        Math.abs(shape.depth - one.shape.depth) < SAME_DEPTH &&
        Math.abs(Math.log(shape.power / one.shape.power)) < SAME_BEND,
    );
    if (!near) chosen.push(one);
  }
  return chosen.flatMap((one) => follow(one, place) ?? []);
}

/** Says of a curve's other half that are tried: folds and shadows may lie on one side only, or hide a half's edge. */
const OTHER_HALVES = [0.15, 0.45];
/** How much wider a curve is taken to find the opening about the shadow that it throws into the garment. */
const WIDER = 1.12;
/** Share of the worth of its curve of the family that a followed one needs, where it has more edge. */
const MORE_EDGE = 0.9;

function follow(one: Candidate, place: NeckPlace): Candidate | null {
  const partOf = (curve: readonly Vec[]): Parted => partBy(curve, place.upper, place.window);
  const start = partOf(one.curve);
  const wide = widened(one.curve);
  const first = [
    ...OTHER_HALVES.map((say) => followed(one, one.curve, start, place, say)),
    followed(one, wide, partOf(wide), place, OTHER_HALVES[0]),
  ].filter((found) => found !== null);
  if (first.length === 0) return null;
  const best = first.reduce((a, b) => (a.seen >= b.seen ? a : b));
  const again = followed(one, best.curve, partOf(best.curve), place, OTHER_HALVES[0]);
  const last = again && again.seen > best.seen ? again : best;
  if (last.seen > one.seen) return last;
  const nearer = last.edge > one.edge && last.seen > MORE_EDGE * one.seen;
  return nearer ? { ...last, seen: one.seen, value: one.value } : null;
}

function widened(curve: readonly Vec[]): Vec[] {
  const middle = (curve[0][0] + curve[curve.length - 1][0]) / 2;
  return curve.map(([x, y]): Vec => [middle + WIDER * (x - middle), y]);
}

function followed(
  { shape, usual, curve: family }: Candidate,
  start: readonly Vec[],
  parted: Parted,
  { upper, window, width, level }: NeckPlace,
  otherHalf: number,
): Candidate | null {
  const traced = traceNeck(start, parted, upper, window, otherHalf);
  if (!traced) return null;
  const curve = snapToEdge(traced, window, Math.max(3, 0.03 * width));
  const found = worth(curve, window, upper, width);
  if (!found) return null;
  const regular =
    (1 - LOPSIDED * lopsidedness(curve)) *
    (1 - NOTCHED * notches(curve)) *
    (1 - MOVED * Math.max(0, movedEnds(curve, family) / width - NEAR_ENDS));
  const seen = found.value * regular;
  const depth = (lowestOf(curve) - level) / width;
  return {
    ...found,
    seen,
    usual,
    shape: { ...shape, depth },
    curve,
    value: seen * usual,
    traced: true,
  };
}

/** How far the halves of a curve are apart when one is laid on the other, over its size, at most a tenth. */
function lopsidedness(curve: readonly Vec[]): number {
  const last = curve.length - 1;
  const [left, right] = [curve[0], curve[last]];
  let sum = 0;
  for (let i = 1; i < last; i++) {
    const [x, y] = curve[i];
    const [mx, my] = curve[last - i];
    sum += Math.hypot(x + mx - left[0] - right[0], y - left[1] - (my - right[1]));
  }
  const size = Math.hypot(right[0] - left[0], lowestOf(curve) - (left[1] + right[1]) / 2);
  return Math.min(0.1, sum / (last - 1) / size);
}

/** How far a left-to-right curve turns back on its way round an opening, in radians. */
function notches(curve: readonly Vec[]): number {
  const points = resample(curve, BENDS);
  let sum = 0;
  for (let i = 2; i < BENDS - 2; i++) {
    const [ax, ay] = subtract(points[i], points[i - 1]);
    const [bx, by] = subtract(points[i + 1], points[i]);
    sum += Math.max(0, Math.atan2(ax * by - ay * bx, ax * bx + ay * by));
  }
  return Math.min(MOST_NOTCHED, sum);
}

/** How far the farther of a curve's ends lies from another's (in pixels). */
function movedEnds(curve: readonly Vec[], start: readonly Vec[]): number {
  return Math.max(
    distance(curve[0], start[0]),
    distance(curve[curve.length - 1], start[start.length - 1]),
  );
}
