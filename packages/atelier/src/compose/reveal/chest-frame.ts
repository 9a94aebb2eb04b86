import { signOf, type Trunk } from '../../fit/trunk.ts';
import type { PersonReading, Side } from '../../perceive/person.ts';
import { clamp, smoothstep } from '../../pixels/scalar.ts';

/** What the photo tells of the lie of the chest beneath an old top; all in pixels of the person's reading. */
export interface ChestFrame {
  /** How far the breastbone lies from the trunk's middle line at this height, to the right of the picture. */
  breastbone(down: number): number;
  /** How far above the line of the shoulder joints the person's outline ends, by the distance from the middle line. */
  outline(side: Side, aside: number): number;
}

export function chestFrame(person: PersonReading, trunk: Trunk): ChestFrame {
  const middle = openingMiddle(person, trunk);
  const rises = { left: risesOf(person, trunk, 'left'), right: risesOf(person, trunk, 'right') };
  return {
    breastbone: (down) => middle * smoothstep(0.45, 0.1, down),
    outline(side, aside) {
      const list = rises[side];
      return list[clamp(Math.round(aside), 0, list.length - 1)];
    },
  };
}

/** Necks are looked at within this distance of the middle line, and no breastbone lies farther out, in shoulder widths. */
const NEAR = 0.4;
const FARTHEST = 0.12;

/**
 * Where the neckline of the old top is lowest, from the middle line: necklines dip over the breastbone, whichever way
 * the head leans. Where no neck shows, the front of the trunk as far as it is turned.
 */
function openingMiddle({ parts, pose, image }: PersonReading, trunk: Trunk): number {
  const unit = trunk.shoulderWidth;
  const [from, to] = [pose.chin[1], pose.shoulderMiddle[1] + 0.5 * unit].map((y) =>
    clamp(Math.round(y), 0, image.height),
  );
  const found: { down: number; across: number }[] = [];
  for (let y = from; y < to; y += 2) {
    for (let x = 0; x < image.width; x += 2) {
      if (parts.neck.data[y * image.width + x] < 0.6) continue;
      const place = trunk.locate([x, y]);
      if (Math.abs(place.across) < NEAR * unit) found.push(place);
    }
  }
  const fallback = trunk.frontAcross(0);
  if (found.length < 40) return fallback;
  const sorted = found.toSorted((a, b) => b.down - a.down);
  const lowest = sorted.slice(0, Math.max(10, Math.round(0.06 * sorted.length)));
  const mean = lowest.reduce((sum, { across }) => sum + across, 0) / lowest.length;
  return clamp(mean, -FARTHEST * unit, FARTHEST * unit);
}

/** A hole in the outline no larger than this is none of the body, but of what was told from its surroundings. */
const HOLE = 0.05;
/** Dents narrower than twice this, between neck and shoulder, are none either. */
const DENT = 0.08;

function risesOf(person: PersonReading, trunk: Trunk, side: Side): readonly number[] {
  const unit = trunk.shoulderWidth;
  const count = Math.ceil(0.7 * unit);
  const raw = Array.from({ length: count }, (_, aside) => riseAt(person, trunk, side, aside));
  const reach = Math.round(DENT * unit);
  const closed = extremes(extremes(raw, reach, Math.max), reach, Math.min);
  const smooth = Math.max(1, Math.round(0.025 * unit));
  return means(means(closed, smooth), smooth);
}

function riseAt(
  { image, matte, parts }: PersonReading,
  trunk: Trunk,
  side: Side,
  aside: number,
): number {
  const unit = trunk.shoulderWidth;
  const most = 0.5 * unit;
  let last = -0.1 * unit;
  for (let rise = last; rise < most && rise - last < HOLE * unit; rise++) {
    const [x, y] = trunk.place(-rise / trunk.length, signOf(side) * aside);
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column < 0 || row < 0 || column >= image.width || row >= image.height) return most;
    const at = row * image.width + column;
    if (parts.hair.data[at] > 0.5) break;
    if (matte.data[at] >= 0.5) last = rise;
  }
  return last;
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
