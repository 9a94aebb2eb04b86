import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import type { Neckline } from '../garment.ts';
import { resample } from './contour.ts';
import { drawNeck, type NeckFrame, neckShapes, type NeckShape, usualness } from './neck-curves.ts';
import { byRegion, frontEdge, trust } from './neck-choice.ts';
import { insideBetween } from './neck-between.ts';
import { followBest } from './neck-follow.ts';
import { describe, hasCollar, lowestOf } from './neck-names.ts';
import { type Candidate, peaks, refine } from './neck-search.ts';
import { snapToEdge } from './neck-snap.ts';
import { partBy, partedBy, snapToRegion } from './neck-region.ts';
import { withTip } from './neck-tip.ts';
import { type NeckWindow, openNeckWindow } from './neck-window.ts';
import { showsInside, worth } from './neck-worth.ts';
import type { Upright } from './upright.ts';

export interface NeckView extends NeckFrame {
  readonly lab: readonly [Plane, Plane, Plane];
  readonly matte: Plane;
  readonly frame: Upright;
  /** Upright y of the armpits: hardly a neckline goes deeper. */
  readonly armpit: number;
}

/** Deepest neckline, over the height of the armhole. */
const DEEPEST = 1.8;
/** Below this worth of edge nothing but the garment's own upper edge is believed. */
const LEAST_EDGE = 1.6;
/** Dip of the upper edge over the neck's width from which there may be no inner back above the front. */
const DIPPING = 0.16;

/**
 * Finds the front edge of the neck opening in upright coordinates. Through the opening one sees, from the top: the band
 * of the back, its lower edge, the inner back with its label, and then the front edge, sometimes with a band of its own.
 * A family of curves is tried; the front edge is the one with much edge along it, above which it is darker (the front
 * throws a shadow into the garment) and which parts from the upper edge gradually, as a crescent does and a band does not.
 */
export function findNeckline(view: NeckView): Neckline {
  const { upper, left, right } = view;
  const width = Math.max(6, right[0] - left[0]);
  const level = (left[1] + right[1]) / 2;
  const room = Math.max(0.3 * width, view.armpit - level);
  const own = upper.filter(([x]) => x >= left[0] && x <= right[0]);
  const dip = upperDip([left, ...own, right]) / width;
  if (dip > 0.2 && width > 0.88 * (upper[upper.length - 1][0] - upper[0][0])) {
    // Off the shoulders: there is no back to look into.
    return ownEdge([left, ...own, right], dip);
  }
  const window = openNeckWindow(view.lab, view.matte, view.frame, {
    from: [left[0] - 0.2 * width - 4, Math.min(left[1], right[1]) - 6],
    to: [right[0] + 0.2 * width + 4, level + DEEPEST * room + 6],
  });
  const judge = (shape: NeckShape): Candidate | null => {
    if (shape.depth < dip - 0.05) return null;
    const curve = drawNeck(shape, view);
    const deep = (shape.depth * width) / room;
    if (deep > DEEPEST) return null;
    const reachable = Math.exp(-0.5 * (Math.max(0, deep - 1.2) / 0.4) ** 2);
    const found = worth(curve, window, upper, width);
    if (!found || (dip > DIPPING && !showsInside(found))) return null;
    const usual = usualness(shape) * reachable;
    const value = found.value * usual;
    return { ...found, shape, curve, seen: found.value, usual, traced: false, value };
  };
  const coarse: Candidate[] = [];
  for (const shape of neckShapes()) {
    const one = judge(shape);
    if (one) coarse.push(one);
  }
  const near = peaks(coarse).map((one) => refine(one, judge));
  const parts = new Map<readonly Vec[], number>();
  const partOf = (curve: readonly Vec[]): number => {
    const part = parts.get(curve) ?? partedBy(partBy(curve, upper, window));
    parts.set(curve, part);
    return part;
  };
  const regular = byRegion(near, window, partOf);
  const followed = followBest(regular, { upper, window, width, level });
  const found = followed.length === 0 ? regular : byRegion([...near, ...followed], window, partOf);
  const best = found.reduce<Candidate | null>((a, b) => (a && a.value >= b.value ? a : b), null);
  if (!best || best.value < (dip > 0.12 ? LEAST_EDGE : 0.5))
    return ownEdge([left, ...own, right], dip);
  const pick = frontEdge(found, best, (higher, deeper) =>
    insideBetween(higher, deeper, window, width),
  );
  const edge = pick.traced
    ? pick.curve
    : closed(snap(pick.curve, upper, window, width), pick, left, right);
  const plain = describe(edge, trust(pick, found, partOf(edge), window));
  const pointed = plain.shape === 'v' ? withTip(edge, partBy(edge, upper, window), window) : edge;
  const neckline = describe(pointed, plain.confidence);
  return hasCollar(upper, left, right) ? { ...neckline, shape: 'collar' } : neckline;
}

/** A curve of the family that begins inwards of the neck points is led up to them. */
const closed = (curve: readonly Vec[], { shape }: Candidate, left: Vec, right: Vec): Vec[] =>
  shape.inset > 0 ? [left, ...curve, right] : [...curve];

/** How much better an edge must be to follow it away from the nearest one, which may be a band of the front. */
const CLEARLY = 1.2;

/** To the strongest edge near by, or to where both sides differ most in their colours, if that is the better edge. */
function snap(
  curve: readonly Vec[],
  upper: readonly Vec[],
  window: NeckWindow,
  width: number,
): Vec[] {
  const range = Math.max(3, 0.04 * width);
  const sharp = snapToEdge(snapToEdge(curve, window, range), window, range);
  const moved = snapToRegion(curve, partBy(curve, upper, window), window, 3 * range);
  const apart = snapToRegion(moved, partBy(moved, upper, window), window, 1.5 * range);
  const parting = window.patterned < 0.5 ? snapToEdge(apart, window, range) : apart;
  const edgeOf = (one: readonly Vec[]): number => worth(one, window, upper, width)?.edge ?? 0;
  const runsOn = parting.every(([x], i) => i === 0 || x > parting[i - 1][0]);
  return runsOn && edgeOf(parting) > CLEARLY * edgeOf(sharp) ? parting : sharp;
}

const upperDip = (upper: readonly Vec[]): number =>
  lowestOf(upper) - (upper[0][1] + upper[upper.length - 1][1]) / 2;

/** No inner back to be seen: the front neckline is the garment's own upper edge. */
function ownEdge(upper: readonly Vec[], dip: number): Neckline {
  const neckline = describe(resample(upper, 41), dip > 0.12 ? 0.7 : 0.45);
  return neckline.shape === 'high' ? { ...neckline, shape: 'straight' } : neckline;
}
