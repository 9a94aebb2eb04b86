import {
  add,
  distance,
  dot,
  mix,
  normalize,
  perpendicular,
  subtract,
  type Vec,
} from '../geometry/vector.ts';
import { pathLength } from '../geometry/path.ts';
import type { NecklaceForm } from '../perceive/accessory/form.ts';
import type { PersonReading } from '../perceive/person.ts';
import { sample } from '../pixels/resize.ts';
import { clamp, smoothstep } from '../pixels/scalar.ts';
import type { Head } from './accessory-head.ts';
import { type AccessoryPlace, boxAround } from './accessory-place.ts';

/** Length of a necklace in eye distances of 63 mm: 45 cm, the length most are sold in. */
const LENGTH = 450 / 63;
/** Share of it that lies behind the neck. */
const BEHIND = 0.36;
/** A place on no picture. */
const OUTSIDE: Vec = [-10, -10];
/** Points of the line that the front part follows. */
const STEPS = 96;

interface Neck {
  readonly left: Vec;
  readonly right: Vec;
}

/** How much broader than at its narrowest the neck is where a necklace comes round from behind it. */
const WIDENED = 1.35;

/** Where a necklace comes into sight: at the foot of the neck, or at a collar that covers it. */
function neckSides(person: PersonReading): Neck | null {
  const left = neckSide(person, -1);
  const right = neckSide(person, 1);
  return left && right && right[0] - left[0] > 4 ? { left, right } : null;
}

function neckSide({ pose, parts }: PersonReading, sign: -1 | 1): Vec | null {
  const skin = (x: number, y: number): number => sample(parts.neck, x, y);
  let found: Vec | null = null;
  let narrowest = Infinity;
  for (let down = 0.06; down < 0.8; down += 0.04) {
    const [x, y] = mix(pose.chin, pose.shoulderMiddle, down);
    if (skin(x, y) < 0.5) continue;
    let reach = 0;
    while (reach < pose.shoulderWidth && skin(x + sign * reach, y) > 0.5) reach++;
    narrowest = Math.min(narrowest, reach);
    if (reach > WIDENED * narrowest) break;
    const collar = sample(parts.upperGarment, x + sign * (reach + 2), y) > 0.5;
    if (collar && found) break;
    found = [x + sign * reach, y];
    if (collar) break;
  }
  return found;
}

/** A necklace comes from behind the neck and hangs by its weight: deep with a pendant, round without. */
export function placeNecklace(
  person: PersonReading,
  head: Head,
  form: NecklaceForm,
): AccessoryPlace | null {
  const neck = neckSides(person);
  if (!neck) return null;
  const whole = pathLength(form.string) * (form.closed ? 1 : 1 / (1 - 0.6 * BEHIND));
  const scale = (LENGTH * head.unit) / whole;
  const line = hangingLine(neck, LENGTH * head.unit * (1 - BEHIND), form.pendant !== null);
  const target = measured(line, lowestOf(line));
  const source = measured(form.string, form.lowest);
  const lowest = line[lowestOf(line)];
  const thing = form.pendant;
  const hung = thing ? Math.max(1.3 * thing.halfWidth, 3 * form.halfWidth) * scale : 0;
  const thickness = 2 * form.halfWidth * scale;
  const reach = 2.2 * form.halfWidth * scale + 1.5;
  const toSource = (point: Vec): Vec => {
    const away = subtract(point, lowest);
    const rigid = add(form.string[form.lowest], away, 1 / scale);
    const below = smoothstep(-0.3 * thickness, 0.4 * thickness, away[1]);
    const share = Math.abs(away[0]) < hung ? below : 0;
    if (share >= 1) return rigid;
    const { run, off } = nearest(target, point, 2 * reach);
    if (Math.abs(off) > 2 * reach && share <= 0) return OUTSIDE;
    const along = alongPath(source, run / scale, off / scale);
    return mix(along, rigid, share);
  };
  const tip = thing ? add(lowest, subtract(thing.bottom, form.string[form.lowest]), scale) : lowest;
  const reveals = (point: Vec): number => {
    const { off } = nearest(target, point, 2 * reach);
    const near = smoothstep(2 * reach, 1.6 * reach, Math.abs(off));
    const hanging =
      thing && point[1] > lowest[1] - reach && Math.abs(point[0] - lowest[0]) < 1.2 * hung ? 1 : 0;
    return Math.max(near, hanging);
  };
  return {
    what: 'necklace',
    box: boxAround([...line, tip], 2 * reach + 2),
    scale,
    toSource,
    reveals,
    flattens: () => 0,
  };
}

