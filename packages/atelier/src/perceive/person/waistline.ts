import { add, type Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp, lerp, median, quantile } from '../../pixels/scalar.ts';
import { type Body, nearChain } from './body.ts';
import { contrast, density, type LabPlanes } from './colour-mixture.ts';
import { LOWER, SKIN, UPPER } from './labels.ts';
import type { Colours } from './seeds.ts';

/** The border between the upper and the lower garment across the trunk, as places down the trunk (0 shoulders, 1 hips). */
export interface Waistline {
  /** Places at equal steps from `-REACH` to `REACH` shoulder widths aside, seen from the front. */
  readonly down: Float32Array;
  /** Change of colour from above the border to below it, Lab units: the middle one over the columns seen. */
  readonly step: number;
  /** Strength of the edge along the border over that of the stronger edges elsewhere on the trunk, 0 to 4. */
  readonly edge: number;
}

const COLUMNS = 41;
const ROWS = 90;
/** The border is looked for this far aside of the trunk's middle, in shoulder widths. */
const REACH = 0.55;
const FIRST = 0.35;
const LAST = 1.75;
/** Without other evidence the border lies about the hip joints, give or take the spread. */
const USUAL = 0.97;
const SPREAD = 0.15;
const MOST_EVIDENCE = 1.2;

/** The place down the trunk of the border at a place aside (signed, in shoulder widths). */
export function waistAt(line: Waistline, aside: number): number {
  const column = clamp(((aside + REACH) / (2 * REACH)) * (COLUMNS - 1), 0, COLUMNS - 1);
  const left = Math.floor(column);
  const right = Math.min(COLUMNS - 1, left + 1);
  return lerp(line.down[left], line.down[right], column - left);
}

/**
 * Finds the border as the cheapest path across the trunk: upper's colours above it, lower's below it, an edge along it.
 * The edge decides where both garments have one colour.
 */
export function findWaistline(
  lab: LabPlanes,
  matte: Plane,
  body: Body,
  colours: Colours,
): Waistline | undefined {
  const upper = colours[UPPER];
  const lower = colours[LOWER];
  if (!upper || !lower) return undefined;
  const cost = new Float32Array(COLUMNS * ROWS);
  const trust = contrast(upper, lower);
  const columns = Array.from({ length: COLUMNS }, (_, column) => columnPixels(matte, body, column));
  for (const [column, pixels] of columns.entries()) {
    writeCost(lab, pixels, (i) => trust * lowerEvidence(lab, colours, i), column, cost);
  }
  const seen = columns.reduce((sum, pixels) => sum + pixels.filter((i) => i >= 0).length, 0);
  if (seen < COLUMNS * ROWS * 0.12) return undefined;
  const rows = cheapestPath(cost);
  return {
    down: Float32Array.from(rows, downOf),
    step: stepAcross(lab, columns, rows),
    edge: edgeAlong(lab, columns, rows),
  };
}

/** Rows that are left out on both sides of the border when colours above and below are compared: seam, belt, shadow. */
const SEAM_ROWS = 4;
const COMPARED_ROWS = 7;

function stepAcross(lab: LabPlanes, columns: readonly Int32Array[], rows: Int16Array): number {
  const steps: number[] = [];
  for (const [column, pixels] of columns.entries()) {
    const row = rows[column];
    const above = meanColour(lab, pixels, row - SEAM_ROWS - COMPARED_ROWS, row - SEAM_ROWS);
    const below = meanColour(lab, pixels, row + SEAM_ROWS, row + SEAM_ROWS + COMPARED_ROWS);
    if (!above || !below) continue;
    // Folds and shade change the lightness within one cloth.
    steps.push(Math.hypot(0.5 * (above[0] - below[0]), above[1] - below[1], above[2] - below[2]));
  }
  return steps.length < COLUMNS / 4 ? 0 : median(steps);
}

function meanColour(
  lab: LabPlanes,
  pixels: Int32Array,
  from: number,
  to: number,
): readonly [number, number, number] | undefined {
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (const i of pixels.subarray(Math.max(0, from), Math.max(0, to))) {
    if (i < 0) continue;
    count++;
    for (let c = 0; c < 3; c++) sum[c] += lab[c].data[i];
  }
  return count < COMPARED_ROWS / 2 ? undefined : [sum[0] / count, sum[1] / count, sum[2] / count];
}

function edgeAlong(lab: LabPlanes, columns: readonly Int32Array[], rows: Int16Array): number {
  const along: number[] = [];
  const elsewhere: number[] = [];
  for (const [column, pixels] of columns.entries()) {
    for (let row = 0; row < ROWS; row++) {
      if (pixels[row] < 0) continue;
      const away = Math.abs(row - rows[column]);
      if (away === 0) along.push(edgeAt(lab, pixels, row));
      else if (away > SEAM_ROWS) elsewhere.push(edgeAt(lab, pixels, row));
    }
  }
  if (along.length < COLUMNS / 4) return 0;
  return Math.max(0, median(along) - (elsewhere.length ? quantile(elsewhere, 0.75) : 0));
}

