import { add, type Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp, lerp } from '../../pixels/scalar.ts';
import { type Body, nearChain } from './body.ts';
import { contrast, density, type LabPlanes } from './colour-mixture.ts';
import { LOWER, SKIN, UPPER } from './labels.ts';
import type { Colours } from './seeds.ts';

/** The border between the upper and the lower garment across the trunk, as places down the trunk (0 shoulders, 1 hips). */
export interface Waistline {
  /** Places at equal steps from `-REACH` to `REACH` shoulder widths aside, seen from the front. */
  readonly down: Float32Array;
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
  let seen = 0;
  for (let column = 0; column < COLUMNS; column++) {
    seen += columnCost(
      lab,
      matte,
      body,
      (i) => trust * lowerEvidence(lab, colours, i),
      column,
      cost,
    );
  }
  if (seen < COLUMNS * ROWS * 0.12) return undefined;
  return { down: cheapestPath(cost) };
}

const downOf = (row: number): number => FIRST + ((row + 0.5) / ROWS) * (LAST - FIRST);

/** Writes the cost of a border at each row of a column; returns how many rows show the person's trunk. */
function columnCost(
  lab: LabPlanes,
  matte: Plane,
  body: Body,
  evidence: (pixel: number) => number,
  column: number,
  cost: Float32Array,
): number {
  const pixels = Int32Array.from({ length: ROWS }, (_, row) =>
    trunkPixel(matte, body, (column / (COLUMNS - 1)) * 2 * REACH - REACH, downOf(row)),
  );
  let seen = 0;
  let above = 0;
  for (let row = 0; row < ROWS; row++) {
    const i = pixels[row];
    cost[row * COLUMNS + column] =
      above - edgeAt(lab, pixels, row) + 5 * Math.max(0, Math.abs(downOf(row) - USUAL) - SPREAD);
    if (i < 0) continue;
    seen++;
    above += evidence(i);
  }
  return seen;
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
function cheapestPath(cost: Float32Array): Float32Array {
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
  const result = new Float32Array(COLUMNS);
  for (let column = COLUMNS - 1; column >= 0; column--) {
    result[column] = downOf(row);
    row = from[row * COLUMNS + column];
  }
  return result;
}
