import { subtract } from '../geometry/vector.ts';
import type { PersonReading } from '../perceive/person.ts';
import { clamp } from '../pixels/scalar.ts';
import type { LowerBody } from './lower-body.ts';

/** The line on the body along which the new waistband's upper edge lies. */
export interface WaistLine {
  /** Height in trunk coordinates at a place across, pixels from the middle line. */
  down(across: number): number;
}

/** Highest and lowest places of a waistband, in trunk coordinates: under the ribs, and where it still covers the hips. */
const HIGHEST = 0.6;
const LOWEST = 0.86;
/** A new waistband that comes to lie this near the wearer's own takes its place. */
const NEAR = 0.17;
/** Waistbands sag a little towards the middle, as seen from the height of the chest; share of the trunk's length. */
const SAG = 0.045;
/** What the new waistband rises above the old one, whose rim it hides. */
const COVER = 0.012;

/**
 * The waist is where the garment's own rise takes it above the crotch; when that is near where the wearer's own
 * waistband sits, it is there, for that is known to be a place where waistbands sit on this body.
 *
 * @param rise height of the waistband above the crotch by the garment's proportions, pixels on the person
 */
export function chooseWaistLine(person: PersonReading, body: LowerBody, rise: number): WaistLine {
  const { trunk, wornWaist, crotchDown } = body;
  const natural = clamp(crotchDown - rise / trunk.length, HIGHEST, LOWEST);
  if (wornWaist && Math.abs(wornWaist.down(0) - natural) < NEAR) {
    const lift = Math.max(COVER, wornWaist.down(0) - LOWEST);
    return { down: (across) => wornWaist.down(across) - lift };
  }
  const tilt = hipTilt(person, body);
  const half = body.edge('left', natural) + body.edge('right', natural);
  return {
    down: (across) =>
      natural + (tilt * across) / trunk.length - SAG * ((2 * across) / half) ** 2 + SAG / 2,
  };
}

/** How much the hips' line falls to the right against the trunk's own across, as a slope. */
function hipTilt(person: PersonReading, { trunk }: LowerBody): number {
  const { left, right } = person.pose.legs;
  const [x, y] = subtract(right.root.at, left.root.at);
  const along = x * trunk.rightward[0] + y * trunk.rightward[1];
  const fall = x * trunk.downward[0] + y * trunk.downward[1];
  return clamp(fall / Math.max(1, along), -0.12, 0.12);
}
