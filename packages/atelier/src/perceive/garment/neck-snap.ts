import type { Vec } from '../../geometry/vector.ts';
import { clamp } from '../../pixels/scalar.ts';
import { colourStep, indexAt, type NeckWindow, normalAt } from './neck-window.ts';

const EDGE_CAP = 12;
const HALF_STEPS = 10;
/** Price of moving away from the neighbour's offset, per squared step. */
const STIFFNESS = 0.1;

/** Moves each point along its normal to the strongest edge within `range` pixels, smoothly (dynamic programming). */
export function snapToEdge(curve: readonly Vec[], window: NeckWindow, range: number): Vec[] {
  const offsets = Array.from(
    { length: 2 * HALF_STEPS + 1 },
    (_, k) => ((k - HALF_STEPS) / HALF_STEPS) * range,
  );
  const costs = curve.map((point, i) => {
    const normal = normalAt(curve, i);
    return offsets.map((offset) => pointCost(window, point, normal, offset, range));
  });
  const chosen = cheapestPath(costs);
  return curve.map((point, i) => {
    const normal = normalAt(curve, i);
    // The ends stay on the neck points.
    const fade = Math.min(1, Math.min(i, curve.length - 1 - i) / 3);
    const offset = offsets[chosen[i]] * fade;
    return [point[0] + normal[0] * offset, point[1] + normal[1] * offset];
  });
}

function pointCost(
  window: NeckWindow,
  [x, y]: Vec,
  [nx, ny]: Vec,
  offset: number,
  range: number,
): number {
  const below = indexAt(window, x + nx * (offset + 1.4), y + ny * (offset + 1.4));
  const above = indexAt(window, x + nx * (offset - 1.4), y + ny * (offset - 1.4));
  if (window.matte.data[below] < 0.5) return 6;
  const edge = Math.min(EDGE_CAP, colourStep(window, below, above)) / EDGE_CAP;
  const lightness = window.lab[0].data;
  const shade = clamp((lightness[below] - lightness[above]) / 8, -1, 1);
  return 1 - edge - 0.15 * shade + 0.25 * (offset / range) ** 2;
}

function cheapestPath(costs: readonly (readonly number[])[]): number[] {
  const totals: number[][] = [[...costs[0]]];
  const sources: number[][] = [[]];
  for (let i = 1; i < costs.length; i++) {
    const previous = totals[i - 1];
    const from: number[] = [];
    const here = costs[i].map((cost, k) => {
      let least = Infinity;
      let source = k;
      for (let j = Math.max(0, k - 3); j <= Math.min(previous.length - 1, k + 3); j++) {
        const total = previous[j] + STIFFNESS * (j - k) ** 2;
        if (total < least) {
          least = total;
          source = j;
        }
      }
      from.push(source);
      return cost + least;
    });
    totals.push(here);
    sources.push(from);
  }
  const last = totals[totals.length - 1];
  let k = last.indexOf(Math.min(...last));
  const path: number[] = [];
  for (let i = costs.length - 1; i >= 0; i--) {
    path.push(k);
    k = sources[i][k] ?? k;
  }
  return path.toReversed();
}
