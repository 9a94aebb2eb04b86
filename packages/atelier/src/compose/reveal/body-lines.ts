import type { Trunk } from '../../fit/trunk.ts';
import type { PersonReading, Side } from '../../perceive/person.ts';
import { inRegion } from '@toile/memory';
import type { Removal } from '../dressing.ts';
import { outlineArm } from './arms.ts';
import { type ChestFrame, chestFrame } from './chest-frame.ts';
import { type KeptOutline, keptOutline } from './kept-outline.ts';
import { outlineLeg } from './legs.ts';
import type { Section } from './strip.ts';

/** The lines of the body beneath the clothes that come off, in pixels of the person's reading. */
export interface BodyLines {
  readonly chest: ChestFrame;
  readonly kept: KeptOutline;
  /** From the cap of the shoulder to the wrist; null where sleeves stay on. */
  readonly arms: Outlines | null;
  /** From hip joint to ankle; null where the lower clothes stay on. */
  readonly legs: Outlines | null;
}

type Outlines = Readonly<Record<Side, readonly Section[]>>;

export function bodyLines(person: PersonReading, trunk: Trunk, removal: Removal): BodyLines {
  return {
    chest: chestFrame(person, trunk),
    kept: keptOutline(person, trunk, removal),
    arms: removal.upper ? bothSides((side) => outlineArm(person, side)) : null,
    legs: removal.lower ? bothSides((side) => outlineLeg(person, side)) : null,
  };
}

const bothSides = (outline: (side: Side) => readonly Section[]): Outlines => ({
  left: inRegion(() => outline('left')),
  right: inRegion(() => outline('right')),
});
