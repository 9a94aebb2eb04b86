import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import type { Neckline } from '../garment.ts';
import { resample } from './contour.ts';
import {
  drawNeck,
  type NeckFrame,
  neckShapes,
  type NeckShape,
  upperAt,
  usualness,
} from './neck-curves.ts';
import { type Candidate, peaks, refine } from './neck-search.ts';
import { snapToEdge } from './neck-snap.ts';
import { partBy, partedBy, snapToRegion } from './neck-region.ts';
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
    return { ...found, shape, curve, value: found.value * usualness(shape) * reachable };
  };
  const coarse: Candidate[] = [];
  for (const shape of neckShapes()) {
    const one = judge(shape);
    if (one) coarse.push(one);
  }
  const found = byRegion(
    peaks(coarse).map((one) => refine(one, judge)),
    upper,
    window,
  );
  const best = found.reduce<Candidate | null>((a, b) => (a && a.value >= b.value ? a : b), null);
  if (!best || best.value < (dip > 0.12 ? LEAST_EDGE : 0.5))
    return ownEdge([left, ...own, right], dip);
  const pick = frontEdge(found, best);
  const snapped = snap(pick.curve, upper, window, width);
  const curve = pick.shape.inset > 0 ? [left, ...snapped, right] : snapped;
  const parted = partedBy(partBy(curve, upper, window));
  const neckline = describe(curve, pick.shape, trust(pick, found, parted));
  return hasCollar(upper, left, right) ? { ...neckline, shape: 'collar' } : neckline;
}

/** How much less a curve is worth that does not part the colours above it from those below: on plain cloth, on patterned. */
const UNPARTED = [0.4, 0.6] as const;

/** A curve is worth less, the less it parts all that lies above it from what lies below. */
function byRegion(
  found: readonly Candidate[],
  upper: readonly Vec[],
  window: NeckWindow,
): Candidate[] {
  const price = lerp(...UNPARTED, window.patterned);
  const parts = found.map(({ curve }) => partedBy(partBy(curve, upper, window)));
  const most = Math.max(1e-3, ...parts);
  return found.map((one, i) => ({
    ...one,
    value: one.value * (1 - price * (1 - parts[i] / most)),
  }));
}

/**
 * How sure the choice is: by how much edge there is, how well it parts the colours, and how far behind the next best
 * curve is that runs elsewhere.
 */
function trust(pick: Candidate, found: readonly Candidate[], parted: number): number {
  const rival = found
    .filter(({ shape }) => Math.abs(shape.depth - pick.shape.depth) > 0.18)
    .reduce((most, { value }) => Math.max(most, value), 0.01);
  const lead = clamp((pick.value / rival - 0.7) / 0.6, 0, 1);
  const strength = smoothstep(0, 4, pick.value);
  return clamp(strength * (0.3 + 0.4 * smoothstep(0.15, 0.85, parted) + 0.3 * lead), 0.05, 0.97);
}

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

/** Share of the best curve's worth from which a deeper one is the front edge, the best being the back's. */
const DEEPER_SHARE = 0.64;
/** The same once a deeper one has been taken: now the better one is more likely to be right. */
const STILL_DEEPER_SHARE = 0.86;

/**
 * Which of the good curves is the front edge. Above it lies only what belongs to the back, whose band and label have
 * edges of their own: so a good deeper one is preferred. But a band at the front has two edges, the opening's and the
 * seam's: so, of good curves up to a band's width above, the best one.
 */
function frontEdge(found: readonly Candidate[], best: Candidate): Candidate {
  let deep = best;
  for (let round = 0; round < 3; round++) {
    const share = round === 0 ? DEEPER_SHARE : STILL_DEEPER_SHARE;
    const deeper = found.filter(
      (one) => one.shape.depth > deep.shape.depth + 0.2 && one.value > share * deep.value,
    );
    if (deeper.length === 0) break;
    deep = deeper.reduce((a, b) => (b.value > a.value ? b : a));
  }
  const band = Math.max(0.14, 0.2 * deep.shape.depth);
  return found.reduce((pick, one) => {
    const higher = deep.shape.depth - one.shape.depth;
    const near = higher > 0 && higher < band && one.value > 0.85 * deep.value;
    return near && isParallel(one.curve, deep.curve) && (pick === deep || one.value > pick.value)
      ? one
      : pick;
  }, deep);
}

/** Whether a higher curve keeps off a deeper one at its sides too, and does not only cut off its tip. */
function isParallel(higher: readonly Vec[], deeper: readonly Vec[]): boolean {
  const gapAt = (share: number): number => {
    const left = Math.max(higher[0][0], deeper[0][0]);
    const right = Math.min(higher[higher.length - 1][0], deeper[deeper.length - 1][0]);
    const x = left + share * (right - left);
    return upperAt(deeper, x)[1] - upperAt(higher, x)[1];
  };
  return gapAt(0.25) + gapAt(0.75) > 0.7 * gapAt(0.5);
}

const upperDip = (upper: readonly Vec[]): number =>
  upper.reduce((most, [, y]) => Math.max(most, y), -Infinity) -
  (upper[0][1] + upper[upper.length - 1][1]) / 2;

/** No inner back to be seen: the front neckline is the garment's own upper edge. */
function ownEdge(upper: readonly Vec[], dip: number): Neckline {
  const neckline = describe(
    resample(upper, 41),
    { depth: dip, power: 2, root: 1, skew: 0, inset: 0 },
    dip > 0.12 ? 0.7 : 0.3,
  );
  return neckline.shape === 'high' ? { ...neckline, shape: 'straight' } : neckline;
}

function describe(curve: readonly Vec[], shape: NeckShape, confidence: number): Neckline {
  const left = curve[0];
  const right = curve[curve.length - 1];
  const width = right[0] - left[0];
  const level = (left[1] + right[1]) / 2;
  const depth = Math.max(0, curve.reduce((most, [, y]) => Math.max(most, y), -Infinity) - level);
  return { curve, shape: nameOf(depth / width, shape), depth, confidence };
}

function nameOf(depth: number, { power }: NeckShape): Neckline['shape'] {
  if (depth < 0.1) return 'high';
  if (power < 1.4 && depth > 0.35) return 'v';
  return power > 4 ? 'square' : 'round';
}

/** How far out and down a collar's edge is followed from the neck point, over the neck's width. */
const COLLAR_REACH = 0.22;

/** A collar stands on the shoulders: from the neck points its edge falls steeply before the shoulder runs on flatly. */
function hasCollar(upper: readonly Vec[], left: Vec, right: Vec): boolean {
  const width = right[0] - left[0];
  const reach = COLLAR_REACH * width;
  return [left, right].every(([x, y], side) => {
    const sign = side === 0 ? -1 : 1;
    const near = upperAt(upper, x + sign * 0.5 * reach)[1] - y;
    const far = upperAt(upper, x + sign * reach)[1] - y;
    const beyond = upperAt(upper, x + sign * 2 * reach)[1] - y - far;
    return near > 0.45 * reach && far > 0.85 * reach && beyond < 0.6 * far;
  });
}
