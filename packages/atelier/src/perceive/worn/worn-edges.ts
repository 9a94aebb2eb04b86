import type { Vec } from '../../geometry/vector.ts';
import { clamp, lerp, median } from '../../pixels/scalar.ts';
import type { Side } from '../person.ts';
import { hemLine } from './hem-line.ts';
import {
  beyondAt,
  columnBottom,
  type EdgePlace,
  rowEdge,
  signOf,
  type WornView,
} from './profiles.ts';

/** The completed outline of the garment's body below the armpits. */
export interface BodyEdges {
  /** First row of both lists. */
  readonly top: number;
  /** Pixels from the middle line to the edge, row by row, hidden places completed. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** In which rows the edge was hidden and is carried on. */
  readonly carried: Readonly<Record<Side, readonly boolean[]>>;
}

export interface Hem {
  /** Left corner to right corner. */
  readonly points: readonly Vec[];
  /** Whether the photo's border cuts the garment off. */
  readonly cut: boolean;
  /** Share of the hem that is seen. */
  readonly seen: number;
}

/** Height of a hem's rounded corners, in shoulder widths. */
const ROUNDED = 0.06;
/** An edge under an arm may run inwards by this much a row between armpit and waist, and below the waist. */
const STEEPEST = { chest: 0.35, hips: 0.08 } as const;

/**
 * Reads both side edges. Where an arm lies next to the cloth the edge may be hidden: there it is carried on from the
 * rows that show it, and no farther out than the other side lets expect.
 */
export function readEdges(view: WornView, top: number, bottom: number): BodyEdges {
  const waist = view.frame.shoulderY + 0.7 * (view.frame.hipY - view.frame.shoulderY);
  const rows = {
    left: readRows(view, top, bottom, 'left'),
    right: readRows(view, top, bottom, 'right'),
  };
  const carried = {
    left: carryOn(rows.left, top, waist, view.frame.unit),
    right: carryOn(rows.right, top, waist, view.frame.unit),
  };
  const most = (side: Side, k: number): number => {
    const other = side === 'left' ? 'right' : 'left';
    return carried[other][k] * ratioOf(rows[side], rows[other]) + 0.05 * view.frame.unit;
  };
  const bounded = (side: Side): number[] =>
    onlyDeep(
      rows[side].map(({ at }) => at),
      carried[side].map((value, k) => Math.min(value, most(side, k))),
      view.frame.unit,
    );
  const whole = { left: bounded('left'), right: bounded('right') };
  const isCarried = (side: Side): boolean[] =>
    whole[side].map((value, k) => value > rows[side][k].at);
  const rounded = Math.round(ROUNDED * view.frame.unit);
  return {
    top,
    left: straightEnd(smooth(whole.left), rounded),
    right: straightEnd(smooth(whole.right), rounded),
    carried: { left: isCarried('left'), right: isCarried('right') },
  };
}

/** An arm that merely touches the cloth hides nothing: the edge is carried on only over bites deeper than this. */
const DEEP = 0.06;
const BITE = 0.015;

export function onlyDeep(
  own: readonly number[],
  carried: readonly number[],
  unit: number,
): number[] {
  const result = [...own];
  for (let from = 0; from < own.length; from++) {
    if (carried[from] - own[from] < BITE * unit) continue;
    let to = from;
    let depth = 0;
    for (; to < own.length && carried[to] - own[to] >= BITE * unit; to++) {
      depth = Math.max(depth, carried[to] - own[to]);
    }
    if (depth > DEEP * unit) for (let k = from; k < to; k++) result[k] = carried[k];
    from = to;
  }
  return result;
}

/** Corners of a hem are rounded and blurred: the last rows go straight on instead. */
function straightEnd(values: readonly number[], count: number): number[] {
  const last = values.length - 1 - count;
  if (last < 2 * count) return [...values];
  const slope = clamp((values[last] - values[last - count]) / count, -0.3, 0.3);
  return values.map((value, k) => (k <= last ? value : values[last] + slope * (k - last)));
}

function readRows(view: WornView, top: number, bottom: number, side: Side): EdgePlace[] {
  const rows: (EdgePlace | null)[] = [];
  for (let y = top; y <= bottom; y++) rows.push(rowEdge(view, y, side));
  const first = rows.find((row) => row !== null) ?? { at: 0, beyond: 'arm' };
  let last: EdgePlace = first;
  return rows.map((row) => (last = row ?? { at: last.at, beyond: 'arm' }));
}

/** How much wider one side is than the other, where both are open; a turned trunk shows its sides unequally. */
function ratioOf(own: readonly EdgePlace[], other: readonly EdgePlace[]): number {
  const ratios: number[] = [];
  own.forEach(({ at, beyond }, k) => {
    if (beyond === 'open' && other[k].beyond === 'open' && other[k].at > 0) {
      ratios.push(at / other[k].at);
    }
  });
  return ratios.length > 8 ? median(ratios) : 1.1;
}

