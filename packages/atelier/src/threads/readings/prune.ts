import { readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';

/** Most bytes of files in the folder; the oldest go first. */
const MOST_BYTES = 256e6;
/** What was read from a picture must not outlive what was made from it. */
export const LONGEST_MS = 72 * 3_600_000;

/** Prunes the folder once an hour, also while nobody asks for pictures; returns what ends that. */
export function pruneHourly(folder: string): () => void {
  const timer = setInterval(() => void pruneReadings(folder), 3_600_000).unref();
  return () => clearInterval(timer);
}

/** Deletes what is too old, and the oldest of what is too much. */
export async function pruneReadings(folder: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return;
  }
  const files = await Promise.all(names.map((name) => ageOf(path.join(folder, name))));
  let bytes = 0;
  for (const file of files.toSorted((a, b) => b.time - a.time)) {
    bytes += file.size;
    if (bytes <= MOST_BYTES && Date.now() - file.time <= LONGEST_MS) continue;
    await unlink(file.path).catch(() => undefined);
  }
}

interface FileAge {
  readonly path: string;
  readonly time: number;
  readonly size: number;
}

/** A file that another process has just deleted has no size. */
async function ageOf(file: string): Promise<FileAge> {
  try {
    const { mtimeMs, size } = await stat(file);
    return { path: file, time: mtimeMs, size };
  } catch {
    return { path: file, time: 0, size: 0 };
  }
}
