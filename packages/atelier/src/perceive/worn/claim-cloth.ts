import type { PersonReading } from '../person.ts';
import { claimMottled } from './mottled-cloth.ts';
import { claimBand } from './waist-band.ts';

/** The wearer with what the parse took from the garment for skin given back to it. */
export const claimCloth = (wearer: PersonReading): PersonReading => claimBand(claimMottled(wearer));
