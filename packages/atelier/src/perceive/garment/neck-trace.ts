import type { Vec } from '../../geometry/vector.ts';
import { clamp, median } from '../../pixels/scalar.ts';
import { resample } from './contour.ts';
import { upperAt } from './neck-curves.ts';
import { frontVotes, type Parted } from './neck-region.ts';
import { stiffen } from './neck-smooth.ts';
import { colourStep, indexAt, type NeckWindow, normalAt } from './neck-window.ts';

/** Rays from the middle of the opening, and places along each of them, as shares of the way to the curve. */
const RAYS = 73;
const NEAREST = 0.74;
const STEP = 0.01;
const PLACES = 62;

const EDGE_CAP = 12;
/** Pixels to each side of an edge that are compared. */
const HALF_EDGE = 1.6;
/** Worth of darkness above the edge, of colours on the right sides of it, and price of leaving the curve. */
const SHADE_SAYS = 0.3;
const REGION_SAYS = 0.35;
const AWAY = 0.012;
/** Prices of each step to another place on the next ray and of each step more or fewer than to this one, and the most steps. */
const LEAN = 0.02;
const TURN = 0.12;
const MOST_LEAN = 3;
const LEANS = 2 * MOST_LEAN + 1;
const STATES = PLACES * LEANS;
/** Votes of single colours beyond this say no more. */
const LOUDEST = 1.5;

/**
 * Follows the edge of the opening near a curve of the family wherever it really runs, tips and ends included: of all
 * curves that cross each ray from the middle of the opening once, the one with most edge, darkness above it, and cloth
 * of the inside's and the front's colours on the right sides (dynamic programming). It ends on the upper edge. `otherHalf`
 * is the say of the mirrored place of the curve's other half, 0 to 0.5.
 */
export function traceNeck(
  curve: readonly Vec[],
  parted: Parted,
  upper: readonly Vec[],
  window: NeckWindow,
  otherHalf: number,
): Vec[] | null {
  const left = curve[0];
  const right = curve[curve.length - 1];
  const width = right[0] - left[0];
  const level = (left[1] + right[1]) / 2;
  const depth = curve.reduce((most, [, y]) => Math.max(most, y), -Infinity) - level;
  if (depth < 0.05 * width) return null;
  const middle: Vec = [(left[0] + right[0]) / 2, level + 0.3 * depth];
  const base = evenly(curve, width / (2 * depth));
  const votes = frontVotes(parted).map((vote) => clamp(vote, -LOUDEST, LOUDEST));
  const costs = base.map((point, i) =>
    rayCosts(point, normalAt(base, i), middle, { votes, window, width }),
  );
  const places = cheapestPath(costs.map((own, i) => alike(own, costs[RAYS - 1 - i], otherHalf)));
  const offsets = places.map((k) => NEAREST + STEP * k - 1);
  const sure = places.map((k, i) => sureness(costs[i], k));
  const traced = stiffen(offsets, sure).map((offset, i): Vec => {
    const [x, y] = base[i];
    return [middle[0] + (x - middle[0]) * (1 + offset), middle[1] + (y - middle[1]) * (1 + offset)];
  });
  return endOnEdge(opening(traced), upper, width);
}

/** How much cheaper a place on a ray is than most, from which it is sure to be the edge. */
const SURE = 0.8;

function sureness(costs: readonly number[], place: number): number {
  const usual = median(costs.filter(Number.isFinite));
  return Math.max(0.01, clamp((usual - costs[place]) / SURE, 0, 1) ** 2);
}

/** Openings do not narrow towards the neck: where one does, as between the leaves of a collar, it runs straight up. */
function opening(curve: readonly Vec[]): Vec[] {
  const lowest = curve.reduce((low, [, y], i) => (y > curve[low][1] ? i : low), 0);
  const result = [...curve];
  for (let i = lowest - 1; i >= 0; i--) {
    result[i] = [Math.min(result[i][0], result[i + 1][0]), result[i][1]];
  }
  for (let i = lowest + 1; i < result.length; i++) {
    result[i] = [Math.max(result[i][0], result[i - 1][0]), result[i][1]];
  }
  return result;
}

/** Necklines mirror, labels and seams of the back hardly do: the other half of the curve has a say. */
const alike = (own: readonly number[], other: readonly number[], say: number): number[] =>
  own.map((cost, k) => cost + say * (other[k] - cost));

/** Points that lie evenly once the opening is as deep as half its width: enough of them on deep tips and at shallow ends. */
function evenly(curve: readonly Vec[], stretch: number): Vec[] {
  const stretched = curve.map(([x, y]): Vec => [x, y * stretch]);
  return resample(stretched, RAYS).map(([x, y]): Vec => [x, y / stretch]);
}

interface Ground {
  readonly votes: readonly number[];
  readonly window: NeckWindow;
  readonly width: number;
}

