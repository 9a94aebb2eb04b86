import type { Vec } from '../../geometry/vector.ts';
import { lerp } from '../../pixels/scalar.ts';
import type { Neckline } from '../garment.ts';
import { type Side, sides } from '../person.ts';
import { columnTop, type EdgePlace, signOf, type WornCover } from './profiles.ts';

/** The garment's upper edge, column by column. */
export interface UpperEdge {
  at(x: number): EdgePlace | null;
}

export interface WornNeck {
  readonly points: Readonly<Record<Side, Vec>>;
  readonly neckline: Neckline;
  /** Share of the neckline that is seen. */
  readonly seen: number;
  /** Share of the upper edge from shoulder to shoulder that hair hides. */
  readonly underHair: number;
}

/** Where neck points are looked for, in shoulder widths from the middle line. */
const NEAREST = 0.12;
const FARTHEST = 0.58;
/** Where they lie by proportion when hair hides both. */
const USUAL_ACROSS = 0.29;
const USUAL_RISE = 0.26;

export function readUpperEdge(view: WornCover): UpperEdge {
  const { frame, share } = view;
  const from = frame.shoulderY - 0.7 * frame.unit;
  const to = lerp(frame.shoulderY, frame.hipY, 0.75);
  const edges = Array.from({ length: share.width }, (_, x) => columnTop(view, x, from, to));
  return { at: (x) => edges[Math.round(x)] ?? null };
}

/** Reads neck points and neckline from the upper edge; what hair hides takes the other half's shape. */
export function readNeck(view: WornCover, upper: UpperEdge): WornNeck {
  const { centreX } = view.frame;
  const found = {
    left: findNeckPoint(view, upper, 'left'),
    right: findNeckPoint(view, upper, 'right'),
  };
  const mirrored = (side: Side): Vec | null => {
    const other = found[side === 'left' ? 'right' : 'left'];
    return other && [2 * centreX - other[0], other[1]];
  };
  const points = {
    left: found.left ?? mirrored('left') ?? usualPoint(view, 'left'),
    right: found.right ?? mirrored('right') ?? usualPoint(view, 'right'),
  };
  const { curve, seen } = readCurve(upper, points);
  const depth = Math.max(...curve.map(([, y]) => y)) - (points.left[1] + points.right[1]) / 2;
  const width = points.right[0] - points.left[0];
  return {
    points,
    neckline: {
      curve,
      shape: depth < 0.12 * width ? 'high' : 'round',
      depth: Math.max(1, depth),
      confidence: seen * (found.left && found.right ? 0.9 : 0.5),
    },
    seen,
    underHair: hairOver(view, upper),
  };
}

function hairOver({ frame }: WornCover, upper: UpperEdge): number {
  let hidden = 0;
  let all = 0;
  for (
    let x = frame.centreX - FARTHEST * frame.unit;
    x < frame.centreX + FARTHEST * frame.unit;
    x++
  ) {
    all++;
    if (upper.at(x)?.beyond === 'hair') hidden++;
  }
  return hidden / all;
}

/** The highest cloth beside the neck, at its inner end; null when hair or an arm hides most of the places. */
function findNeckPoint(view: WornCover, upper: UpperEdge, side: Side): Vec | null {
  const { centreX, unit, shoulderY } = view.frame;
  const known: Vec[] = [];
  let hidden = 0;
  for (let u = NEAREST * unit; u < FARTHEST * unit; u++) {
    const x = centreX + signOf(side) * u;
    const place = upper.at(x);
    if (place?.beyond === 'open') known.push([x, place.at]);
    else if (place && u < 0.45 * unit) hidden++;
  }
  if (known.length === 0) return null;
  const highest = Math.min(...known.map(([, y]) => y));
  const low = highest > shoulderY - 0.06 * unit;
  if (low && hidden > 0.06 * unit) return null;
  return known.find(([, y]) => y <= highest + 0.012 * unit) ?? null;
}

function usualPoint({ frame }: WornCover, side: Side): Vec {
  return [
    frame.centreX + signOf(side) * USUAL_ACROSS * frame.unit,
    frame.shoulderY - USUAL_RISE * frame.unit,
  ];
}

const CURVE_POINTS = 33;

function readCurve(
  upper: UpperEdge,
  { left, right }: Readonly<Record<Side, Vec>>,
): { curve: Vec[]; seen: number } {
  const last = CURVE_POINTS - 1;
  const xs = Array.from({ length: CURVE_POINTS }, (_, k) => lerp(left[0], right[0], k / last));
  const known = xs.map((x) => {
    const place = upper.at(x);
    return place?.beyond === 'open' ? place.at : null;
  });
  known[0] = left[1];
  known[last] = right[1];
  const lowest = known.reduce<number>((most, y) => Math.max(most, y ?? most), left[1]);
  const curve = xs.map((x, k): Vec => {
    const share = Math.abs(2 * (k / last) - 1);
    const guess = lerp(lowest, lerp(left[1], right[1], k / last), share ** 2.5);
    return [x, known[k] ?? known[last - k] ?? guess];
  });
  return { curve: smoothed(curve), seen: known.filter((y) => y !== null).length / CURVE_POINTS };
}

/** Rounds of smoothing that take the steps of the parse out of a neckline and leave its point. */
const SMOOTHING = 5;

function smoothed(curve: readonly Vec[]): Vec[] {
  let line = [...curve];
  for (let round = 0; round < SMOOTHING; round++) {
    line = line.map(([x, y], k): Vec => {
      const [before, after] = [line[k - 1], line[k + 1]];
      return before && after ? [x, (before[1] + 2 * y + after[1]) / 4] : [x, y];
    });
  }
  return line;
}

/** The outer end of a strap or a cut-away shoulder: from the neck point outwards until the edge falls away. */
export function strapEnd(upper: UpperEdge, neck: Vec, side: Side, unit: number): Vec {
  const reach = Math.max(3, Math.round(0.015 * unit));
  let tip = neck;
  for (let u = 0; u < 0.75 * unit; u++) {
    const x = neck[0] + signOf(side) * u;
    const here = upper.at(x);
    const ahead = upper.at(x + signOf(side) * reach);
    if (!here) break;
    tip = [x, here.at];
    if (!ahead || ahead.at - here.at > 1.4 * reach) break;
  }
  return tip;
}

/** A place on each side. */
export const onBothSides = <T>(read: (side: Side) => T): Readonly<Record<Side, T>> => {
  const [left, right] = sides.map(read);
  return { left, right };
};
