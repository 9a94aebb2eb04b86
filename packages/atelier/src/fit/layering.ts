import type { GarmentReading, TopReading } from '../perceive/garment.ts';
import { sides } from '../perceive/person.ts';
import type { WearOptions } from './garment-size.ts';

/**
 * How one of several garments is worn: a top over another one needs room, and one beneath another lies flat under it.
 *
 * @param garments from the innermost to the outermost
 */
export function layered(
  garments: readonly GarmentReading[],
  index: number,
  wear: WearOptions,
): WearOptions {
  const own = garments[index];
  if (own.shape !== 'top') return wear;
  const beneath = garments.slice(0, index).some(({ shape }) => shape === 'top');
  const above = garments.slice(index + 1).filter((garment) => garment.shape === 'top');
  return {
    ...wear,
    over: wear.over === true || beneath,
    ...(above.length > 0 && { beneath: above.some(hasSleeves) ? 'sleeves' : 'sleeveless' }),
  };
}

const hasSleeves = ({ landmarks }: TopReading): boolean =>
  sides.some((side) => landmarks[side].sleeve !== null);
