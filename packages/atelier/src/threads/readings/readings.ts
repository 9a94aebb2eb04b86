import { LRUCache } from 'lru-cache';
import type { Pool } from '../pool.ts';
import type { AskedGarment, Outcome, Pixels, SeenGarment, SeenPerson, Timed } from '../tasks.ts';

/** Bumped whenever the same picture may be read differently. */
const READING_VERSION = 8;
/** Most bytes of readings kept in memory: about eight people, or some twenty garments. */
const MOST_BYTES = 96e6;
/** Readings in memory hold the picture, which is to be forgotten soon after its job. */
const KEPT_MS = 600_000;

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

type Read<Seen> = (
  key: string | null,
  read: (keepAs: string | null) => Promise<Outcome<Timed<Seen>>>,
) => Promise<Outcome<Timed<Seen>>>;

function remember<Seen extends SeenPerson | SeenGarment>(): Read<Seen> {
  const kept = new LRUCache<string, Seen>({
    maxSize: MOST_BYTES / 2,
    sizeCalculation: ({ image, planes }) => image.data.length + planes.length,
    ttl: KEPT_MS,
  });
  return async (key, read) => {
    if (key === null) return await read(null);
    const known = kept.get(key);
    if (known) return { ok: true, value: { value: known, took: 0 } };
    const answer = await read(key);
    if (answer.ok) kept.set(key, answer.value.value);
    return answer;
  };
}
