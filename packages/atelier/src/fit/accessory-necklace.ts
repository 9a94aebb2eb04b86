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
/** Points of the line that the front part follows. */
const STEPS = 96;

interface Neck {
  readonly left: Vec;
  readonly right: Vec;
}

/** Where the neck passes into the shoulders: a necklace comes round from behind here. */
function neckSides({ pose, parts, image }: PersonReading): Neck | null {
  const top = pose.chin;
  const bottom = pose.shoulderMiddle;
  const share = (x: number, y: number): number =>
    sample(parts.neck, x, y) + sample(parts.upperGarment, x, y);
  const row = (down: number): Neck | null => {
    const middle = mix(top, bottom, down);
    const reach = (sign: -1 | 1): number => {
      let across = 0;
      while (across < pose.shoulderWidth && share(middle[0] + sign * across, middle[1]) > 0.5)
        across++;
      return across;
    };
    const [left, right] = [reach(-1), reach(1)];
    if (left < 3 || right < 3 || middle[1] >= image.height) return null;
    return {
      left: [middle[0] - left, middle[1]],
      right: [middle[0] + right, middle[1]],
    };
  };
  const rows = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75].map(row);
  let narrowest: Neck | null = null;
  let sides: Neck | null = null;
  for (const neck of rows) {
    if (!neck) continue;
    const breadth = neck.right[0] - neck.left[0];
    narrowest ??= neck;
    if (breadth < narrowest.right[0] - narrowest.left[0]) narrowest = neck;
    if (breadth < WIDENED * (narrowest.right[0] - narrowest.left[0])) sides = neck;
  }
  return sides;
}

/** Breadth over the narrowest at which the neck has become the shoulders. */
const WIDENED = 1.12;

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
  const reach = 2.2 * form.halfWidth * scale + 1.5;
  const toSource = (point: Vec): Vec => {
    const away = subtract(point, lowest);
    const rigid = add(form.string[form.lowest], away, 1 / scale);
    const share = hung > 0 ? smoothstep(1.5 * hung, 0.9 * hung, Math.abs(away[0])) : 0;
    if (share >= 1) return rigid;
    const { run, off } = nearest(target, point, 2 * reach);
    if (Math.abs(off) > 2 * reach && share <= 0) return [-10, -10];
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
