import { add, mix, normalize, type Vec } from '../geometry/vector.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp, lerp, median, smoothstep } from '../pixels/scalar.ts';
import { type Leg, measureLeg } from './leg.ts';
import { signOf, type Trunk } from './trunk.ts';
import { findWornWaist, type WornWaist } from './worn-waist.ts';

/** The body from the waist to the feet, as bottoms need to know it. */
export interface LowerBody {
  readonly trunk: Trunk;
  readonly legs: Readonly<Record<Side, Leg>>;
  readonly crotch: Vec;
  readonly crotchDown: number;
  /** The direction across at the height of the crotch: the legs carry less of the trunk's lean. */
  readonly level: Vec;
  /** Half the width of the hips where they are widest, pixels. */
  readonly hipHalf: number;
  /** From the middle line to the edge of hips and waist at a height in trunk coordinates, arms left out; pixels. */
  edge(side: Side, down: number): number;
  readonly wornWaist: WornWaist | null;
}

/** Height of the crotch in trunk coordinates where nothing shows it. */
const USUAL_CROTCH = 1.25;
/** A gap between the legs that begins lower than this is one between thighs that touch. */
const LOWEST_GAP = 1.4;
/** Clothes part lower than the body does, but no new garment needs to follow them further down than this. */
const LOWEST_CROTCH = 1.3;

export function measureLowerBody(person: PersonReading, trunk: Trunk): LowerBody {
  const wornWaist = person.clothes.onePiece.value ? null : findWornWaist(person, trunk);
  const edges = {
    left: hipEdges(person, trunk, 'left', wornWaist),
    right: hipEdges(person, trunk, 'right', wornWaist),
  };
  const measured = (side: Side, down: number): number => {
    const position = clamp((down - FIRST) / STEP, 0, ROWS - 1.001);
    const index = Math.floor(position);
    return lerp(edges[side][index], edges[side][index + 1], position - index);
  };
  const hipHalf = (widest(measured, 'left') + widest(measured, 'right')) / 2;
  // Where a long top hides the waist, its own width says little about the body's.
  const edge = (side: Side, down: number): number =>
    wornWaist ? measured(side, down) : Math.min(measured(side, down), taper(down) * hipHalf);
  const crotch = findCrotch(person, trunk);
  const crotchDown = trunk.locate(crotch).down;
  const level = normalize(mix(trunk.rightward, [1, 0], 0.5));
  const legOf = (side: Side): Leg =>
    measureLeg({
      person,
      side,
      crotch,
      outer: add(crotch, level, signOf(side) * edge(side, crotchDown)),
      hipHalf,
      trunkLength: trunk.length,
    });
  return {
    trunk,
    legs: { left: legOf('left'), right: legOf('right') },
    crotch,
    crotchDown,
    level,
    hipHalf,
    edge,
    wornWaist,
  };
}

const FIRST = 0.5;
const STEP = 0.02;
const ROWS = 46;

/** Usual half-width at a height against that of the hips. */
const taper = (down: number): number => lerp(0.82, 1.04, smoothstep(0.65, 1.02, down));

function widest(edge: (side: Side, down: number) => number, side: Side): number {
  return median([1, 1.05, 1.1, 1.15].map((down) => edge(side, down)));
}

/** Half-widths a clothed body may have at a height, as shares of the shoulder width. */
function bounds(down: number): readonly [number, number] {
  const hips = clamp((down - 0.7) / 0.3, 0, 1);
  return [lerp(0.34, 0.44, hips), lerp(0.56, 0.68, hips)];
}

/** Cloth goes on beneath an arm that hangs over its edge, as a share of the shoulder width. */
const UNDER_ARM = 0.035;

/** Walks outwards from beside the middle line until the clothes end. */
function hipEdges(
  person: PersonReading,
  trunk: Trunk,
  side: Side,
  waist: WornWaist | null,
): Float32Array {
  const { width, height } = person.image;
  const { lowerGarment, upperGarment, legs, neck, leftArm, rightArm } = person.parts;
  const unit = trunk.shoulderWidth;
  const belowTop = waist ? waist.down(0) + 0.05 : Infinity;
  const values = new Float32Array(ROWS);
  const beneath = new Float32Array(ROWS);
  for (let k = 0; k < ROWS; k++) {
    const down = FIRST + k * STEP;
    const [least, most] = bounds(down);
    let reach = 0.2 * unit;
    for (; reach < most * unit; reach++) {
      const [x, y] = trunk.place(down, reach * signOf(side));
      if (x < 0 || y < 0 || x >= width || y >= height) break;
      const i = Math.floor(y) * width + Math.floor(x);
      const cloth = lowerGarment.data[i] + (down < belowTop ? upperGarment.data[i] : 0);
      if (cloth + legs.data[i] + neck.data[i] >= 0.5) continue;
      if (leftArm.data[i] + rightArm.data[i] > 0.4) beneath[k] = UNDER_ARM * unit;
      break;
    }
    values[k] = clamp(reach, least * unit, most * unit);
  }
  const edge = underTop(smooth(values), waist, side);
  const more = evenly(evenly(beneath));
  return edge.map((value, k) => value + more[k]);
}

/** A loose top stands off the waist: where a waistband is seen, its corners say how wide the body is there. */
function underTop(edges: Float32Array, waist: WornWaist | null, side: Side): Float32Array {
  if (!waist) return edges;
  const corner = waist.reach[side];
  const from = waist.down(signOf(side) * corner);
  const to = waist.down(0) + 0.06;
  const row = clamp(Math.round((to - FIRST) / STEP), 0, ROWS - 1);
  return edges.map((edge, k) => {
    const share = (FIRST + k * STEP - from) / Math.max(0.04, to - from);
    return share >= 1 ? edge : lerp(corner, edges[row], clamp(share, 0, 1));
  });
}

/** Means of seven. */
function evenly(values: Float32Array): Float32Array {
  return values.map((_, k) => {
    let sum = 0;
    for (let j = k - 3; j <= k + 3; j++) sum += values[clamp(j, 0, values.length - 1)];
    return sum / 7;
  });
}

function smooth(values: Float32Array): Float32Array {
  const at = (k: number): number => values[clamp(k, 0, values.length - 1)];
  const steady = values.map((_, k) => median([-2, -1, 0, 1, 2].map((j) => at(k + j))));
  const near = (k: number): number => steady[clamp(k, 0, steady.length - 1)];
  return steady.map((value, k) => (near(k - 1) + 2 * value + near(k + 1)) / 4);
}

/** The highest place between the thighs at which the background shows, or where it is by proportion. */
function findCrotch(person: PersonReading, trunk: Trunk): Vec {
  const { width, height } = person.image;
  const { left, right } = person.pose.legs;
  const middle = (left.root.at[0] + right.root.at[0]) / 2 - trunk.axis(1)[0];
  let best: { readonly down: number; readonly across: number } | null = null;
  for (let j = -10; j <= 10; j++) {
    const across = middle + (j / 10) * 0.22 * trunk.shoulderWidth;
    for (let down = 1.1; down < (best?.down ?? LOWEST_GAP); down += 0.005) {
      const [x, y] = trunk.place(down, across);
      if (x < 0 || y < 0 || x >= width || y >= height) break;
      if (person.matte.data[Math.floor(y) * width + Math.floor(x)] > 0.5) continue;
      best = { down, across };
      break;
    }
  }
  return best
    ? trunk.place(Math.min(best.down, LOWEST_CROTCH), best.across)
    : trunk.place(USUAL_CROTCH, middle);
}
