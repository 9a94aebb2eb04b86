import { signOf, type Trunk } from '../../fit/trunk.ts';
import type { PersonReading, Side } from '../../perceive/person.ts';
import { sample } from '../../pixels/resize.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';

/** Heights above the line of the shoulder joints, by whole pixels of distance from the middle line. */
export interface ShoulderLines {
  /** Where the person ends, in the old clothes. */
  readonly outline: readonly number[];
  /** Where the body beneath them ends. */
  readonly shoulder: readonly number[];
  /** 1 where the body's line goes on from bare skin on both sides. */
  readonly bridged: readonly number[];
}

/** Dents narrower than twice this, between neck and shoulder, are none of the body, but of what was told from its surroundings. */
const DENT = 0.08;
/** How far clothes, and the doubt about where they end, reach over the skin beside them; in shoulder widths. */
const BESIDE = 0.035;
/** Thickness of light clothes on the shoulders, in shoulder widths. */
const CLOTH = 0.008;
/** Most that straps are thick, in shoulder widths. */
const STRAP = 0.022;
/** How far a slope is carried on at most, in shoulder widths: that of a neck ends soon. */
const CARRIED = 0.15;
/** Bare shoulder along which its slope is measured, in shoulder widths. */
const SLOPE = 0.055;
/** Over which distance from bare skin the body sinks beneath a sleeve's or a collar's cloth, in shoulder widths. */
const SINKING = 0.08;

/**
 * The upper outline of one shoulder, and of the body beneath the old clothes: under a strap a curve that goes on from the
 * skin on both of its sides, at the same slopes; under a sleeve a little lower than the cloth.
 */
export function shoulderLines(person: PersonReading, trunk: Trunk, side: Side): ShoulderLines {
  const unit = trunk.shoulderWidth;
  const columns = Array.from({ length: Math.ceil(0.7 * unit) }, (_, aside) =>
    lookAt(person, trunk, side, aside),
  );
  const raw = columns.map(({ rise }) => rise);
  const reach = Math.round(DENT * unit);
  const closed = extremes(extremes(raw, reach, Math.max), reach, Math.min);
  const smooth = Math.max(1, Math.round(0.025 * unit));
  const outline = means(means(closed, smooth), smooth);
  const clothed = extremes(
    columns.map(({ cloth }) => (cloth ? 1 : 0)),
    Math.ceil(BESIDE * unit),
    Math.max,
  );
  const isBare = (aside: number): boolean => columns[aside]?.seen && clothed[aside] === 0;
  const even = means(raw, 1);
  const shoulder = outline.map((rise, aside) =>
    isBare(aside) ? even[aside] : rise - CLOTH * unit,
  );
  const bridged = raw.map(() => 0);
  for (let from = 0; from < raw.length; from++) {
    if (isBare(from)) continue;
    let to = from;
    while (to < raw.length && !isBare(to)) to++;
    if (bridge(shoulder, outline, from, to, unit, isBare)) bridged.fill(1, from, to);
    from = to;
  }
  return { outline, shoulder, bridged };
}

/** Lays the line over the columns from `from` up to `to`, which are not bare; true if it goes on from skin on both sides. */
function bridge(
  line: number[],
  outline: readonly number[],
  from: number,
  to: number,
  unit: number,
  isBare: (aside: number) => boolean,
): boolean {
  const inner = edgeBeside(line, from - 1, -1, unit, isBare);
  const outer = edgeBeside(line, to, 1, unit, isBare);
  for (let aside = from; aside < to; aside++) {
    if (inner && outer) {
      const near = Math.min(aside - inner.at, outer.at - aside);
      // Beside bare skin the curve is as sure as the outline is doubtful.
      const thick = lerp(0.1, STRAP, smoothstep(0, SINKING * unit, near)) * unit;
      const curve = hermite(inner, outer, (aside - inner.at) / (outer.at - inner.at), unit);
      line[aside] = clamp(curve, outline[aside] - thick, outline[aside] + 0.3 * thick);
      continue;
    }
    for (const edge of [inner, outer]) {
      if (!edge) continue;
      const away = aside - edge.at;
      const straight = Math.min(edge.rise + edge.slope * away, outline[aside]);
      line[aside] = lerp(straight, line[aside], smoothstep(0, SINKING * unit, Math.abs(away)));
    }
  }
  return inner !== null && outer !== null;
}

