import type { Vec } from '../../geometry/vector.ts';
import { neighbours, type NeckShape } from './neck-curves.ts';
import type { Worth } from './neck-worth.ts';

/** A curve that was tried. */
export interface Candidate extends Worth {
  readonly shape: NeckShape;
  readonly curve: readonly Vec[];
  /** Its worth by the picture alone, and how usual it is, 0 to 1; `value` says both. */
  readonly seen: number;
  readonly usual: number;
  /** Whether it was followed along the picture's edge, away from the family. */
  readonly traced: boolean;
}

const MOST_PEAKS = 18;

/** The best of the coarse grid, of each neighbourhood one. */
export function peaks(coarse: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const one of coarse.toSorted((a, b) => b.value - a.value)) {
    if (kept.length === MOST_PEAKS) break;
    const near = kept.some(
      ({ shape }) =>
        Math.abs(shape.depth - one.shape.depth) < 0.025 + 0.04 * shape.depth &&
        Math.abs(Math.log(shape.power / one.shape.power)) < 0.35,
    );
    if (!near) kept.push(one);
  }
  return kept;
}

/** Climbs to the best shape near by. */
export function refine(start: Candidate, judge: (shape: NeckShape) => Candidate | null): Candidate {
  let best = start;
  let settled = Infinity;
  for (const fineness of [1, 0.5, 0.5, 0.25, 0.25, 0.12]) {
    if (fineness === settled) continue;
    const before = best;
    for (const shape of neighbours(best.shape, fineness)) {
      const one = judge(shape);
      if (one && one.value > best.value) best = one;
    }
    if (best === before) settled = fineness;
  }
  return best;
}
