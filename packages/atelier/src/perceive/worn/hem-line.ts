import type { Plane } from '../../pixels/image.ts';
import { clamp, median } from '../../pixels/scalar.ts';

/** The picture in which a hem is looked for: colours, and arms before it, whose own edges say nothing. */
export interface HemPicture {
  readonly lab: readonly Plane[];
  readonly arms: Plane;
  /** 1 where the photo shows anything; its border is no hem. All of it by default. */
  readonly seen?: Plane;
}

/** What the parse says of the hem in one column: a height, or null where something hides it. */
export type HemGuess = number | null;

/** Heights tried above and below what most columns say, in shoulder widths, and how many of them. */
const REACH = 0.3;
const STEPS = 60;
/** Most that an edge of the picture speaks for a height. */
const MOST_EDGE = 4;
/** What it costs to leave the parse's height by a tenth of a shoulder width, and the most it ever costs. */
const AWAY = 1.2;
const MOST_AWAY = 2.6;
/** Cost of a bend between neighbouring columns, a squared step. */
const BEND = 0.5;
/** The same where no parse leads the line. */
const STIFF = 2.5;
/** Spans over which colours above and below are compared, in shoulder widths: for a line, and for two cloths. */
const FINE = 0.012;
const BROAD = 0.045;
/** How much the other half's height is believed where something hides the hem. */
const HINT = 0.15;
/** Difference over the broad span that is plain. */
const PLAIN = 3;

/**
 * The lower edge across the garment as the cheapest smooth line (dynamic programming): it follows the parse, and an edge
 * of the picture. Where a garment and what is below it look alike the parse runs over, and the line carries on instead.
 */
export function hemLine(
  { lab, arms, seen }: HemPicture,
  xs: readonly number[],
  guesses: readonly HemGuess[],
  unit: number,
): number[] | null {
  const known = guesses.filter((guess) => guess !== null);
  if (known.length < xs.length / 3) return null;
  const middle = median(known);
  const step = (2 * REACH * unit) / STEPS;
  const heightOf = (k: number): number => middle + (k - STEPS / 2) * step;
  const cost = xs.map((x, column) => {
    // Just above an arm the parse ends because the arm begins.
    const parsed = guesses[column];
    const open = parsed !== null && !covered(arms, x, parsed, 1.6 * BROAD * unit);
    const guess = open ? parsed : (guesses[guesses.length - 1 - column] ?? middle);
    const trust = open ? trustIn(lab, x, guess, unit) : HINT;
    return Float64Array.from({ length: STEPS + 1 }, (_, k) => {
      const y = heightOf(k);
      const hidden =
        covered(arms, x, y, 1.4 * BROAD * unit) || (seen && ends(seen, x, y + 1.2 * BROAD * unit));
      const edge = hidden ? 0 : clothEdge(lab, x, y, unit);
      const away = Math.min(MOST_AWAY, (AWAY * Math.abs(y - guess)) / (0.1 * unit));
      return trust * away - edge;
    });
  });
  return cheapest(cost, BEND).map(heightOf);
}

/** A line parts two cloths when this much of it shows a change at least this great. */
const CLEAR_SHARE = 0.6;
const CLEAR_EDGE = 0.9;

/** The level line between two heights along which the picture changes most; null when none plainly parts two cloths. */
export function strongestLine(
  { lab, arms }: HemPicture,
  xs: readonly number[],
  from: number,
  to: number,
  unit: number,
): number[] | null {
  const steps = Math.max(4, Math.round((to - from) / (0.01 * unit)));
  const heightOf = (k: number): number => from + ((to - from) * k) / steps;
  const edges = xs.map((x) =>
    Float64Array.from({ length: steps + 1 }, (_, k) =>
      covered(arms, x, heightOf(k), 1.4 * BROAD * unit) ? 0 : clothEdge(lab, x, heightOf(k), unit),
    ),
  );
  const path = cheapest(
    edges.map((column) => column.map((edge) => -edge)),
    STIFF,
  );
  const clear = path.filter((k, column) => edges[column][k] > CLEAR_EDGE).length;
  return clear > CLEAR_SHARE * xs.length ? path.map(heightOf) : null;
}

/** A hem is a line, and parts two cloths: a seam is only a line. */
const clothEdge = (lab: readonly Plane[], x: number, y: number, unit: number): number =>
  0.4 * edgeAt(lab, x, y, FINE * unit) + edgeAt(lab, x, y, BROAD * unit);

/** Whether an arm lies at a place or just above or below it. */
const covered = ({ width, height, data }: Plane, x: number, y: number, reach: number): boolean =>
  [-reach, 0, reach].some((dy) => {
    const row = clamp(Math.round(y + dy), 0, height - 1);
    return data[row * width + clamp(Math.round(x), 0, width - 1)] > 0.25;
  });

/** Whether a place lies beyond the photo's border. */
const ends = ({ width, height, data }: Plane, x: number, y: number): boolean => {
  const row = Math.round(y);
  return row >= height || data[row * width + clamp(Math.round(x), 0, width - 1)] === 0;
};

/** The parse is to be believed where what lies above and below its border plainly differs. */
const trustIn = (lab: readonly Plane[], x: number, y: number, unit: number): number =>
  clamp(edgeAt(lab, x, y, BROAD * unit) / PLAIN, 0.08, 1);

/** Change of colour down a column over a span of pixels, 0 to 4; in the dark less change makes an edge. */
function edgeAt(lab: readonly Plane[], x: number, y: number, pixels: number): number {
  const { width, height } = lab[0];
  const span = Math.max(2, Math.round(pixels));
  const column = clamp(Math.round(x), 1, width - 2);
  let sum = 0;
  let dark = 100;
  for (const [c, plane] of lab.entries()) {
    let above = 0;
    let below = 0;
    for (let k = 1; k <= span; k++) {
      const up = clamp(Math.round(y) - k, 0, height - 1) * width + column;
      const down = clamp(Math.round(y) + k, 0, height - 1) * width + column;
      above += (plane.data[up - 1] + plane.data[up] + plane.data[up + 1]) / (3 * span);
      below += (plane.data[down - 1] + plane.data[down] + plane.data[down + 1]) / (3 * span);
    }
    sum += (above - below) ** 2;
    if (c === 0) dark = Math.min(above, below);
  }
  return Math.min(MOST_EDGE, Math.sqrt(sum) / (1 + 0.06 * dark));
}

/** Rows of the cheapest path from the first column to the last, with steps of up to four rows. */
function cheapest(cost: readonly Float64Array[], stiffness: number): number[] {
  const rows = cost[0].length;
  const total = [Float64Array.from(cost[0])];
  const from: Int16Array[] = [new Int16Array(rows)];
  for (let column = 1; column < cost.length; column++) {
    const best = new Float64Array(rows).fill(Infinity);
    const origin = new Int16Array(rows);
    for (let row = 0; row < rows; row++) {
      for (let bend = -4; bend <= 4; bend++) {
        const before = row + bend;
        if (before < 0 || before >= rows) continue;
        const value = total[column - 1][before] + stiffness * bend * bend;
        if (value < best[row]) {
          best[row] = value;
          origin[row] = before;
        }
      }
      best[row] += cost[column][row];
    }
    total.push(best);
    from.push(origin);
  }
  const last = total[total.length - 1];
  let row = last.indexOf(Math.min(...last));
  const path: number[] = [];
  for (let column = cost.length - 1; column >= 0; column--) {
    path[column] = row;
    row = from[column][row];
  }
  return path;
}
