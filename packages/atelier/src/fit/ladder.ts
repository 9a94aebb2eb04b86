import { add, dot, mix, normalize, perpendicular, subtract, type Vec } from '../geometry/vector.ts';
import { clamp } from '../pixels/scalar.ts';

/** A line across a leg or half a skirt, from the outer edge to the inner edge or the middle, bent by `bow` (four times its height at half way). */
export interface Rung {
  readonly outer: Vec;
  readonly inner: Vec;
  readonly bow: Vec;
}

/**
 * A piece of cloth whose two long edges are known on the garment and on the person: rung by rung from top to bottom.
 * What lies between two rungs of the garment comes to lie between the same two on the person. Cloth laid so keeps its
 * lines straight along and across, and cannot fold as long as the rungs do not cross.
 */
export interface Ladder {
  readonly source: readonly Rung[];
  readonly target: readonly Rung[];
}

const NO_BOW: Vec = [0, 0];
export const straightRung = (outer: Vec, inner: Vec): Rung => ({ outer, inner, bow: NO_BOW });

const pointOn = ({ outer, inner, bow }: Rung, across: number): Vec =>
  add(mix(outer, inner, across), bow, clamp(across, -0.1, 1.1) * (1 - clamp(across, -0.1, 1.1)));

const between = (a: Rung, b: Rung, share: number): Rung => ({
  outer: mix(a.outer, b.outer, share),
  inner: mix(a.inner, b.inner, share),
  bow: mix(a.bow, b.bow, share),
});

/** How far along a rung a point lies: 0 at the outer edge, 1 at the inner one, beyond them outside. */
function acrossOf(rung: Rung, point: Vec): number {
  const whole = subtract(rung.inner, rung.outer);
  return dot(subtract(point, rung.outer), whole) / (dot(whole, whole) || 1e-9);
}

/** Signed distance of a point beyond the rung at `index`, positive towards the ladder's end. */
function beyond(rungs: readonly Rung[], index: number, point: Vec): number {
  const rung = rungs[index];
  const from = rungs[Math.max(0, index - 1)];
  const to = rungs[Math.min(rungs.length - 1, index + 1)];
  const along = subtract(middleOf(to), middleOf(from));
  const normal = perpendicular(normalize(subtract(rung.inner, rung.outer)));
  const away = dot(subtract(point, pointOn(rung, acrossOf(rung, point))), normal);
  return dot(normal, along) < 0 ? -away : away;
}

const middleOf = ({ outer, inner }: Rung): Vec => mix(outer, inner, 0.5);

/** Where the ladder carries a point of the garment's picture; beyond its ends its last rungs go on. */
export function carryBy({ source, target }: Ladder, point: Vec): Vec {
  const { along, across } = placeOn(source, point);
  const k = clamp(Math.floor(along), 0, source.length - 2);
  return pointOn(between(target[k], target[k + 1], along - k), across);
}

/** The place of a point on the rungs: `along` counts them from the first, `across` is 0 at the outer edge and 1 at the inner one. */
export function placeOn(
  rungs: readonly Rung[],
  point: Vec,
): { readonly along: number; readonly across: number } {
  let k = 0;
  let last = rungs.length - 2;
  while (k < last) {
    const middle = (k + last) >> 1;
    if (beyond(rungs, middle + 1, point) > 0) k = middle + 1;
    else last = middle;
  }
  const before = beyond(rungs, k, point);
  const after = beyond(rungs, k + 1, point);
  const share = before / (before - after || 1e-9);
  const across = acrossOf(between(rungs[k], rungs[k + 1], share), point);
  return { along: k + share, across };
}

/** The ladder with one more rung at each end, so that cloth a little beyond the edges that were read has a place. */
export function extended(ladder: Ladder): Ladder {
  return { source: withEnds(ladder.source), target: withEnds(ladder.target) };
}

function withEnds(rungs: readonly Rung[]): Rung[] {
  const count = rungs.length;
  const [first, second] = rungs;
  const [beforeLast, last] = rungs.slice(count - 2);
  return [continued(second, first), ...rungs, continued(beforeLast, last)];
}

/** A rung as far beyond `end` as `end` is from `before`. */
function continued(before: Rung, end: Rung): Rung {
  return {
    outer: add(end.outer, subtract(end.outer, before.outer)),
    inner: add(end.inner, subtract(end.inner, before.inner)),
    bow: end.bow,
  };
}
