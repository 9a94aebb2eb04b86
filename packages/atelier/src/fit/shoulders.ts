import { add, mix, normalize, type Vec } from '../geometry/vector.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import type { Plane } from '../pixels/image.ts';
import { clamp, lerp, median, smoothstep } from '../pixels/scalar.ts';
import { signOf, type Trunk } from './trunk.ts';

const inside = (person: PersonReading, point: Vec): number => {
  const x = Math.floor(point[0]);
  const y = Math.floor(point[1]);
  return x < 0 || y < 0 || x >= person.image.width || y >= person.image.height
    ? -1
    : y * person.image.width + x;
};

/** The outer end of the shoulder on the silhouette: from the joint up and outwards to the edge of the person. */
export function shoulderTip(person: PersonReading, trunk: Trunk, side: Side): Vec {
  const joint = person.pose.arms[side].root.at;
  const outward = add([0, 0], trunk.rightward, 0.62 * signOf(side));
  const direction = normalize(add(outward, trunk.downward, -0.78));
  let run = 0.04 * trunk.shoulderWidth;
  for (; run < 0.3 * trunk.shoulderWidth; run++) {
    const at = inside(person, add(joint, direction, run));
    if (at < 0 || person.matte.data[at] < 0.5) break;
  }
  return add(joint, direction, clamp(run, 0.07 * trunk.shoulderWidth, 0.2 * trunk.shoulderWidth));
}

/** Height of the trapezius above the line of the shoulder joints, by proportion, for a place `across` from the middle. */
export function trapeziusHeight(trunk: Trunk, across: number): number {
  const share = clamp(Math.abs(across) / trunk.shoulderWidth, 0.15, 0.65);
  return trunk.shoulderWidth * lerp(0.3, 0.1, clamp((share - 0.19) / 0.42, 0, 1));
}

/**
 * How far the middle of the neck lies from the trunk's middle line, pixels: a head leans and shoulders shift, and a
 * collar goes round the neck. Measured between chin and shoulders where the neck shows, else the trunk's own middle.
 */
function neckAcross(person: PersonReading, trunk: Trunk): number {
  const { width, height } = person.image;
  const { chin, shoulderMiddle } = person.pose;
  const unit = trunk.shoulderWidth;
  const offsets: number[] = [];
  for (const share of [0.1, 0.2, 0.3, 0.4, 0.5]) {
    const y = Math.round(lerp(chin[1], shoulderMiddle[1] - 0.1 * unit, share));
    const start = Math.round(lerp(chin[0], shoulderMiddle[0], share));
    if (y < 0 || y >= height) continue;
    const edge = (sign: number): number => {
      let x = start;
      while (x > 0 && x < width - 1 && Math.abs(x - start) < 0.5 * unit && isNeck(person, x, y))
        x += sign;
      return x;
    };
    const [left, right] = [edge(-1), edge(1)];
    if (right - left < 0.26 * unit || right - left > 0.46 * unit) continue;
    offsets.push(trunk.locate([(left + right) / 2, y]).across);
  }
  if (offsets.length < 2) return 0;
  return clamp(median(offsets), -0.12 * unit, 0.12 * unit);
}

function isNeck({ image, parts }: PersonReading, x: number, y: number): boolean {
  const at = y * image.width + x;
  return parts.neck.data[at] + parts.face.data[at] > 0.5;
}

/** The line through the shoulder joints, `across` pixels from the trunk's middle line. */
function shoulderLine({ pose }: PersonReading, trunk: Trunk, across: number): Vec {
  const left = pose.arms.left.root.at;
  const right = pose.arms.right.root.at;
  const [from, to] = [trunk.locate(left).across, trunk.locate(right).across];
  return to - from < 0.3 * trunk.shoulderWidth
    ? trunk.place(0, across)
    : mix(left, right, (across - from) / (to - from));
}

/**
 * The top of the shoulder on both sides, `across` pixels from the neck's middle: where the silhouette ends above, kept
 * near the proportional trapezius, because hair and neck hide the real one. Where one side runs up the neck, the other
 * one tells how high a collar lies. On a turned trunk the sides differ, and each one's own slope shows where it meets
 * the neck.
 */
