import type { Pool } from '../pool.ts';
import type { AskedGarment, Outcome, Pixels, SeenGarment, SeenPerson, Timed } from '../tasks.ts';
import { remember } from './remember.ts';

/** Bumped whenever the same picture may be read differently. */
const READING_VERSION = 12;

/** Reads pictures in imaging threads, and remembers what was read of those that bring a hash. */
export interface Readings {
  person(
    picture: Pixels,
    side: number,
    quick: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<Timed<SeenPerson>>>;
  garment(
    picture: Pixels,
    asked: AskedGarment,
    side: number,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<Timed<SeenGarment>>>;
}

export function createReadings(pool: Pool): Readings {
  const people = remember<SeenPerson>();
  const garments = remember<SeenGarment>();
  return {
    person: (person, side, quick, signal) =>
      people(keyOf(quick ? 'person-quick' : 'person', person, side), (keepAs) =>
        pool.run({ kind: 'read-person', person, side, quick, keepAs }, signal),
      ),
    garment: (garment, asked, side, signal) =>
      garments(keyOf(nameOf(asked), garment, side), (keepAs) =>
        pool.run({ kind: 'read-garment', garment, asked, side, keepAs }, signal),
      ),
  };
}

const nameOf = ({ expected, named, photo }: AskedGarment): string =>
  ['garment', expected ?? 'any', named ?? 'any', photo ?? 'any'].join('-');

/** The picture is read from a reduction of what intake delivered, which depends on the job too. */
function keyOf(what: string, { hash, width, height }: Pixels, side: number): string | null {
  if (hash === undefined || !/^[0-9a-f]{64}$/.test(hash)) return null;
  return `${what}-${READING_VERSION}-${hash}-${width}x${height}-${side}`;
}