/** Below a hand on the hip its shadow, a pocket or a strap may still bite into the edge, for this many shoulder widths. */
const AFTER_HAND = 0.12;

function carryOn(rows: readonly EdgePlace[], top: number, waist: number, unit: number): number[] {
  const values = rows.map(({ at }) => at);
  let hidden = -Infinity;
  for (let k = 1; k < values.length; k++) {
    if (rows[k].beyond !== 'open') hidden = k;
    else if (top + k < waist || k - hidden > AFTER_HAND * unit) continue;
    const step = top + k < waist ? STEEPEST.chest : STEEPEST.hips;
    values[k] = Math.max(values[k], values[k - 1] - step);
  }
  for (let k = values.length - 2; k >= 0; k--) {
    if (rows[k].beyond !== 'open') values[k] = Math.max(values[k], values[k + 1] - STEEPEST.chest);
  }
  return straightBelow(rows, values, Math.max(0, Math.round(waist - top)));
}

/** Below the waist cloth hangs straight: what an arm hides there runs at least from the row above it to the one below. */
function straightBelow(
  rows: readonly EdgePlace[],
  values: readonly number[],
  waist: number,
): number[] {
  const result = [...values];
  let from = waist;
  for (let to = waist + 1; to < rows.length; to++) {
    if (rows[to].beyond !== 'open') continue;
    for (let k = from + 1; k < to; k++) {
      const line = lerp(rows[from].at, rows[to].at, (k - from) / (to - from));
      result[k] = Math.max(result[k], line);
    }
    from = to;
  }
  return result;
}

function smooth(values: readonly number[]): number[] {
  const reach = 3;
  return values.map((_, k) => {
    const near = values.slice(Math.max(0, k - reach), k + reach + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}

const COLUMNS = 48;

/** Reads the lower edge between two columns; hidden places take the other half's height, or their neighbours'. */
export function readHem(view: WornView, from: number, to: number, above: number): Hem {
  const { height } = view.share;
  const xs = Array.from({ length: COLUMNS + 1 }, (_, k) => from + ((to - from) * k) / COLUMNS);
  const columns = xs.map((x) => columnBottom(view, x, height - 1, above));
  const open = (k: number): number | null => {
    const place = columns[k];
    return place && (place.beyond === 'open' || place.beyond === 'frame') ? place.at : null;
  };
  const known = xs.map((_, k) => open(k));
  const heights = known.map((value, k) => {
    if (value !== null) return value;
    const seen = columns[k]?.at ?? 0;
    return Math.max(seen, known[COLUMNS - k] ?? between(known, k) ?? seen);
  });
  const cut = columns.filter((place) => place?.beyond === 'frame').length;
  const clean = hemLine(view, xs, known, view.frame.unit) ?? steady(heights);
  return {
    points: even(clean).map((y, k): Vec => [xs[k], y]),
    cut: cut > 0.4 * COLUMNS,
    seen: known.filter((value) => value !== null).length / known.length,
  };
}

/** Straight between the nearest known neighbours; the nearer one's own beyond the last. */
function between(known: readonly (number | null)[], k: number): number | null {
  let before = k;
  let after = k;
  while (before >= 0 && known[before] === null) before--;
  while (after < known.length && known[after] === null) after++;
  const left = known[before] ?? null;
  const right = known[after] ?? null;
  if (left === null || right === null) return left ?? right;
  return left + ((right - left) * (k - before)) / (after - before);
}

/** Rounds of smoothing that leave the sweep of a hem and take the steps of the search out of it. */
const EVENING = 20;

/** The line without steps: binomial smoothing, straight on beyond the corners. */
function even(values: readonly number[]): number[] {
  let line = [...values];
  const last = line.length - 1;
  for (let round = 0; round < EVENING; round++) {
    line = line.map((y, k) =>
      k === 0 || k === last ? y : (line[k - 1] + 2 * y + line[k + 1]) / 4,
    );
  }
  return line;
}

/** Takes out spikes of a column or two. */
const steady = (values: readonly number[]): number[] =>
  values.map((_, k) => median(values.slice(Math.max(0, k - 2), k + 3)));

/** Column, on one side, at which the hem has its corner: the outermost cloth a little above the lowest rows. */
export function cornerOf(view: WornView, bottom: number, side: Side): number {
  const { unit, centreX } = view.frame;
  let most = 0.2 * unit;
  for (let y = bottom; y > bottom - 0.12 * unit; y--) {
    const edge = rowEdge(view, y, side);
    if (edge && edge.at > most && beyondAt(view, centreX + signOf(side) * edge.at, y) !== 'frame') {
      most = edge.at;
    }
  }
  return centreX + signOf(side) * most;
}
