import { compose } from './compose/compose.ts';
import type { Dressing } from './compose/dressing.ts';
import { openScene } from './compose/scene.ts';
import { drawTop } from './draw/top.ts';
import { measureArm } from './fit/arm.ts';
import { fitTop, type TopFit } from './fit/fit-top.ts';
import { measureTrunk } from './fit/trunk.ts';
import type { TopReading } from './perceive/garment.ts';
import type { PersonReading } from './perceive/person.ts';
import type { RgbImage } from './pixels/image.ts';
import { stopwatch } from './stopwatch.ts';

export interface DressOptions {
  /** Of the grain in revealed places; the same seed gives the same bytes. */
  readonly seed: number;
}

/** The answer and what a debug picture of each stage needs. */
export interface DressedPerson {
  readonly image: RgbImage;
  readonly fits: readonly TopFit[];
  readonly dressing: Dressing;
  readonly timings: Readonly<Record<string, number>>;
}

/**
 * Dresses a person in garments.
 *
 * @param picture the person's photo at the size of the answer; the reading may have been made from a smaller copy
 * @param garments from the innermost to the outermost
 */
export function dress(
  picture: RgbImage,
  person: PersonReading,
  garments: readonly TopReading[],
  options: DressOptions,
): DressedPerson {
  const watch = stopwatch();
  const trunk = measureTrunk(person);
  const limbs = { left: measureArm(person, 'left'), right: measureArm(person, 'right') };
  const fits = garments.map((garment) => ({
    garment,
    fit: fitTop(person, garment, trunk, limbs),
  }));
  watch.lap('fit');
  const dressing: Dressing = {
    garments: fits.map(({ garment, fit }) => drawTop(picture, person, garment, trunk, limbs, fit)),
    removal: { upper: true, lower: garments.some(({ kind }) => kind.value === 'dress') },
  };
  watch.lap('warp');
  const scene = openScene(picture, person, trunk, limbs, dressing.removal);
  const image = compose(scene, dressing, options.seed);
  watch.lap('compose');
  return { image, fits: fits.map(({ fit }) => fit), dressing, timings: watch.laps };
}
