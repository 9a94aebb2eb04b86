import { blur } from '../../pixels/box-filter.ts';
import type { Plane } from '../../pixels/image.ts';
import { sample } from '../../pixels/resize.ts';
import { clamp, quantile } from '../../pixels/scalar.ts';
import type { Vec } from '../../geometry/vector.ts';
import type { Neckline } from '../garment.ts';
import { resample } from './contour.ts';
import type { Upright } from './upright.ts';

export interface NeckView {
  readonly lab: readonly Plane[];
  readonly matte: Plane;
  readonly frame: Upright;
  /** Neck points, upright. */
  readonly left: Vec;
  readonly right: Vec;
  /** The garment's upper edge from left to right neck point, upright. */
  readonly upper: readonly Vec[];
  /** Deepest place a neckline may reach, upright y. */
  readonly floor: number;
}

const SAMPLES = 41;
const EDGE_CAP = 14;

/** Depth over width, roundness at the bottom (1 is a V, 2 a parabola, 6 square) and steepness at the ends (2 is an ellipse). */
interface Shape {
  readonly depth: number;
  readonly power: number;
  readonly root: number;
}

/** Finds the front edge of the neck opening: the member of a family of curves with the most edge along it, then snapped. */
export function findNeckline(view: NeckView): Neckline {
  const width = Math.max(4, view.right[0] - view.left[0]);
  const edges = edgeMeter(view, width);
  const dip = upperDip(view) / width;
  let best: { shape: Shape; value: number; curve: Vec[] } | null = null;
  const found: { shape: Shape; value: number; curve: Vec[] }[] = [];
  for (const shape of family()) {
    if (shape.depth < dip - 0.05) continue;
    const curve = draw(shape, view.left, view.right);
    if (curve.some(([, y]) => y > view.floor)) continue;
    const value = edges(curve) * plausibility(shape);
    if (value < 0) continue;
    found.push({ shape, value, curve });
    if (!best || value > best.value) best = { shape, value, curve };
  }
  if (!best || (best.value < 2.6 && dip > 0.12)) return ownEdge(view, width);
  const pick = uppermost(found, best);
  const curve = snap(pick.curve, view, width);
  return describe(curve, pick.shape, clamp((pick.value - 1.5) / 6, 0, 1));
}

function* family(): Generator<Shape> {
  for (let depth = 0.04; depth < 2.7; depth += depth < 1.2 ? 0.02 : 0.04) {
    for (const power of [1, 1.2, 1.5, 2, 2.6, 3.6, 6]) {
      for (const root of [1, 1.5, 2]) {
        if (power < 1.5 && root > 1) continue;
        if (power > 1.5 && depth > 1.3) continue;
        yield { depth, power, root };
      }
    }
  }
}

/** Usual necklines weigh more: round ones of middling depth, Vs of any. */
function plausibility({ depth, power }: Shape): number {
  const limit = power < 1.3 ? 2.2 : power < 1.8 ? 0.9 : 0.62;
  const deep = Math.exp(-0.5 * (Math.max(0, depth - limit) / 0.3) ** 2);
  const square = power > 5 ? 0.86 : 1;
  const shallowV = power < 1.3 && depth < 0.35 ? 0.8 : 1;
  return deep * square * shallowV;
}

function draw({ depth, power, root }: Shape, left: Vec, right: Vec): Vec[] {
  const width = right[0] - left[0];
  const fine = Array.from({ length: 121 }, (_, k): Vec => {
    const u = k / 120;
    const fall = (1 - Math.abs(2 * u - 1) ** power) ** (1 / root);
    return [left[0] + width * u, left[1] + (right[1] - left[1]) * u + depth * width * fall];
  });
  return resample(fine, SAMPLES);
}

/** Mean and lower quartile of the colour step across a curve; negative when the curve leaves the garment. */
function edgeMeter(view: NeckView, width: number): (curve: readonly Vec[]) => number {
  const planes = view.lab.map((plane) => blur(plane, 1));
  const reach = Math.max(1.6, 0.014 * width);
  return (curve) => {
    const steps: number[] = [];
    let outside = 0;
    for (let i = 2; i < curve.length - 2; i++) {
      const [nx, ny] = normalAt(curve, i);
      const below = view.frame.toPicture([curve[i][0] + nx * reach, curve[i][1] + ny * reach]);
      const above = view.frame.toPicture([curve[i][0] - nx * reach, curve[i][1] - ny * reach]);
      if (sample(view.matte, below[0], below[1]) < 0.5) return -1;
      if (sample(view.matte, above[0], above[1]) < 0.5) outside++;
      let square = 0;
      for (const plane of planes) {
        square += (sample(plane, below[0], below[1]) - sample(plane, above[0], above[1])) ** 2;
      }
      steps.push(Math.min(EDGE_CAP, Math.sqrt(square)));
    }
    if (outside > 0.3 * steps.length) return -1;
    const mean = steps.reduce((a, b) => a + b, 0) / steps.length;
    return 0.5 * mean + 0.5 * quantile(steps, 0.25);
  };
}

