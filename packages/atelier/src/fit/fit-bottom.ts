import type { BottomReading } from '../perceive/garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import { fitSkirt } from './fit-skirt.ts';
import { type BottomFit, fitTrousers } from './fit-trousers.ts';
import { gradingOf, type WearOptions } from './garment-size.ts';
import type { LowerBody } from './lower-body.ts';

export type { BottomFit } from './fit-trousers.ts';

/** Fits trousers, shorts or a skirt to a person who stands. */
export function fitBottom(
  person: PersonReading,
  garment: BottomReading,
  body: LowerBody,
  wear: WearOptions = {},
): BottomFit {
  const grading = gradingOf({ size: wear.size ?? 'm' });
  const { crotch } = garment.landmarks;
  return crotch
    ? fitTrousers(person, garment, body, crotch, grading)
    : fitSkirt(person, garment, body, grading);
}
