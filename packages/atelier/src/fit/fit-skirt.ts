import { pathLength, pointAlong } from '../geometry/path.ts';
import { add, distance, mix, type Vec } from '../geometry/vector.ts';
import type { BottomReading } from '../perceive/garment.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import { middleOfWaist, waistBow } from './bottom-measures.ts';
import { onOutline } from './cloth-edge.ts';
import type { BottomFit } from './fit-trousers.ts';
import { conesOf, type Folds, hangingSpread } from './flare.ts';
import type { Grading } from './garment-size.ts';
import { hipReach } from './hip-reach.ts';
import { extended, type Ladder, type Rung } from './ladder.ts';
import type { LowerBody } from './lower-body.ts';
import { signOf } from './trunk.ts';
import { chooseWaistLine, type WaistLine } from './waist-line.ts';

const RUNGS = 36;
const EASE = 1.02;
/** Laid flat, a skirt shows half its girth; the body seen from the front is this much narrower. */
const GIRTH = 1.12;
/** The hips lie this many flat waist widths below the waist. */
const HIPS_BELOW = 0.5;
/** Skirts sit at the waist: this far above the crotch, in trunk lengths. */
const USUAL_RISE = 0.5;

/** A skirt hangs from the waist: it covers hips and legs as far as it reaches, and below them falls by its own width. */
export function fitSkirt(
  person: PersonReading,
  garment: BottomReading,
  body: LowerBody,
  grading: Grading,
): BottomFit {
  const { landmarks } = garment;
  const { trunk } = body;
  const waist = chooseWaistLine(person, body, USUAL_RISE * trunk.length);
  const top = middleOfWaist(landmarks);
  const hem = hemMiddle(garment);
  const scale = chooseScale(garment, body, waist);
  const length = Math.min(
    distance(top, hem) * scale * GIRTH * grading.length,
    longest(body, waist),
  );
  const bow = waistBow(landmarks);
  const ladder = (side: Side): Ladder => {
    const outer = onOutline(landmarks[side].outer, garment.front, side);
    const outerLength = pathLength(outer);
    const edges = Array.from({ length: RUNGS + 1 }, (_, k) =>
      pointAlong(outer, (k / RUNGS) * outerLength),
    );
    const inners = edges.map((_, k) => mix(top, hem, k / RUNGS));
    const wide = edges.map((edge, k) => Math.abs(edge[0] - inners[k][0]) * scale);
    const hung = conesOf(wide, wide[0], 1, GIRTH * hangingSpread(garment.photo.value));
    const source = edges.map((edge, k): Rung => {
      const left = 1 - k / RUNGS;
      return { outer: edge, inner: inners[k], bow: [bow[0] * left, bow[1] * left] };
    });
    const target = edges.map((edge, k): Rung => {
      const share = k / RUNGS;
      const rise = (inners[k][1] - edge[1]) * scale * smoothstep(0.3, 1, share);
      return hang(body, side, waist, share * length, hung[k] * grading.girth, rise);
    });
    return { source, target };
  };
  const ladders = { left: ladder('left'), right: ladder('right') };
  return {
    scale,
    ladders: { left: extended(ladders.left), right: extended(ladders.right) },
    crotchRung: null,
    waist,
    hemRun: 0,
    folds: foldsOf(ladders, scale),
  };
}

/** What the folds hide: by how much the rungs are narrower on the body than in the picture. */
function foldsOf({ left, right }: Readonly<Record<Side, Ladder>>, scale: number): Folds {
  const width = ({ outer, inner }: Rung): number => Math.abs(outer[0] - inner[0]);
  const heights = left.source.map(({ outer }, k) => (outer[1] + right.source[k].outer[1]) / 2);
  const hidden = heights.map((_, k) => {
    const flat = (width(left.source[k]) + width(right.source[k])) * scale;
    return clamp(1 - (width(left.target[k]) + width(right.target[k])) / Math.max(1, flat), 0, 1);
  });
  const at = (values: readonly number[], y: number): number => {
    const next = heights.findIndex((height) => height > y);
    if (next <= 0) return values[next === 0 ? 0 : values.length - 1];
    const share = (y - heights[next - 1]) / (heights[next] - heights[next - 1]);
    return lerp(values[next - 1], values[next], share);
  };
  const lefts = left.source.map(({ outer }) => outer[0]);
  const rights = right.source.map(({ outer }) => outer[0]);
  return {
    hem: heights[heights.length - 1],
    edges: (y) => [at(lefts, y), at(rights, y)],
    hidden: (y) => at(hidden, y),
  };
}

/** From the waist to the ankles, pixels: a skirt that read longer would lie on the floor. */
function longest({ trunk, legs, crotchDown }: LowerBody, waist: WaistLine): number {
  const leg = Math.min(legs.left.length, legs.right.length);
  return (crotchDown - waist.down(0)) * trunk.length + 1.02 * leg;
}

/** A line of the skirt at a length below the waist. */
function hang(
  body: LowerBody,
  side: Side,
  waist: WaistLine,
  run: number,
  own: number,
  rise: number,
): Rung {
  const { trunk } = body;
  const sign = signOf(side);
  const start = waist.down(0);
  const down = start + run / trunk.length;
  const hips = body.crotchDown - start;
  const share = clamp((down - start) / hips, 0, 1);
  // Below the hips cloth falls straight down, whichever way the trunk leans.
  const fall = Math.max(0, down - body.crotchDown) * trunk.length;
  const at = Math.min(down, body.crotchDown);
  const middle = add(trunk.place(at, 0), [0, 1], fall);
  const least = EASE * hipReach(body, side, at, middle);
  const free = smoothstep(0, 0.6, share);
  const across = Math.max(least, lerp(least, own, free));
  const lifted = (waist.down(sign * across) - start) * (1 - share) * trunk.length;
  const sag =
    (waist.down((sign * across) / 2) - (waist.down(sign * across) + start) / 2) * (1 - share);
  const level: Vec = mix(trunk.rightward, [1, 0], share);
  const outer = add(add(middle, level, sign * across), trunk.downward, lifted);
  return {
    outer: [outer[0], outer[1] - rise],
    inner: middle,
    bow: [4 * sag * trunk.length * trunk.downward[0], 4 * sag * trunk.length * trunk.downward[1]],
  };
}

function hemMiddle({ landmarks }: BottomReading): Vec {
  const left = landmarks.left.hem[landmarks.left.hem.length - 1];
  const right = landmarks.right.hem[0];
  return mix(left, right, 0.5);
}

/** Waist to waist, within what the hips allow: an elastic waist laid flat is narrower than the body that stretches it. */
function chooseScale({ landmarks }: BottomReading, body: LowerBody, waist: WaistLine): number {
  const down = waist.down(0);
  const bodyWaist = body.edge('left', down) + body.edge('right', down);
  const garmentWaist = distance(landmarks.waist[0], landmarks.waist[landmarks.waist.length - 1]);
  const byWaist = (EASE * bodyWaist) / Math.max(1, garmentWaist);
  const hips = (['left', 'right'] as const).map((side) => {
    const { outer } = landmarks[side];
    return pointAlong(outer, Math.min(HIPS_BELOW * garmentWaist, 0.7 * pathLength(outer)));
  });
  const byHips = (2 * EASE * body.hipHalf) / Math.max(1, distance(hips[0], hips[1]));
  return clamp(byWaist, 0.7 * byHips, 1.3 * byHips);
}
