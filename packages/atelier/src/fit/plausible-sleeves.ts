import { distance, type Vec } from '../geometry/vector.ts';
import type { GarmentSide, Sleeve, TopReading } from '../perceive/garment.ts';
import { type Side, sides } from '../perceive/person.ts';
import { landmarksAt } from './garment-edge.ts';
import { signOf } from './trunk.ts';

/** An axis this far within the body's side edge, in half-widths of the sleeve, runs down the body and not down a sleeve. */
const WITHIN_BODY = 0.4;
/** Pixels of a sleeve over those that its width and length hold: measured 1.05 to 1.8, armhole included. */
const LEAST_FILLED = 0.5;
const MOST_FILLED = 2.6;
/** Width of a sleeve over its armhole's: bells and puffs come to 1.5. */
const WIDEST = 2.2;
/** Length of the longer sleeve over the shorter one's. */
const LONGEST = 1.7;
/** Where a sleeve begins, its width is the armhole's. */
const BELOW_CAP = 3;

/** Why a top's sleeves cannot be laid along anybody's arms, a sentence for the client; null when they can. */
export function refuseSleeves(garment: TopReading): string | null {
  return sides.every((side) => isPlausible(garment, side)) && areAlike(garment)
    ? null
    : 'The sleeves of the garment cannot be made out in its image. Send a picture that shows both sleeves spread beside the body, not folded or hidden.';
}

function isPlausible(garment: TopReading, side: Side): boolean {
  const part = garment.landmarks[side];
  const { sleeve } = part;
  if (!sleeve) return true;
  const sign = signOf(side);
  const aside = (point: Vec): number => sign * (point[0] - garment.landmarks.centreX);
  const inOrder =
    aside(part.armpit) > 0 && aside(part.shoulderTip) > 0 && part.shoulderTip[1] < part.armpit[1];
  if (!inOrder || sleeve.axis.some((point) => aside(point) <= 0)) return false;
  if (runsDownBody(part, sleeve, sign)) return false;
  const widest = 2 * Math.max(...sleeve.halfWidths.slice(BELOW_CAP));
  if (widest > WIDEST * distance(part.shoulderTip, part.armpit)) return false;
  const filled = areaOf(garment, side) / held(sleeve);
  return filled > LEAST_FILLED && filled < MOST_FILLED;
}

/** Whether the axis comes to lie within the body's side edge, below the armpit. */
function runsDownBody(part: GarmentSide, sleeve: Sleeve, sign: number): boolean {
  const hem = part.edge.at(-1) ?? part.armpit;
  return sleeve.axis.some(([x, y], k) => {
    if (y <= part.armpit[1] || y > hem[1]) return false;
    return sign * (x - landmarksAt(part, y)) < -WITHIN_BODY * sleeve.halfWidths[k];
  });
}

function areaOf(garment: TopReading, side: Side): number {
  let area = 0;
  for (const value of garment.sleeves[side].data) area += value;
  return area;
}

/** Area of the ribbon along a sleeve's axis. */
function held({ halfWidths, length }: Sleeve): number {
  const step = length / (halfWidths.length - 1);
  return halfWidths.slice(1).reduce((sum, half, k) => sum + (half + halfWidths[k]) * step, 0);
}

/** Whether both sleeves are about as long; one alone is another one hidden, where it is long or an arm was in it. */
function areAlike({ landmarks, photo }: TopReading): boolean {
  const [left, right] = [landmarks.left.sleeve, landmarks.right.sleeve];
  if (!left || !right) {
    return left === right || (photo.value !== 'worn' && (left ?? right)?.class !== 'long');
  }
  const longer = Math.max(left.length, right.length);
  return longer <= LONGEST * Math.min(left.length, right.length) || !hasLong(left, right);
}

const hasLong = (left: Sleeve, right: Sleeve): boolean =>
  left.class === 'long' || right.class === 'long';