/** A parabola, drawn towards a V by a weight at its lowest point, as long as given, from side to side of the neck. */
function hangingLine({ left, right }: Neck, long: number, weighted: boolean): Vec[] {
  const sharp = weighted ? 0.55 : 0;
  const draw = (drop: number): Vec[] =>
    Array.from({ length: STEPS + 1 }, (_, k): Vec => {
      const t = (2 * k) / STEPS - 1;
      const round = 1 - t * t;
      const pointed = 1 - Math.sqrt(t * t + 0.0025) + 0.05;
      const [x, y] = mix(left, right, k / STEPS);
      return [x, y + drop * (sharp * pointed + (1 - sharp) * round)];
    });
  const breadth = distance(left, right);
  let [low, high] = [0.1 * breadth, 2 * breadth];
  for (let step = 0; step < 20; step++) {
    const drop = (low + high) / 2;
    if (pathLength(draw(drop)) < long) low = drop;
    else high = drop;
  }
  return draw(low);
}

const lowestOf = (path: readonly Vec[]): number =>
  path.reduce((best, [, y], k) => (y > path[best][1] ? k : best), 0);

/** A path with the length from its zero to each point, negative before it. */
interface MeasuredPath {
  readonly points: readonly Vec[];
  readonly runs: readonly number[];
}

function measured(points: readonly Vec[], zero: number): MeasuredPath {
  const runs = [0];
  for (let k = 1; k < points.length; k++) {
    runs.push(runs[k - 1] + distance(points[k - 1], points[k]));
  }
  const from = runs[zero];
  return { points, runs: runs.map((run) => run - from) };
}

/** The nearest place of a path: its run, and how far to the right of the way (seen along it) the point lies. */
function nearest(
  { points, runs }: MeasuredPath,
  point: Vec,
  reach: number,
): { run: number; off: number } {
  let best = { run: 0, off: Infinity };
  // The points follow one another at even steps from left to right.
  const step = (points[points.length - 1][0] - points[0][0]) / (points.length - 1);
  const first = Math.max(1, Math.floor((point[0] - reach - points[0][0]) / step));
  const last = Math.min(points.length - 1, Math.ceil((point[0] + reach - points[0][0]) / step));
  for (let k = first; k <= last; k++) {
    const [from, to] = [points[k - 1], points[k]];
    const way = subtract(to, from);
    const size = distance(from, to) || 1;
    const away = subtract(point, from);
    const t = clamp(dot(away, way) / (size * size), 0, 1);
    const gap = distance(point, mix(from, to, t));
    if (gap >= Math.abs(best.off)) continue;
    const side = Math.sign(dot(away, perpendicular(way))) || 1;
    best = { run: runs[k - 1] + t * size, off: side * gap };
  }
  return best;
}

function alongPath({ points, runs }: MeasuredPath, run: number, off: number): Vec {
  let k = 1;
  while (k < points.length - 1 && runs[k] < run) k++;
  const [from, to] = [points[k - 1], points[k]];
  const size = runs[k] - runs[k - 1] || 1;
  const at = mix(from, to, (run - runs[k - 1]) / size);
  return add(at, perpendicular(normalize(subtract(to, from))), off);
}
