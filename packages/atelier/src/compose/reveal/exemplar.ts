import { createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { floats, inRegion, integers } from '@toile/memory';
import { clamp } from '../../pixels/scalar.ts';
import { type Grid, openGrid, RADIUS } from './patch-grid.ts';

/**
 * Fills a hole with what the rest of the picture shows, so that texture and structure go on: every patch of the hole is
 * matched to a patch of the source and the hole's pixels vote (Wexler, Shechtman and Irani, "Space-Time Completion of
 * Video", 2007; matches by Barnes et al., "PatchMatch", 2009). Matching is done on a coarse grid; what is laid down are
 * the picture's own pixels.
 */
export interface ExemplarProblem {
  readonly colours: readonly Plane[];
  /** A first guess for the hole, of the same size: smooth colours will do. */
  readonly guess: readonly Plane[];
  readonly hole: Mask;
  /** Pixels that may be copied. */
  readonly source: Mask;
  readonly random: () => number;
}

/** Longer side of the grid on which patches are matched. */
const GRID = 260;
/** The coarsest grid, on which structure crosses the hole. */
const COARSE_GRID = 64;
const FIRST_ROUNDS = 5;
const LATER_ROUNDS = 2;

/** Colours for the hole; elsewhere 0. Undefined when the source holds too few whole patches. */
export function fillFromExemplars(problem: ExemplarProblem): readonly Plane[] | undefined {
  const side = Math.max(problem.hole.width, problem.hole.height);
  const finest = Math.max(1, Math.ceil(side / GRID));
  let factor = finest;
  while (side / (2 * factor) >= COARSE_GRID) factor *= 2;
  let solved: Solved | undefined;
  for (; factor >= finest; factor /= 2) {
    const grid = inRegion(() => openGrid(problem, factor));
    if (grid.targets.length === 0 || (factor === finest && grid.sources.length < 200)) return;
    if (grid.sources.length < 20) continue;
    const match = firstMatches(grid, solved, problem.random);
    if (solved) vote(grid, match);
    const rounds = solved ? LATER_ROUNDS : FIRST_ROUNDS;
    for (let round = 0; round < rounds; round++) {
      improve(grid, match, round % 2 === 0, problem.random);
      vote(grid, match);
    }
    solved = { grid, match };
  }
  return solved && transfer(problem, solved.grid, solved.match, finest);
}

interface Solved {
  readonly grid: Grid;
  readonly match: Matches;
}

interface Matches {
  /** Middle of the source patch of each target middle. */
  readonly place: Int32Array;
  readonly cost: Float32Array;
}

/** Matches to begin with: those of a grid half as fine where it has them, else random places. */
function firstMatches(grid: Grid, coarser: Solved | undefined, random: () => number): Matches {
  const place = integers(grid.usable.length).fill(-1);
  const cost = floats(place.length);
  for (const target of grid.targets) {
    const guess = coarser ? fromCoarser(grid, coarser, target) : -1;
    const chance = grid.sources[Math.floor(random() * grid.sources.length)];
    place[target] = guess >= 0 && grid.usable[guess] ? guess : chance;
    cost[target] = patchDistance(grid, target, place[target], Infinity);
  }
  return { place, cost };
}

/** Where a target's match on the grid half as fine points on this one; -1 for nowhere. */
function fromCoarser(grid: Grid, { grid: half, match }: Solved, target: number): number {
  const x = target % grid.width;
  const y = Math.floor(target / grid.width);
  const halfX = clamp(x >> 1, RADIUS, half.width - RADIUS - 1);
  const halfY = clamp(y >> 1, RADIUS, half.height - RADIUS - 1);
  const found = match.place[halfY * half.width + halfX];
  if (found < 0) return -1;
  const fromX = x + 2 * ((found % half.width) - halfX);
  const fromY = y + 2 * (Math.floor(found / half.width) - halfY);
  const outside = fromX < 0 || fromY < 0 || fromX >= grid.width || fromY >= grid.height;
  return outside ? -1 : fromY * grid.width + fromX;
}

/** Mean squared difference of the cells that may be compared, times the cells of a patch. */
function patchDistance(grid: Grid, target: number, source: number, limit: number): number {
  const { colours, compared, width, scale } = grid;
  const most = limit / scale[target];
  let sum = 0;
  for (let dy = -RADIUS; dy <= RADIUS; dy++) {
    let at = target + dy * width - RADIUS;
    let t = 3 * at;
    let s = 3 * (source + dy * width - RADIUS);
    for (const end = at + 2 * RADIUS + 1; at < end; at++, t += 3, s += 3) {
      if (compared[at] === 0) continue;
      const red = colours[t] - colours[s];
      const green = colours[t + 1] - colours[s + 1];
      const blue = colours[t + 2] - colours[s + 2];
      sum += red * red + green * green + blue * blue;
    }
    if (sum >= most) return Infinity;
  }
  return sum * scale[target];
}

/** One sweep of PatchMatch: neighbours' matches moved along, then random places ever nearer to the best. */
function improve(
  grid: Grid,
  { place, cost }: Matches,
  forwards: boolean,
  random: () => number,
): void {
  const { targets, width, height, usable } = grid;
  const step = forwards ? -1 : 1;
  const count = targets.length;
  for (let k = 0; k < count; k++) {
    const target = targets[forwards ? k : count - 1 - k];
    let best = place[target];
    let least = patchDistance(grid, target, best, Infinity);
    const attempt = (source: number): void => {
      if (source < 0 || source >= usable.length || !usable[source]) return;
      const distance = patchDistance(grid, target, source, least);
      if (distance >= least) return;
      least = distance;
      best = source;
    };
    for (const neighbour of [target + step, target + step * width]) {
      if (place[neighbour] >= 0) attempt(place[neighbour] - (neighbour - target));
    }
    for (let reach = Math.max(width, height) / 2; reach >= 1; reach /= 2) {
      const x = Math.round((best % width) + (2 * random() - 1) * reach);
      const y = Math.round(Math.floor(best / width) + (2 * random() - 1) * reach);
      if (x >= 0 && y >= 0 && x < width && y < height) attempt(y * width + x);
    }
    place[target] = best;
    cost[target] = least;
  }
}

/** Every pixel of the hole becomes the mean of what the patches over it say, good matches counting more. */
function vote(grid: Grid, { place, cost }: Matches): void {
  const { colours, hole, width, targets } = grid;
  const sums = floats(colours.length);
  const weights = floats(hole.length);
  let mean = 1e-6;
  for (const target of targets) mean += cost[target] / targets.length;
  for (const target of targets) {
    const weight = Math.exp(-cost[target] / mean);
    for (let dy = -RADIUS; dy <= RADIUS; dy++) {
      for (let dx = -RADIUS; dx <= RADIUS; dx++) {
        const to = target + dy * width + dx;
        if (!hole[to]) continue;
        const from = place[target] + dy * width + dx;
        weights[to] += weight;
        for (let c = 0; c < 3; c++) sums[3 * to + c] += weight * colours[3 * from + c];
      }
    }
  }
  for (let i = 0; i < hole.length; i++) {
    if (!hole[i] || weights[i] <= 0) continue;
    for (let c = 0; c < 3; c++) colours[3 * i + c] = sums[3 * i + c] / weights[i];
  }
}

/** Lays down full-size pixels from where the matches point, blended between the four nearest cells. */
function transfer(
  { colours, guess, hole }: ExemplarProblem,
  grid: Grid,
  { place }: Matches,
  factor: number,
): readonly Plane[] {
  const { width, height } = hole;
  const result = colours.map(() => createPlane(width, height));
  const sum = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (!hole.data[i]) continue;
      const cx = (x + 0.5) / factor - 0.5;
      const cy = (y + 0.5) / factor - 0.5;
      let total = 0;
      sum.fill(0);
      for (let k = 0; k < 4; k++) {
        const column = Math.floor(cx) + (k & 1);
        const row = Math.floor(cy) + (k >> 1);
        const gx = clamp(column, RADIUS, grid.width - RADIUS - 1);
        const gy = clamp(row, RADIUS, grid.height - RADIUS - 1);
        const match = place[gy * grid.width + gx];
        if (match < 0) continue;
        const fromX = x + ((match % grid.width) - gx) * factor;
        const fromY = y + (Math.floor(match / grid.width) - gy) * factor;
        if (fromX < 0 || fromY < 0 || fromX >= width || fromY >= height) continue;
        const weight = (1 - Math.abs(cx - column)) * (1 - Math.abs(cy - row)) + 1e-4;
        total += weight;
        for (let c = 0; c < 3; c++) sum[c] += weight * colours[c].data[fromY * width + fromX];
      }
      for (let c = 0; c < 3; c++) {
        result[c].data[i] = total > 0 ? sum[c] / total : guess[c].data[i];
      }
    }
  }
  return result;
}
