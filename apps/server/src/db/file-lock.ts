import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

export interface FileLock {
  release(): void;
}

/**
 * Takes an exclusive lock that the operating system drops with the process, so that a `kill -9` never leaves it behind.
 * Node has no call for file locks; SQLite takes one when it opens a transaction, and nothing else of it is used here.
 *
 * @param path a file in an existing folder; it is created when missing and left empty
 * @returns null when another process still holds the lock after `patienceMs`
 */
export async function lockFile(path: string, patienceMs: number): Promise<FileLock | null> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const lock = tryLock(path);
    if (lock || Date.now() >= giveUpAt) return lock;
    await pause(25);
  }
}

function tryLock(path: string): FileLock | null {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
}

const sqliteBusy = 5;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
