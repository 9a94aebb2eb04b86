import type { Trunk } from '../../fit/trunk.ts';
import type { PersonReading, Side } from '../../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { shoulderLines } from './shoulder-line.ts';

/** What the photo tells of the lie of the chest beneath an old top; all in pixels of the person's reading. */
export interface ChestFrame {
  /** How far the breastbone lies from the trunk's middle line at this height, to the right of the picture. */
  breastbone(down: number): number;
  /** How far above the line of the shoulder joints the person's outline ends, by the distance from the middle line. */
  outline(side: Side, aside: number): number;
  /** The same without the old clothes. */
  shoulder(side: Side, aside: number): number;
  /** Whether that is known from bare skin on both sides. */
  bridged(side: Side, aside: number): boolean;
}

export function chestFrame(person: PersonReading, trunk: Trunk): ChestFrame {
  const middle = openingMiddle(person, trunk);
  const lines = {
    left: shoulderLines(person, trunk, 'left'),
    right: shoulderLines(person, trunk, 'right'),
  };
  return {
    breastbone: (down) => middle * smoothstep(0.45, 0.1, down),
    outline: (side, aside) => valueAt(lines[side].outline, aside),
    shoulder: (side, aside) => valueAt(lines[side].shoulder, aside),
    bridged: (side, aside) => lines[side].bridged[Math.round(aside)] === 1,
  };
}

function valueAt(values: readonly number[], at: number): number {
  const place = clamp(at, 0, values.length - 1);
  const below = Math.floor(place);
  return lerp(values[below], values[Math.min(below + 1, values.length - 1)], place - below);
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