export function shoulderTops(
  person: PersonReading,
  trunk: Trunk,
  across: Readonly<Record<Side, number>>,
): Readonly<Record<Side, Vec>> {
  const middle = neckAcross(person, trunk);
  const place = (side: Side): { base: Vec; rise: number } => {
    const base = shoulderLine(person, trunk, middle + signOf(side) * across[side]);
    return { base, rise: riseOf(person, trunk, base, across[side]) };
  };
  const [left, right] = [place('left'), place('right')];
  const most = Math.min(left.rise, right.rise) + 0.03 * trunk.shoulderWidth;
  const tops = {
    left: add(left.base, trunk.downward, -Math.min(left.rise, most)),
    right: add(right.base, trunk.downward, -Math.min(right.rise, most)),
  };
  const turned = smoothstep(14, 24, Math.abs(person.pose.yaw));
  if (turned === 0) return tops;
  const own = (side: Side): Vec => turnedTop(person, trunk, side, middle, across[side]);
  return {
    left: mix(tops.left, own('left'), turned),
    right: mix(tops.right, own('right'), turned),
  };
}

/** A shoulder rises at most this steeply towards the neck; what rises more steeply is the neck. */
const STEEPEST = 1.3;
/** No collar reaches farther from the neck's middle to the shoulder's end than this share of the way. */
const WIDEST_COLLAR = 0.86;

/**
 * The top of one shoulder of a turned trunk: on the silhouette, as far out as the collar reaches when it is turned too,
 * but never within the neck.
 */
function turnedTop(
  person: PersonReading,
  trunk: Trunk,
  side: Side,
  middle: number,
  across: number,
): Vec {
  const sign = signOf(side);
  const end = (trunk.locate(shoulderTip(person, trunk, side)).across - middle) * sign;
  const neck = neckEnd(
    person,
    trunk,
    (out) => shoulderLine(person, trunk, middle + sign * out),
    end,
  );
  const cosine = Math.cos((Math.min(50, Math.abs(person.pose.yaw)) * Math.PI) / 180);
  const out = Math.min(Math.max(across * cosine, neck), WIDEST_COLLAR * end);
  const usual = trapeziusHeight(trunk, out);
  const base = shoulderLine(person, trunk, middle + sign * out);
  return add(
    base,
    trunk.downward,
    -clamp(clearRise(person, trunk, base), 0.3 * usual, 1.6 * usual),
  );
}

/** How far out the slope of a shoulder meets the neck: where it turns steep, or hair hangs or the neck's skin begins. */
function neckEnd(
  person: PersonReading,
  trunk: Trunk,
  baseAt: (out: number) => Vec,
  end: number,
): number {
  const unit = trunk.shoulderWidth;
  const step = 0.02 * unit;
  const look = (out: number): { rise: number; hair: boolean; skin: boolean } => {
    const base = baseAt(out);
    const rise = clearRise(person, trunk, base);
    const shows = (part: Plane, higher: number): boolean => {
      const at = inside(person, add(base, trunk.downward, -rise - higher));
      return at >= 0 && part.data[at] > 0.5;
    };
    return {
      rise,
      hair: shows(person.parts.hair, 1),
      skin: shows(person.parts.neck, -0.03 * unit),
    };
  };
  let out = Math.max(0.2 * unit, 0.7 * end);
  const clothed = !look(out).skin;
  while (out - step > 0.14 * unit) {
    const [outer, here] = [look(out + step), look(out - step)];
    if (here.hair || (clothed && here.skin)) break;
    if (here.rise - outer.rise > 2 * STEEPEST * step) break;
    out -= step;
  }
  return out;
}

/** How far above a place the person ends, or hair begins. */
function clearRise(person: PersonReading, trunk: Trunk, base: Vec): number {
  let rise = 0;
  for (; rise < 0.5 * trunk.shoulderWidth; rise++) {
    const at = inside(person, add(base, trunk.downward, -rise));
    if (at < 0 || person.matte.data[at] < 0.5 || person.parts.hair.data[at] > 0.5) break;
  }
  return rise;
}

function riseOf(person: PersonReading, trunk: Trunk, base: Vec, across: number): number {
  const rise = clearRise(person, trunk, base);
  const usual = trapeziusHeight(trunk, across);
  const slack = 0.07 * trunk.shoulderWidth;
  return clamp(rise, usual - 1.8 * slack, usual + 0.2 * slack);
}

/** A point on the shoulder line, `share` of the way from `neck` to `tip`, lifted onto the silhouette. */
export function alongShoulder(
  person: PersonReading,
  trunk: Trunk,
  neck: Vec,
  tip: Vec,
  share: number,
): Vec {
  const straight = mix(neck, tip, share);
  const reach = 0.06 * trunk.shoulderWidth;
  let rise = -reach;
  for (; rise < 2 * reach; rise++) {
    const at = inside(person, add(straight, trunk.downward, -rise));
    if (at < 0 || person.matte.data[at] < 0.5 || person.parts.hair.data[at] > 0.5) break;
  }
  return add(straight, trunk.downward, -clamp(rise, -0.5 * reach, 1.5 * reach));
}
