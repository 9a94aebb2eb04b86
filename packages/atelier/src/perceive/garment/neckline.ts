import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp } from '../../pixels/scalar.ts';
import type { Neckline } from '../garment.ts';
import { resample } from './contour.ts';
import {
  drawNeck,
  type NeckFrame,
  neckShapes,
  neighbours,
  type NeckShape,
  usualness,
} from './neck-curves.ts';
import { snapToEdge } from './neck-snap.ts';
import { colourStep, indexAt, type NeckWindow, normalAt, openNeckWindow } from './neck-window.ts';
import type { Upright } from './upright.ts';

export interface NeckView extends NeckFrame {
  readonly lab: readonly [Plane, Plane, Plane];
  readonly matte: Plane;
  readonly frame: Upright;
  /** Upright y of the armpits: hardly a neckline goes deeper. */
  readonly armpit: number;
}

const EDGE_CAP = 12;
/** Deepest neckline, over the height of the armhole. */
const DEEPEST = 1.4;
/** Below this worth of edge nothing but the garment's own upper edge is believed. */
const LEAST_EDGE = 1.6;
/** Dip of the upper edge over the neck's width from which there may be no inner back above the front. */
const DIPPING = 0.16;

/** Whether what lies above a curve looks like the inside of a garment: in shadow, or of another colour. */
const showsInside = ({ shade, step }: Worth): boolean => shade > 0.3 || step > 4;

interface Candidate {
  readonly shape: NeckShape;
  readonly curve: readonly Vec[];
  readonly value: number;
  /** How much darker it is above than below, -1 to 1. */
  readonly shade: number;
  /** Colour distance of the cloth below from what is above. */
  readonly step: number;
}

type Worth = Pick<Candidate, 'value' | 'shade' | 'step'>;

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
    const reachable = Math.exp(-0.5 * (Math.max(0, deep - 1.1) / 0.2) ** 2);
    const found = worth(curve, window, upper, width);
    if (!found || (dip > DIPPING && !showsInside(found))) return null;
    return { ...found, shape, curve, value: found.value * usualness(shape) * reachable };
  };
  const coarse: Candidate[] = [];
  for (const shape of neckShapes()) {
    const one = judge(shape);
    if (one) coarse.push(one);
  }
  const found = peaks(coarse).map((one) => refine(one, judge));
  const best = found.reduce<Candidate | null>((a, b) => (a && a.value >= b.value ? a : b), null);
  if (!best || best.value < (dip > 0.12 ? LEAST_EDGE : 0.5))
    return ownEdge([left, ...own, right], dip);
  const pick = frontEdge(found, best);
  const range = Math.max(3, 0.04 * width);
  const snapped = snapToEdge(snapToEdge(pick.curve, window, range), window, range);
  const curve = pick.shape.inset > 0 ? [left, ...snapped, right] : snapped;
  return describe(curve, pick.shape, clamp(pick.value / 6, 0.05, 0.97));
}

const MOST_PEAKS = 18;

/** The best of the coarse grid, of each neighbourhood one. */
function peaks(coarse: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const one of coarse.toSorted((a, b) => b.value - a.value)) {
    if (kept.length === MOST_PEAKS) break;
    const near = kept.some(
      ({ shape }) =>
        Math.abs(shape.depth - one.shape.depth) < 0.025 + 0.04 * shape.depth &&
        Math.abs(Math.log(shape.power / one.shape.power)) < 0.35,
    );
    if (!near) kept.push(one);
  }
  return kept;
}

/** Climbs to the best shape near by. */
function refine(start: Candidate, judge: (shape: NeckShape) => Candidate | null): Candidate {
  let best = start;
  for (const fineness of [1, 0.5, 0.5, 0.25, 0.25, 0.12]) {
    for (const shape of neighbours(best.shape, fineness)) {
      const one = judge(shape);
      if (one && one.value > best.value) best = one;
    }
  }
  return best;
}

const STRIPS = 8;

