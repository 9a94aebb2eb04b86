import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import type { RgbImage } from '../../pixels/image.ts';
import { adopt, copyBytes } from '@toile/memory';
import type { PackedGarment, PackedPerson } from './pack.ts';
import { LONGEST_MS, pruneReadings } from './prune.ts';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

type Packed = PackedPerson | PackedGarment;

/**
 * What is kept of a reading in a folder, under a name made from the picture's hash: shapes and landmarks, never
 * the picture itself, which has its own, shorter, time to live. A file that cannot be read counts as absent.
 */
export async function recallReading(
  folder: string | null,
  key: string | null,
  image: RgbImage,
): Promise<Packed | null> {
  if (folder === null || key === null) return null;
  const file = path.join(folder, key);
  try {
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > LONGEST_MS) return null;
    const value: unknown = deserialize(await inflate(await readFile(file)));
    if (!isKept(value)) return null;
    // Planes of another size than the picture would be read beyond their end.
    if (value.planes.length % (image.width * image.height) !== 0) return null;
    const own = { ...image, data: copyBytes(image.data) };
    return { ...value, image: own, planes: copyBytes(value.planes) };
  } catch {
    return null;
  }
}

/** Keeps a reading; that the disk is full or read-only is no reason for a job to fail. */
export async function keepReading(
  folder: string | null,
  key: string | null,
  reading: Packed,
): Promise<void> {
  if (folder === null || key === null) return;
  const { image: _, ...kept } = reading;
  const temporary = path.join(folder, `${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true });
    const own = { ...kept, planes: copyBytes(kept.planes) };
    const bytes = serialize(own);
    adopt(bytes);
    await writeFile(temporary, await deflate(bytes, { level: constants.Z_BEST_SPEED }));
    await rename(temporary, path.join(folder, key));
    await pruneReadings(folder);
  } catch {
    await unlink(temporary).catch(() => undefined);
  }
}

/** The folder is ours and the key names the version that wrote the file; this tells a damaged file. */
function isKept(value: unknown): value is Packed {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shape' in value &&
    'planes' in value &&
    value.planes instanceof Uint8Array
  );
}
