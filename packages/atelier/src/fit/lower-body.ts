import { add, type Vec } from '../geometry/vector.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp, lerp, median } from '../pixels/scalar.ts';
import { type Leg, measureLeg } from './leg.ts';
import { signOf, type Trunk } from './trunk.ts';
import { findWornWaist, type WornWaist } from './worn-waist.ts';

/** The body from the waist to the feet, as bottoms need to know it. */
export interface LowerBody {
  readonly trunk: Trunk;
  readonly legs: Readonly<Record<Side, Leg>>;
  readonly crotch: Vec;
  readonly crotchDown: number;
  /** Half the width of the hips where they are widest, pixels. */
  readonly hipHalf: number;
  /** From the middle line to the edge of hips and waist at a height in trunk coordinates, arms left out; pixels. */
  edge(side: Side, down: number): number;
  readonly wornWaist: WornWaist | null;
}

/** Height of the crotch in trunk coordinates where nothing shows it. */
const USUAL_CROTCH = 1.25;
/** A gap between the legs that begins lower than this is one between thighs that touch. */
const LOWEST_CROTCH = 1.4;

export function measureLowerBody(person: PersonReading, trunk: Trunk): LowerBody {
  const wornWaist = person.clothes.onePiece.value ? null : findWornWaist(person, trunk);
  const edges = {
    left: underTop(hipEdges(person, trunk, 'left'), wornWaist, 'left'),
    right: underTop(hipEdges(person, trunk, 'right'), wornWaist, 'right'),
  };
  const edge = (side: Side, down: number): number => {
    const position = clamp((down - FIRST) / STEP, 0, ROWS - 1.001);
    const index = Math.floor(position);
    return lerp(edges[side][index], edges[side][index + 1], position - index);
  };
  const hipHalf = (widest(edge, 'left') + widest(edge, 'right')) / 2;
  const crotch = findCrotch(person, trunk);
  const crotchDown = trunk.locate(crotch).down;
  const legOf = (side: Side): Leg =>
    measureLeg({
      person,
      side,
      crotch,
      outer: add(crotch, trunk.rightward, signOf(side) * edge(side, crotchDown)),
      hipHalf,
      trunkLength: trunk.length,
    });
  return {
    trunk,
    legs: { left: legOf('left'), right: legOf('right') },
    crotch,
    crotchDown,
    hipHalf,
    edge,
    wornWaist,
  };
}

const FIRST = 0.5;
const STEP = 0.02;
const ROWS = 46;

function widest(edge: (side: Side, down: number) => number, side: Side): number {
  return median([1, 1.05, 1.1, 1.15].map((down) => edge(side, down)));
}

/** Half-widths a clothed body may have at a height, as shares of the shoulder width. */
function bounds(down: number): readonly [number, number] {
  const hips = clamp((down - 0.7) / 0.3, 0, 1);
  return [lerp(0.34, 0.44, hips), lerp(0.56, 0.68, hips)];
}

/** Walks outwards from beside the middle line until the clothes end. */
function hipEdges(person: PersonReading, trunk: Trunk, side: Side): Float32Array {
  const { width, height } = person.image;
  const { lowerGarment, upperGarment, legs, neck } = person.parts;
  const unit = trunk.shoulderWidth;
  const values = new Float32Array(ROWS);
  for (let k = 0; k < ROWS; k++) {
    const down = FIRST + k * STEP;
    const [least, most] = bounds(down);
    let reach = 0.2 * unit;
    for (; reach < most * unit; reach++) {
      const [x, y] = trunk.place(down, reach * signOf(side));
      if (x < 0 || y < 0 || x >= width || y >= height) break;
      const i = Math.floor(y) * width + Math.floor(x);
      const body = lowerGarment.data[i] + upperGarment.data[i] + legs.data[i] + neck.data[i];
      if (body < 0.5) break;
    }
    values[k] = clamp(reach, least * unit, most * unit);
  }
  return smooth(values);
}

/** A loose top stands off the waist: where a waistband is seen, its corners say how wide the body is there. */
function underTop(edges: Float32Array, waist: WornWaist | null, side: Side): Float32Array {
  if (!waist) return edges;
  const corner = waist.reach[side];
  const from = waist.down(signOf(side) * corner) + 0.02;
  const below = 0.14;
  const row = clamp(Math.round((from + below - FIRST) / STEP), 0, ROWS - 1);
  return edges.map((edge, k) => {
    const share = (FIRST + k * STEP - from) / below;
    return share >= 1 ? edge : lerp(corner, edges[row], clamp(share, 0, 1));
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
  let best: { readonly down: number; readonly at: Vec } | null = null;
  for (let j = -10; j <= 10; j++) {
    const across = middle + (j / 10) * 0.22 * trunk.shoulderWidth;
    for (let down = 1.1; down < (best?.down ?? LOWEST_CROTCH); down += 0.005) {
      const [x, y] = trunk.place(down, across);
      if (x < 0 || y < 0 || x >= width || y >= height) break;
      if (person.matte.data[Math.floor(y) * width + Math.floor(x)] > 0.5) continue;
      best = { down, at: [x, y] };
      break;
    }
  }
  return best?.at ?? trunk.place(USUAL_CROTCH, middle);
}