/** Edge along a curve, raised where it is darker above, lowered where the curve runs along the upper edge like a band. */
function worth(
  curve: readonly Vec[],
  window: NeckWindow,
  upper: readonly Vec[],
  width: number,
): Worth | null {
  const reach = Math.max(1.6, 0.012 * width);
  const clear = Math.max(5, 0.045 * width);
  const steps = Array.from({ length: STRIPS }, () => 0);
  const counts = Array.from({ length: STRIPS }, () => 0);
  const strips = new Float64Array(STRIPS * 7);
  let outside = 0;
  let shade = 0;
  const lightness = window.lab[0].data;
  const first = 2;
  const last = curve.length - 2;
  for (let i = first; i < last; i++) {
    const [x, y] = curve[i];
    const [nx, ny] = normalAt(curve, i);
    const at = (d: number): number => indexAt(window, x + nx * d, y + ny * d);
    const below = at(reach);
    const above = at(-reach);
    if (window.matte.data[below] < 0.5) return null;
    if (window.matte.data[at(-clear)] < 0.9) outside++;
    shade += clamp((lightness[below] - lightness[above]) / 5, -1, 1);
    const strip = Math.floor((STRIPS * (i - first)) / (last - first));
    steps[strip] += Math.min(EDGE_CAP, colourStep(window, below, above));
    counts[strip]++;
    for (const d of [0.015, 0.035, 0.06]) {
      addStrip(window, strips, 7 * strip, at(d * width + 1), at(-d * width - 1));
    }
  }
  if (outside > 0.22 * (last - first)) return null;
  const own = steady(steps.map((sum, k) => sum / Math.max(1, counts[k]))) - 0.6 * window.texture;
  const { step, coherence } = stripContrast(strips);
  const darker = shade / (last - first);
  const edge = (0.5 * Math.max(0, own) + 0.6 * step) * (0.25 + 0.75 * coherence);
  const value = edge * (1 + 0.35 * darker) * (1 - 0.5 * bandlike(curve, upper, width));
  return { value, shade: darker, step };
}

/** Sums colours of a strip: count, then Lab below, then Lab above. Pixels outside the garment count on neither side. */
function addStrip(
  { lab, matte }: NeckWindow,
  sums: Float64Array,
  strip: number,
  below: number,
  above: number,
): void {
  if (matte.data[below] < 0.5 || matte.data[above] < 0.5) return;
  sums[strip]++;
  for (let c = 0; c < 3; c++) {
    sums[strip + 1 + c] += lab[c].data[below];
    sums[strip + 4 + c] += lab[c].data[above];
  }
}

interface StripContrast {
  /** Colour distance of below from above, steady along the curve. */
  readonly step: number;
  /** 1 when the difference is the same all along, near 0 when a print makes it point everywhere. */
  readonly coherence: number;
}

/** How the cloth below differs from what is above, averaged over patterns in strips along the curve. */
function stripContrast(sums: Float64Array): StripContrast {
  const contrasts: number[] = [];
  const total = [0, 0, 0];
  for (let s = 0; s < sums.length; s += 7) {
    const count = sums[s];
    if (count === 0) {
      contrasts.push(0);
      continue;
    }
    const apart = [0, 1, 2].map((c) => (sums[s + 1 + c] - sums[s + 4 + c]) / count);
    const size = Math.hypot(...apart);
    const capped = Math.min(EDGE_CAP, size);
    contrasts.push(capped);
    apart.forEach((value, c) => (total[c] += (value * capped) / (size || 1)));
  }
  const common = Math.hypot(...total) / contrasts.length;
  const mean = contrasts.reduce((a, b) => a + b, 0) / contrasts.length;
  return { step: steady(contrasts), coherence: common / (mean + 0.3) };
}

/**
 * The mean over the strips of a curve, but not much more than its weakest height (both sides taken together): an edge
 * has to run all the way from the neck down, not only across a print.
 */
function steady(strips: readonly number[]): number {
  const count = strips.length;
  const mean = strips.reduce((a, b) => a + b, 0) / Math.max(1, count);
  let weakest = Infinity;
  for (let level = 0; level < count / 2; level++) {
    weakest = Math.min(weakest, (strips[level] + strips[count - 1 - level]) / 2);
  }
  return Math.min(mean, 0.5 * mean + weakest, 2.6 * weakest + 0.3);
}

/** 1 where a curve keeps its distance from the upper edge all along (the lower edge of the back's band), 0 for a crescent. */
function bandlike(curve: readonly Vec[], upper: readonly Vec[], width: number): number {
  const gap = (index: number): number => {
    const [x, y] = curve[index];
    let edge = upper[0][1];
    for (const [ux, uy] of upper) if (ux <= x) edge = uy;
    return y - edge;
  };
  const last = curve.length - 1;
  const middle = gap(last >> 1);
  if (middle > 0.4 * width) return 0;
  const sides = (gap(Math.round(last * 0.22)) + gap(Math.round(last * 0.78))) / 2;
  return clamp((sides / Math.max(1, middle) - 0.62) / 0.25, 0, 1);
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
    const parallel = higher > 0 && higher < band && one.value > 0.85 * deep.value;
    return parallel && (pick === deep || one.value > pick.value) ? one : pick;
  }, deep);
}

const upperDip = (upper: readonly Vec[]): number =>
  upper.reduce((most, [, y]) => Math.max(most, y), -Infinity) -
  (upper[0][1] + upper[upper.length - 1][1]) / 2;

/** No inner back to be seen: the front neckline is the garment's own upper edge. */
function ownEdge(upper: readonly Vec[], dip: number): Neckline {
  return describe(
    resample(upper, 41),
    { depth: dip, power: 2, root: 1, skew: 0, inset: 0 },
    dip > 0.12 ? 0.7 : 0.3,
  );
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
  return power > 5 ? 'square' : 'round';
}