/** What each place along a ray costs as the point where inside becomes front. */
function rayCosts(
  [x, y]: Vec,
  [nx, ny]: Vec,
  middle: Vec,
  { votes, window, width }: Ground,
): number[] {
  const lightness = window.lab[0].data;
  const { matte, cloth } = window;
  const reach = Math.hypot(x - middle[0], y - middle[1]);
  const loud = (REGION_SAYS * STEP * reach) / (0.04 * width);
  let inside = 0;
  return Array.from({ length: PLACES }, (_, k) => {
    const share = NEAREST + STEP * k;
    const px = middle[0] + (x - middle[0]) * share;
    const py = middle[1] + (y - middle[1]) * share;
    inside += loud * (votes[cloth.kinds[indexAt(window, px, py)]] ?? 0);
    const below = indexAt(window, px + nx * HALF_EDGE, py + ny * HALF_EDGE);
    const above = indexAt(window, px - nx * HALF_EDGE, py - ny * HALF_EDGE);
    const away = AWAY * ((share - 1) / 0.1) ** 2;
    if (matte.data[below] < 0.5 || matte.data[above] < 0.5) return 1 + away + inside;
    const edge = Math.min(EDGE_CAP, colourStep(window, below, above)) / EDGE_CAP;
    const shade = clamp((lightness[below] - lightness[above]) / 6, -1, 1);
    return 1 - edge - SHADE_SAYS * shade + away + inside;
  });
}

/**
 * The cheapest run of places over all rays, where turning costs: each state is a place and the step that led there, so
 * that a straight arm may lean as it likes and a notch pays for each of its corners.
 */
function cheapestPath(costs: readonly (readonly number[])[]): number[] {
  let totals = Float64Array.from({ length: STATES }, (_, s) => costs[0][Math.floor(s / LEANS)]);
  const sources: Int16Array[] = [];
  for (let i = 1; i < costs.length; i++) {
    const turned = turnedFrom(totals);
    const next = new Float64Array(STATES).fill(Infinity);
    const from = new Int16Array(STATES);
    for (let k = 0; k < PLACES; k++) {
      for (let lean = -MOST_LEAN; lean <= MOST_LEAN; lean++) {
        const before = k - lean;
        if (before < 0 || before >= PLACES) continue;
        const old = before * LEANS + lean + MOST_LEAN;
        const s = k * LEANS + lean + MOST_LEAN;
        next[s] = totals[old] + costs[i][k] + LEAN * Math.abs(lean);
        from[s] = turned[old];
      }
    }
    totals = next;
    sources.push(from);
  }
  let s = totals.indexOf(totals.reduce((least, total) => Math.min(least, total), Infinity));
  const path = [Math.floor(s / LEANS)];
  for (const from of sources.toReversed()) {
    s = from[s];
    path.push(Math.floor(s / LEANS));
  }
  return path.toReversed();
}

/** Lowers each state to what it costs to turn into it from another at the same place; answers from which it came. */
function turnedFrom(totals: Float64Array): Int16Array {
  const from = new Int16Array(STATES);
  for (let first = 0; first < STATES; first += LEANS) {
    const last = first + LEANS - 1;
    from[first] = first;
    for (let s = first + 1; s <= last; s++) {
      const cheaper = totals[s - 1] + TURN < totals[s];
      if (cheaper) totals[s] = totals[s - 1] + TURN;
      from[s] = cheaper ? from[s - 1] : s;
    }
    for (let s = last - 1; s >= first; s--) {
      if (totals[s + 1] + TURN >= totals[s]) continue;
      totals[s] = totals[s + 1] + TURN;
      from[s] = from[s + 1];
    }
  }
  return from;
}

/** Points before or behind which a traced curve's direction is taken, to lengthen it. */
const RUN_UP = 5;
/** Farther than this the garment's upper edge is not from the end of a trace, over the neck's width. */
const LONGEST_END = 0.2;

/** Cuts what runs out of the garment and lengthens the rest to its upper edge; null when there is no edge to reach. */
function endOnEdge(traced: readonly Vec[], upper: readonly Vec[], width: number): Vec[] | null {
  const within = ([x, y]: Vec): boolean => y > upperAt(upper, x)[1] + 1;
  const first = traced.findIndex(within);
  const last = traced.findLastIndex(within);
  if (first < 0 || last - first < 3 * RUN_UP) return null;
  const kept = traced.slice(first, last + 1);
  const start = reachEdge(kept[0], kept[RUN_UP], upper, width);
  const end = reachEdge(kept[kept.length - 1], kept[kept.length - 1 - RUN_UP], upper, width);
  return start && end && start[0] < end[0] ? resample([start, ...kept, end], RAYS) : null;
}

/** Where the way on from a curve's end, away from `inner`, meets the upper edge. */
function reachEdge(end: Vec, inner: Vec, upper: readonly Vec[], width: number): Vec | null {
  const size = Math.hypot(end[0] - inner[0], end[1] - inner[1]) || 1;
  // Ends of openings rise, whatever the last points do.
  const rise = Math.min(-0.25, (end[1] - inner[1]) / size);
  const run = Math.sign(end[0] - inner[0]) * Math.sqrt(Math.max(0, 1 - rise * rise));
  for (let d = 0; d < LONGEST_END * width; d += 0.5) {
    const at: Vec = [end[0] + run * d, end[1] + rise * d];
    const edge = upperAt(upper, at[0]);
    if (at[1] <= edge[1]) return edge;
  }
  return null;
}