interface Edge {
  readonly at: number;
  readonly rise: number;
  readonly slope: number;
}

/** The end of a bare stretch of shoulder, with the slope by least squares over what lies behind it. */
function edgeBeside(
  line: readonly number[],
  at: number,
  step: -1 | 1,
  unit: number,
  isBare: (aside: number) => boolean,
): Edge | null {
  const places: number[] = [];
  for (let k = 0; k < Math.max(4, SLOPE * unit) && isBare(at + step * k); k++) {
    places.push(at + step * k);
  }
  if (places.length < 4) return null;
  const middle = places.reduce((sum, place) => sum + place, 0) / places.length;
  const mean = places.reduce((sum, place) => sum + line[place], 0) / places.length;
  let [product, square] = [0, 0];
  for (const place of places) {
    product += (place - middle) * (line[place] - mean);
    square += (place - middle) ** 2;
  }
  return { at, rise: line[at], slope: clamp(product / square, -1.5, 1.5) };
}

/** The cubic between two ends with their slopes. */
function hermite(from: Edge, to: Edge, share: number, unit: number): number {
  const width = Math.min(to.at - from.at, CARRIED * unit);
  const [square, cube] = [share * share, share ** 3];
  return (
    (2 * cube - 3 * square + 1) * from.rise +
    (cube - 2 * square + share) * width * from.slope +
    (3 * square - 2 * cube) * to.rise +
    (cube - square) * width * to.slope
  );
}

/** A hole in the outline no larger than this is none of the body either. */
const HOLE = 0.05;

interface Column {
  readonly rise: number;
  /** Whether the shoulder's outline shows there, not hair, the head above it or the picture's border. */
  readonly seen: boolean;
  /** Whether clothes lie on the outline. */
  readonly cloth: boolean;
}

function lookAt(
  { image, matte, parts }: PersonReading,
  trunk: Trunk,
  side: Side,
  aside: number,
): Column {
  const unit = trunk.shoulderWidth;
  const most = 0.5 * unit;
  const at = (rise: number): readonly [number, number] => {
    const [x, y] = trunk.place(-rise / trunk.length, signOf(side) * aside);
    return [x, y];
  };
  const lowest = -0.1 * unit;
  let last = lowest;
  let hair = false;
  let before = 1;
  for (let rise = lowest, whole = lowest; rise < most && rise - whole < HOLE * unit; rise++) {
    const [x, y] = at(rise);
    if (x < 0 || y < 0 || x >= image.width - 1 || y >= image.height - 1) {
      return { rise: most, seen: false, cloth: false };
    }
    hair = sample(parts.hair, x, y) > 0.5;
    if (hair) break;
    const share = sample(matte, x, y);
    if (share >= 0.5) last = whole = rise;
    else if (whole === rise - 1) last = whole + (before - 0.5) / Math.max(0.01, before - share);
    before = share;
  }
  let cloth = false;
  for (let depth = -0.02; depth < BESIDE; depth += 0.01) {
    const [x, y] = at(last - depth * unit);
    cloth ||= sample(parts.upperGarment, x, y) > 0.3;
  }
  return { rise: last, seen: !hair && last > lowest + 1 && last < most - 2, cloth };
}

const around = (values: readonly number[], at: number, reach: number): readonly number[] =>
  values.slice(Math.max(0, at - reach), at + reach + 1);

const extremes = (
  values: readonly number[],
  reach: number,
  pick: (...values: readonly number[]) => number,
): readonly number[] => values.map((_, at) => pick(...around(values, at, reach)));

const means = (values: readonly number[], reach: number): readonly number[] =>
  values.map((_, at) => {
    const near = around(values, at, reach);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