const downOf = (row: number): number => FIRST + ((row + 0.5) / ROWS) * (LAST - FIRST);

/** The picture's pixels down a column of the trunk; -1 where it shows something else. */
const columnPixels = (matte: Plane, body: Body, column: number): Int32Array =>
  Int32Array.from({ length: ROWS }, (_, row) =>
    trunkPixel(matte, body, (column / (COLUMNS - 1)) * 2 * REACH - REACH, downOf(row)),
  );

/** Writes the cost of a border at each row of a column. */
function writeCost(
  lab: LabPlanes,
  pixels: Int32Array,
  evidence: (pixel: number) => number,
  column: number,
  cost: Float32Array,
): void {
  let above = 0;
  // Where an arm hides the trunk or it ends, the border goes on as it came.
  const seen = pixels.filter((i) => i >= 0).length;
  const strictness = 5 * Math.min(1, (2 * seen) / ROWS);
  for (let row = 0; row < ROWS; row++) {
    cost[row * COLUMNS + column] =
      above -
      edgeAt(lab, pixels, row) +
      strictness * Math.max(0, Math.abs(downOf(row) - USUAL) - SPREAD);
    if (pixels[row] >= 0) above += evidence(pixels[row]);
  }
}

function trunkPixel(matte: Plane, body: Body, aside: number, down: number): number {
  const across: Vec = [-body.up[1], body.up[0]];
  const at = add(
    add(body.shoulders, body.up, -down * body.trunkLength),
    across,
    aside * body.shoulderWidth,
  );
  const x = Math.floor(at[0]);
  const y = Math.floor(at[1]);
  if (x < 0 || y < 0 || x >= matte.width || y >= matte.height) return -1;
  if (matte.data[y * matte.width + x] < 0.8) return -1;
  for (const arm of [body.arms.left, body.arms.right]) {
    const { ratio, along } = nearChain(arm, at);
    if (along > 0.6 && ratio < 1.2) return -1;
  }
  return y * matte.width + x;
}

/** Evidence, in tenths of nats a row, that a pixel is lower's rather than upper's; skin says neither. */
function lowerEvidence(lab: LabPlanes, colours: Colours, i: number): number {
  const of = (label: number): number => {
    const mixture = colours[label];
    return mixture ? density(mixture, lab[0].data[i], lab[1].data[i], lab[2].data[i]) : 0;
  };
  const upper = of(UPPER) + 1e-6;
  const lower = of(LOWER) + 1e-6;
  if (of(SKIN) > Math.max(upper, lower)) return 0;
  return clamp(Math.log(lower / upper), -MOST_EVIDENCE, MOST_EVIDENCE) * 0.8;
}

/** Change of colour down the trunk at a row, 0 to 4; in the dark less change makes an edge. */
function edgeAt(lab: LabPlanes, pixels: Int32Array, row: number): number {
  const above = pixels[Math.max(0, row - 1)];
  const below = pixels[Math.min(ROWS - 1, row + 1)];
  if (above < 0 || below < 0) return 0;
  let sum = 0;
  for (const plane of lab) sum += (plane.data[above] - plane.data[below]) ** 2;
  return Math.min(4, Math.sqrt(sum) / (1.2 + 0.045 * lab[0].data[above]));
}

/** Dynamic programming from left to right; a step of one row between neighbouring columns costs little, of more a lot. */
function cheapestPath(cost: Float32Array): Int16Array {
  const total = Float32Array.from(cost);
  const from = new Int16Array(cost.length);
  for (let column = 1; column < COLUMNS; column++) {
    for (let row = 0; row < ROWS; row++) {
      let least = Infinity;
      for (let step = -3; step <= 3; step++) {
        const before = row + step;
        if (before < 0 || before >= ROWS) continue;
        const value = total[before * COLUMNS + column - 1] + 2 * step * step;
        if (value < least) {
          least = value;
          from[row * COLUMNS + column] = before;
        }
      }
      total[row * COLUMNS + column] += least;
    }
  }
  let row = 0;
  for (let r = 1; r < ROWS; r++) {
    if (total[r * COLUMNS + COLUMNS - 1] < total[row * COLUMNS + COLUMNS - 1]) row = r;
  }
  const result = new Int16Array(COLUMNS);
  for (let column = COLUMNS - 1; column >= 0; column--) {
    result[column] = row;
    row = from[row * COLUMNS + column];
  }
  return result;
}
