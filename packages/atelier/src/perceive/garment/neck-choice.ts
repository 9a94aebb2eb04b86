import { distance, type Vec } from '../../geometry/vector.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import type { Candidate } from './neck-search.ts';
import type { NeckWindow } from './neck-window.ts';

/** How much less a curve is worth that does not part the colours above it from those below: on plain cloth, on patterned. */
const UNPARTED = [0.4, 0.6] as const;

/** A curve is worth less, the less it parts (`partOf`, 0 to 1) all that lies above it from what lies below. */
export function byRegion(
  found: readonly Candidate[],
  { patterned }: NeckWindow,
  partOf: (curve: readonly Vec[]) => number,
): Candidate[] {
  const price = lerp(...UNPARTED, patterned);
  const parts = found.map(({ curve }) => partOf(curve));
  const most = Math.max(1e-3, ...parts);
  return found.map((one, i) => ({
    ...one,
    value: one.value * (1 - price * (1 - parts[i] / most)),
  }));
}

/** Worth from which an edge is one, and from which on it is beyond doubt. */
const STRONG = 5;
const BEYOND_DOUBT = [4, 12] as const;
/** What a plain garment's weak edge is worth less where it is lighter above it than below, by so much: insides lie in shadow. */
const LIT_INSIDE = 0.45;
const LIGHTER_ABOVE = [0.05, 0.4] as const;
/** Partedness and, on plain cloth, colour steps that tell hardly and surely. */
const PARTED = [0.15, 0.65] as const;
const STEP = [1, 6] as const;
/** How far a rival runs from the pick at least, over the neck's width. */
const ELSEWHERE = 0.18;
/** Share of a deeper rival's worth up to which the choice is open, and what more makes it sure. */
const OVER_DEEPER = [1, 0.6] as const;
/** The same of a shallower one, which is the back's edge, its label's or its seam's: it may be worth more. */
const OVER_SHALLOWER = [0.64, 0.3] as const;

/**
 * How sure the choice is: by how much edge there is, how well it tells the front from what is above it (by the mixture
 * of its colours, or on plain cloth by a step in them), and how far behind the next best curve is that runs elsewhere.
 */
export function trust(
  pick: Candidate,
  found: readonly Candidate[],
  parted: number,
  { patterned }: NeckWindow,
): number {
  const lead = found.reduce((least, { shape, value }) => {
    const deeper = shape.depth - pick.shape.depth;
    if (Math.abs(deeper) < ELSEWHERE) return least;
    const [open, sure] = deeper > 0 ? OVER_DEEPER : OVER_SHALLOWER;
    return Math.min(least, clamp((pick.value / Math.max(0.01, value) - open) / sure, 0, 1));
  }, 1);
  const told = Math.max(
    smoothstep(...PARTED, parted),
    (1 - patterned) * smoothstep(...STEP, pick.step),
  );
  const strong = smoothstep(...BEYOND_DOUBT, pick.value);
  const odd = (1 - strong) * (1 - patterned) * smoothstep(...LIGHTER_ABOVE, -pick.shade);
  const sure = (0.2 + 0.4 * told + 0.3 * lead + 0.1 * strong) * (1 - LIT_INSIDE * odd);
  return clamp(smoothstep(0, STRONG, pick.value) * sure, 0.05, 0.97);
}

/** Share of the best curve's worth from which a deeper one is the front edge, the best being the back's. */
const DEEPER_SHARE = 0.64;
/** The same once a deeper one has been taken: now the better one is more likely to be right. */
const STILL_DEEPER_SHARE = 0.86;
/** From where on, over the neck's width, edges are less likely the back's (its band's, its seam's, its label's), and no more. */
const BACKS = [0.4, 0.65] as const;
/** How much of that share a deeper one needs more, the less dark it is above it: the back's own edges throw no shadow. */
const LIT = 1.2;
const MOST_LIT = 0.3;
/** Differences in shade up to this mean nothing. */
const ALIKE = 0.1;
/** How much deeper the front edge lies at least than the back's, over the neck's width. */
const DEEPER = 0.14;
/** Height over the neck's width in which the back's edges lie: its band's, its seam's and its label's. */
const BACK_BAND = 0.13;
/** Height of a band at the front, over the neck's width and over its depth, and its least, over the width. */
const BAND = [0.14, 0.2] as const;
const LEAST_BAND = 0.04;
/** How much darker than above its seam it is above a band's upper edge that is sure to be the opening's. */
const DARKER = 0.4;
/** How much less dark than above its seam it may be above a band's upper edge, as shade. */
const LIGHTER = 0.15;
/** Share of its seam's worth that a band's upper edge must have, where it is sure to be the opening's and elsewhere. */
const BAND_SHARE = [0.7, 1] as const;

/**
 * Which of the good curves is the front edge. Above it lies only what belongs to the back, whose band and label have
 * edges of their own: so a good deeper one is preferred. But a band at the front has two edges, the opening's and the
 * seam's: so, of good curves up to a band's width above, the best one.
 *
 * @param isInsideBetween whether what lies between two curves may be the inside
 */
export function frontEdge(
  found: readonly Candidate[],
  best: Candidate,
  isInsideBetween: (higher: readonly Vec[], deeper: readonly Vec[]) => boolean,
): Candidate {
  let deep = best;
  for (let round = 0; round < 3 && deep.shape.depth < BACKS[1]; round++) {
    const back = 1 - smoothstep(...BACKS, deep.shape.depth);
    const least = lerp(STILL_DEEPER_SHARE, DEEPER_SHARE, round === 0 ? back : 0);
    const deeper = found.filter((one) => {
      const share = least + clamp(LIT * (deep.shade - one.shade - ALIKE), 0, MOST_LIT);
      return (
        one.shape.depth > deep.shape.depth + DEEPER &&
        one.value > share * deep.value &&
        isInsideBetween(deep.curve, one.curve)
      );
    });
    if (deeper.length === 0) break;
    deep = deeper.reduce((a, b) => (b.value > a.value ? b : a));
  }
  const band = Math.max(BAND[0], BAND[1] * deep.shape.depth);
  // What was passed over on the way down is the back's.
  const top = deep === best ? 0 : best.shape.depth + BACK_BAND;
  const uppers = found.filter((one) => {
    if (one.shape.depth < top) return false;
    const higher = deep.shape.depth - one.shape.depth;
    const share = BAND_SHARE[one.shade > deep.shade + DARKER ? 0 : 1];
    return (
      higher > LEAST_BAND &&
      higher < band &&
      one.value > share * deep.value &&
      one.shade > deep.shade - LIGHTER &&
      isParallel(one.curve, deep.curve)
    );
  });
  return uppers.reduce<Candidate>(
    (pick, one) => (pick === deep || one.value > pick.value ? one : pick),
    deep,
  );
}

/** How much nearer the two edges of a band may be in places than in others. */
const UNEVEN = 0.45;

/** Whether a higher curve keeps off a deeper one all along, as a band's edges do: it neither cuts its tip off nor touches it. */
function isParallel(higher: readonly Vec[], deeper: readonly Vec[]): boolean {
  const last = higher.length - 1;
  const gaps = [0.25, 0.375, 0.5, 0.625, 0.75].map((share) => {
    const at = higher[Math.round(share * last)];
    return deeper.reduce((least, p) => Math.min(least, distance(at, p)), Infinity);
  });
  return Math.min(...gaps) > UNEVEN * Math.max(...gaps);
}
