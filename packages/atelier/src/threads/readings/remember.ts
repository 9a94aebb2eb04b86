import { LRUCache } from 'lru-cache';
import type { Outcome, SeenGarment, SeenPerson, Timed } from '../tasks.ts';

/**
 * Most bytes of readings of one kind kept in memory: about three people, or some eight garments. Those that are kept on disk
 * too come back from there in a fraction of the time that reading takes.
 */
const MOST_BYTES = 32e6;
/** Readings in memory hold the picture, which is to be forgotten soon after its job. */
const KEPT_MS = 600_000;

/** Answers with what is kept under a key, or reads it; without a key nothing is kept. */
type Read<Seen> = (
  key: string | null,
  read: (keepAs: string | null) => Promise<Outcome<Timed<Seen>>>,
) => Promise<Outcome<Timed<Seen>>>;

/**
 * Readings of one kind, kept in memory for a while.
 *
 * @param keptFor milliseconds after which a reading goes, whether somebody asks for it again or not
 */
export function remember<Seen extends SeenPerson | SeenGarment>(keptFor = KEPT_MS): Read<Seen> {
  const kept = new LRUCache<string, Seen>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ image, planes }) => image.data.length + planes.length,
    ttl: keptFor,
    // Else an idle server would go on holding what nobody asks for again.
    ttlAutopurge: true,
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
