import { clamp, lerp, median } from '../../pixels/scalar.ts';
import type { Side } from '../person.ts';
import { beyondAt, isCloth, signOf, type WornView } from './profiles.ts';
import { onlyDeep } from './worn-edges.ts';

/** The edges of one half of a bottom in one row, canvas pixels. */
export interface LegEdges {
  readonly outer: number;
  readonly inner: number;
  /** Whether the row shows any cloth on this side. */
  readonly seen: boolean;
}

/** One row across trousers or a skirt. */
export interface LegRow {
  readonly left: LegEdges;
  readonly right: LegEdges;
  /** Whether something else than cloth lies between the halves. */
  readonly parted: boolean;
}

/** Narrower than this a gap between legs is a fold in shadow, in shoulder widths. */
const LEAST_GAP = 0.012;
/** What hides the cloth at its side may make its edge run inwards by this much a row. */
const STEEPEST = 0.3;
/** The same from the hips up to the waist. */
const STEEPEST_HIPS = 0.7;

/** Reads the edges row by row from `top` to `bottom`; rows above `seenTop`, which a top hides, go on from the first seen. */
export function readLegRows(
  view: WornView,
  top: number,
  seenTop: number,
  bottom: number,
  crotch: number,
): LegRow[] {
  const rows: LegRow[] = [];
  let middle = view.frame.centreX;
  for (let y = seenTop; y <= bottom; y++) {
    const row = readRow(view, y, y > crotch - 0.25 * view.frame.unit ? middle : null);
    if (row.parted) middle = lerp(middle, (row.left.inner + row.right.inner) / 2, 0.3);
    rows.push(row.parted ? row : { ...row, ...joined(row, middle) });
  }
  const whole = carried(view, rows, seenTop, seenTop > top);
  const first = steadyFirst(whole, view.frame.unit);
  const above = Array.from({ length: Math.max(0, seenTop - top) }, (_, k): LegRow => {
    const narrower = 0.12 * (seenTop - top - k);
    return {
      left: { ...first.left, outer: first.left.outer + narrower },
      right: { ...first.right, outer: first.right.outer - narrower },
      parted: false,
    };
  });
  return [...above, ...whole];
}

const joined = (row: LegRow, middle: number): Pick<LegRow, 'left' | 'right'> => ({
  left: { ...row.left, inner: middle },
  right: { ...row.right, inner: middle },
});

/** Edges of the upper rows, by their median: the corners under a top's hem are ragged. */
function steadyFirst(rows: readonly LegRow[], unit: number): LegRow {
  const near = rows.slice(2, 2 + Math.round(0.12 * unit));
  const of = (side: Side): LegEdges => ({
    ...rows[0][side],
    outer: median(near.map((row) => row[side].outer)),
  });
  return { ...rows[0], left: of('left'), right: of('right') };
}

function readRow(view: WornView, y: number, middle: number | null): LegRow {
  const { width } = view.share;
  let left = -1;
  let right = -1;
  for (let x = 0; x < width; x++) {
    if (!isCloth(view, x, y)) continue;
    if (left < 0) left = x;
    right = x;
  }
  const centre = middle ?? view.frame.centreX;
  if (left < 0) {
    const none: LegEdges = { outer: centre, inner: centre, seen: false };
    return { left: none, right: none, parted: false };
  }
  const gap = middle === null ? null : widestGap(view, y, left, right, middle);
  const inner = gap ?? { from: centre, to: centre };
  return {
    left: { outer: left, inner: inner.from, seen: left < inner.from },
    right: { outer: right, inner: inner.to, seen: right > inner.to },
    parted: gap !== null,
  };
}

/** The gap between two legs: the widest stretch without cloth that nothing hides, near the middle. */
function widestGap(
  view: WornView,
  y: number,
  left: number,
  right: number,
  middle: number,
): { from: number; to: number } | null {
  const reach = 0.35 * view.frame.unit;
  let best: { from: number; to: number } | null = null;
  let from = -1;
  for (let x = Math.max(left, Math.round(middle - reach)); x <= right; x++) {
    const open = !isCloth(view, x, y) && beyondAt(view, x, y) === 'open';
    if (open && from < 0) from = x;
    if (open || from < 0) continue;
    if (
      from < middle + reach &&
      x - from > (best ? best.to - best.from : LEAST_GAP * view.frame.unit)
    ) {
      best = { from, to: x };
    }
    from = -1;
  }
  return best;
}

/** How much farther out than the other side a hidden edge may lie, in shoulder widths. */
const ALIKE = 0.04;
/** Rows under a slanting hem in which one side is hidden, in shoulder widths. */
const SLANT = 0.3;

/**
 * Where a hand or an arm lies on the outer edge, or the hem of a top (`overhung`), the edge is carried on from the rows
 * above and below.
 */
function carried(
  view: WornView,
  rows: readonly LegRow[],
  top: number,
  overhung: boolean,
): LegRow[] {
  const edges = (side: Side): number[] => {
    const sign = signOf(side);
    const outwards = rows.map((row) => sign * row[side].outer);
    const hidden = rows.map(
      (row, k) =>
        (overhung && k < SLANT * view.frame.unit) ||
        beyondAt(view, row[side].outer + 5 * sign, top + k) === 'arm',
    );
    for (let k = 1; k < rows.length; k++) {
      if (hidden[k]) outwards[k] = Math.max(outwards[k], outwards[k - 1] - STEEPEST);
    }
    for (let k = rows.length - 2; k >= 0; k--) {
      const step = top + k < view.frame.hipY ? STEEPEST_HIPS : STEEPEST;
      if (hidden[k]) outwards[k] = Math.max(outwards[k], outwards[k + 1] - step);
    }
    return outwards.map((value) => sign * value);
  };
  const free = { left: edges('left'), right: edges('right') };
  const middle = median(rows.map(({ left, right }) => (left.outer + right.outer) / 2));
  // No farther out than the other side, turned over, lets expect.
  const bounded = (side: Side): number[] => {
    const sign = signOf(side);
    const other = free[side === 'left' ? 'right' : 'left'];
    const own = rows.map((row) => sign * row[side].outer);
    const most = other.map((x) => sign * (2 * middle - x) + ALIKE * view.frame.unit);
    const carriedOn = free[side].map((x, k) => Math.max(own[k], Math.min(sign * x, most[k])));
    return onlyDeep(own, carriedOn, view.frame.unit).map((value) => sign * value);
  };
  const outer = { left: bounded('left'), right: bounded('right') };
  const limit = view.share.width - 1;
  return rows.map((row, k) => ({
    ...row,
    left: { ...row.left, outer: clamp(outer.left[k], 0, limit) },
    right: { ...row.right, outer: clamp(outer.right[k], 0, limit) },
  }));
}