/** Unit normal of a left-to-right curve that points down, into the front. */
function normalAt(curve: readonly Vec[], i: number): Vec {
  const before = curve[Math.max(0, i - 1)];
  const after = curve[Math.min(curve.length - 1, i + 1)];
  const dx = after[0] - before[0];
  const dy = after[1] - before[1];
  const size = Math.hypot(dx, dy) || 1;
  return [-dy / size, dx / size];
}

/** Among curves nearly as good as the best, a parallel one a collar's width above it: ribbing belongs to the front. */
function uppermost<T extends { readonly shape: Shape; readonly value: number }>(
  found: readonly T[],
  best: T,
): T {
  let pick = best;
  for (const one of found) {
    const higher = best.shape.depth - one.shape.depth;
    if (
      one.value > 0.8 * best.value &&
      higher > 0 &&
      higher < 0.25 &&
      one.shape.depth < pick.shape.depth - 0.03
    ) {
      pick = one;
    }
  }
  return pick;
}

/** Moves each point along its normal to the strongest edge near by, smoothly (dynamic programming). */
function snap(curve: readonly Vec[], view: NeckView, width: number): Vec[] {
  const planes = view.lab.map((plane) => blur(plane, 0.8));
  const range = Math.max(3, 0.05 * width);
  const stepSize = Math.max(0.5, range / 10);
  const offsets: number[] = [];
  for (let o = -range; o <= range; o += stepSize) offsets.push(o);
  const cost: number[][] = [];
  const from: number[][] = [];
  for (let i = 0; i < curve.length; i++) {
    const [nx, ny] = normalAt(curve, i);
    const own = offsets.map((o) => {
      const at = (d: number): Vec =>
        view.frame.toPicture([curve[i][0] + nx * (o + d), curve[i][1] + ny * (o + d)]);
      const below = at(1.4);
      const above = at(-1.4);
      if (sample(view.matte, below[0], below[1]) < 0.5) return 6;
      let square = 0;
      for (const plane of planes) {
        square += (sample(plane, below[0], below[1]) - sample(plane, above[0], above[1])) ** 2;
      }
      const edge = Math.min(EDGE_CAP, Math.sqrt(square)) / EDGE_CAP;
      return 1 - edge + 0.25 * (o / range) ** 2 + 0.04 * (o / range);
    });
    const previous = cost[i - 1];
    const sources: number[] = [];
    cost.push(
      own.map((value, k) => {
        if (!previous) {
          sources.push(k);
          return value;
        }
        let least = Infinity;
        let source = k;
        for (let j = Math.max(0, k - 3); j <= Math.min(offsets.length - 1, k + 3); j++) {
          const total = previous[j] + 0.12 * (j - k) ** 2;
          if (total < least) {
            least = total;
            source = j;
          }
        }
        sources.push(source);
        return value + least;
      }),
    );
    from.push(sources);
  }
  const last = cost[cost.length - 1];
  let k = last.indexOf(Math.min(...last));
  const moved: Vec[] = [];
  for (let i = curve.length - 1; i >= 0; i--) {
    const [nx, ny] = normalAt(curve, i);
    const fade = Math.min(1, Math.min(i, curve.length - 1 - i) / 3);
    moved.push([curve[i][0] + nx * offsets[k] * fade, curve[i][1] + ny * offsets[k] * fade]);
    k = from[i][k];
  }
  return moved.toReversed();
}

const upperDip = ({ upper, left, right }: NeckView): number =>
  upper.reduce((most, [, y]) => Math.max(most, y), -Infinity) - (left[1] + right[1]) / 2;

/** No inner back to be seen: the front neckline is the garment's own upper edge. */
function ownEdge(view: NeckView, width: number): Neckline {
  const curve = resample(view.upper, SAMPLES);
  const depth = upperDip(view) / width;
  return describe(curve, { depth, power: 2, root: 1 }, 0.6);
}

function describe(curve: readonly Vec[], shape: Shape, confidence: number): Neckline {
  const left = curve[0];
  const right = curve[curve.length - 1];
  const level = (left[1] + right[1]) / 2;
  const width = right[0] - left[0];
  const depth = Math.max(0, curve.reduce((most, [, y]) => Math.max(most, y), -Infinity) - level);
  return { curve, shape: nameOf(depth / width, shape), depth, confidence };
}

function nameOf(depth: number, { power }: Shape): Neckline['shape'] {
  if (depth < 0.1) return 'high';
  if (power < 1.4 && depth > 0.35) return 'v';
  return power > 5 ? 'square' : 'round';
}
