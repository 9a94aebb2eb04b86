import { inRegion } from '@toile/memory';
import type { GarmentReading } from '../perceive/garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import { type Mask, threshold } from '../pixels/image.ts';
import { growRim, shrinkRim } from '../pixels/soften.ts';
import { measureArm } from './arm.ts';
import { fitTop } from './fit-top.ts';
import type { WearOptions } from './garment-size.ts';
import { layered } from './layering.ts';
import { measureTrunk, type Trunk } from './trunk.ts';

/** Where clothes below the waist would have to show: heights of the trunk, and distances from its middle in shoulder widths. */
const BELOW_WAIST = { from: 0.95, to: 1.6, aside: 0.3 } as const;
/** Beside an old top its shadow hides what the clothes below it look like; in shoulder widths. */
const SHADE = 0.08;
/** So little may be left open without anything known of it, and so little tells nothing; squares of the shoulder width. */
const LEAST = { open: 0.02, shown: 0.002 } as const;

/**
 * Whether the old top hides all that the person wears below it, and new ones are shorter: nothing tells what would show
 * between their hems and the legs.
 *
 * @param garments from the innermost to the outermost
 */
export function hidesWhatIsBelow(
  person: PersonReading,
  garments: readonly GarmentReading[],
  wear: WearOptions,
): boolean {
  const tops = garments.filter((garment) => garment.shape === 'top');
  const takesLowerOff = ({ kind }: GarmentReading): boolean =>
    kind.value === 'dress' || kind.value === 'bottom' || kind.value === 'skirt';
  if (tops.length === 0 || garments.some(takesLowerOff)) return false;
  const { upperGarment, lowerGarment } = person.parts;
  const square = person.pose.shoulderWidth ** 2;
  return inRegion(() => {
    const old = threshold(upperGarment, 0.5);
    const shaded = growRim(old, SHADE * person.pose.shoulderWidth);
    const sure = shrinkRim(threshold(lowerGarment, 0.6), 2);
    const shown = count(sure, (i) => !shaded.data[i]);
    if (shown >= LEAST.shown * square) return false;
    const trunk = measureTrunk(person);
    if (areaBelow(old, trunk, BELOW_WAIST.from) < LEAST.open * square) return false;
    const arms = { left: measureArm(person, 'left'), right: measureArm(person, 'right') };
    const hems = tops.map(
      (top, k) => fitTop(person, top, trunk, arms, layered(tops, k, wear)).hemDown,
    );
    return areaBelow(old, trunk, Math.max(BELOW_WAIST.from, ...hems)) >= LEAST.open * square;
  });
}

/** Pixels of the old top in the middle of the body, below a height of the trunk. */
function areaBelow(old: Mask, trunk: Trunk, height: number): number {
  return count(old, (i) => {
    const { down, across } = trunk.locate([(i % old.width) + 0.5, Math.floor(i / old.width) + 0.5]);
    const aside = Math.abs(across) / trunk.shoulderWidth;
    return down > height && down < BELOW_WAIST.to && aside < BELOW_WAIST.aside;
  });
}

function count({ data }: Mask, test: (index: number) => boolean): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) if (data[i] && test(i)) sum++;
  return sum;
}
