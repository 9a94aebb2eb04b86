import { signOf, type Trunk } from '../../fit/trunk.ts';
import type { PersonReading, Side } from '../../perceive/person.ts';
import { sample } from '../../pixels/resize.ts';
import { clamp } from '../../pixels/scalar.ts';
import type { Removal } from '../dressing.ts';

/** Half-width of a garment that is kept on, by height, as far up as it goes under the old top; pixels of the reading. */
export type KeptOutline = (side: Side, down: number) => number;

/** Heights of the trunk between which the lower garment is looked for, in steps. */
const FROM = 0.95;
const TO = 1.5;
const STEP = 0.02;
/** Where beside the middle line it must show in full, in shoulder widths. */
const SHOWN = [0.2, 0.3] as const;
/** Hips are no wider than this, in shoulder widths, and one of them is no narrower than this share of the other. */
const WIDEST = 0.8;
const ALIKE = 0.85;
/** Hips taper to the waist: heights between which, and the waist's share of the hips' width. */
const TAPER = { waist: 0.85, hips: 1.1, share: 0.86 } as const;

/**
 * The outline of a kept lower garment, measured where it first shows in full below the old top, or further down where it
 * ends against the background; up from there it tapers as hips do. Infinite where it does not show.
 */
export function keptOutline(person: PersonReading, trunk: Trunk, removal: Removal): KeptOutline {
  if (removal.lower) return () => Infinity;
  const [left, right] = [edgeOf(person, trunk, 'left'), edgeOf(person, trunk, 'right')];
  if (!left || !right) return () => Infinity;
  const most = Math.max(left.half, right.half);
  return (side, down) => {
    const { half, at } = side === 'left' ? left : right;
    return (Math.max(half, ALIKE * most) * fullness(Math.min(down, at))) / fullness(at);
  };
}

/** Share of the hips' width at a height. */
const fullness = (down: number): number =>
  TAPER.share + (1 - TAPER.share) * clamp((down - TAPER.waist) / (TAPER.hips - TAPER.waist), 0, 1);

interface Edge {
  readonly half: number;
  /** Its height. */
  readonly at: number;
}

function edgeOf({ parts, matte }: PersonReading, trunk: Trunk, side: Side): Edge | null {
  const { lowerGarment: kept, upperGarment: old } = parts;
  const unit = trunk.shoulderWidth;
  const at = (down: number, across: number): readonly [number, number] => {
    const [x, y] = trunk.place(down, signOf(side) * across);
    return [x, y];
  };
  const shown = (down: number, across: number): boolean => {
    const [x, y] = at(down, across);
    return sample(kept, x, y) - sample(old, x, y) > 0.5;
  };
  let least: Edge | null = null;
  for (let down = FROM; down < TO; down += STEP) {
    if (!SHOWN.every((share) => shown(down, share * unit))) continue;
    let half = SHOWN[1] * unit;
    while (half < WIDEST * unit && shown(down, half)) half++;
    least ??= { half, at: down };
    // Where hands or the old top hide its edge, it goes on beneath them.
    const [x, y] = at(down, half + 0.02 * unit);
    if (half >= WIDEST * unit || sample(matte, x, y) > 0.5) continue;
    return half > least.half ? { half, at: down } : least;
  }
  return least;
}
