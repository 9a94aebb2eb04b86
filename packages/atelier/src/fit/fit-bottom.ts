import type { BottomReading } from '../perceive/garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import { fitSkirt } from './fit-skirt.ts';
import { type BottomFit, fitTrousers } from './fit-trousers.ts';
import type { LowerBody } from './lower-body.ts';

export type { BottomFit } from './fit-trousers.ts';

/** Fits trousers, shorts or a skirt to a person who stands. */
export function fitBottom(
  person: PersonReading,
  garment: BottomReading,
  body: LowerBody,
): BottomFit {
  const { crotch } = garment.landmarks;
  return crotch ? fitTrousers(person, garment, body, crotch) : fitSkirt(person, garment, body);
}
