import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { Outcome, SeenGarment, SeenPerson, Timed } from '../tasks.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Planes are mostly even: the fastest level makes a hundredth of them. */
const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** In pieces of 16 kB, which are usual, it would take five times as long. */
const IN_LARGE_PIECES = { chunkSize: 2 ** 20 };

/**
 * Most bytes of readings of one kind kept in memory: about four of one megapixel, nearly all of it their pictures. Those
 * that are kept on disk too come back from there in a fraction of the time that reading takes.
 */
const MOST_BYTES = 10e6;
/** Readings in memory hold the picture, which is to be forgotten soon after its job. */
const KEPT_MS = 600_000;

/** Answers with what is kept under a key, or reads it; without a key nothing is kept. */
type Read<Seen> = (
  key: string | null,
  read: (keepAs: string | null) => Promise<Outcome<Timed<Seen>>>,
) => Promise<Outcome<Timed<Seen>>>;

/**
 * Readings of one kind, kept in memory for a while with their planes compressed.
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
    if (known) {
      const planes = await decompress(known.planes, IN_LARGE_PIECES);
      return { ok: true, value: { value: { ...known, planes }, took: 0 } };
    }
    const answer = await read(key);
    if (answer.ok) {
      const { value } = answer.value;
      kept.set(key, { ...value, planes: await compress(value.planes, FASTEST) });
    }
    return answer;
  };
}
