import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  assertKey,
  type ByteRange,
  type ObjectStore,
  type OpenObject,
  type StoredObject,
} from './object-store.ts';

/** Lies inside the store's folder, so that a rename never crosses file systems; no key starts with a dot. */
const unfinishedFolder = '.unfinished';
/** A file still unfinished after this long belongs to a process that died. */
const unfinishedForMs = 60 * 60 * 1000;

/** Keeps objects as files under `folder`, which is made when missing. One folder may serve several processes. */
export function createLocalStore(folder: string): ObjectStore {
  const root = path.resolve(folder);
  const unfinished = path.join(root, unfinishedFolder);
  const fileOf = (key: string): string => {
    assertKey(key);
    return path.join(root, ...key.split('/'));
  };

  let swept: Promise<void> | undefined;

  async function put(key: string, bytes: Uint8Array): Promise<void> {
    const file = fileOf(key);
    await makeFolder(unfinished);
    await (swept ??= removeUnfinished(unfinished));
    const temporary = path.join(unfinished, randomBytes(16).toString('hex'));
    try {
      await writeDurably(temporary, bytes);
      await renameInto(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(path.dirname(file));
  }

  return {
    put,
    async get(key) {
      return await missingIsNull(readFile(fileOf(key)));
    },
    async open(key, range) {
      return await missingIsNull(openFile(fileOf(key), range));
    },
    async delete(key) {
      await rm(fileOf(key), { force: true });
    },
    list: (prefix) => listFolder(root, prefix),
    async check() {
      await put('readiness/probe', Buffer.from('ready'));
    },
  };
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A sweep may remove an emptied folder between our making and using it, hence the second try. */
async function renameInto(temporary: string, file: string): Promise<void> {
  await makeFolder(path.dirname(file));
  try {
    await rename(temporary, file);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await makeFolder(path.dirname(file));
    await rename(temporary, file);
  }
}

/** Makes a folder and its parents so that they survive a power cut: each new entry is synced in the folder that holds it. */
async function makeFolder(folder: string): Promise<void> {
  const topmost = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (topmost === undefined) return;
  for (let made = folder; made.length >= topmost.length; made = path.dirname(made)) {
    await syncFolder(path.dirname(made));
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openFile(file: string, range?: ByteRange): Promise<OpenObject> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    // The stream owns the handle from here and closes it, whether it ends or is destroyed.
    const stream = createReadStream(file, { fd: handle, ...range });
    return { bytes: size, stream };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Objects that vanish while the folder is being read are left out. */
async function* listFolder(root: string, prefix: string): AsyncGenerator<StoredObject> {
  const start = prefix.replace(/\/$/, '');
  if (start !== '') assertKey(start);
  const pending = [start];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = await missingIsNull(opendir(path.join(root, ...folder.split('/'))));
    if (entries === null) continue;
    for await (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) pending.push(key);
      if (!entry.isFile()) continue;
      const found = await missingIsNull(stat(path.join(root, ...key.split('/'))));
      if (found !== null) yield { key, bytes: found.size, modifiedAt: found.mtime };
    }
  }
}

/** Done once a process, before its first write. */
async function removeUnfinished(folder: string): Promise<void> {
  const entries = await missingIsNull(opendir(folder));
  if (entries === null) return;
  for await (const entry of entries) {
    const file = path.join(folder, entry.name);
    const found = await missingIsNull(stat(file));
    if (found !== null && Date.now() - found.mtimeMs > unfinishedForMs)
      await rm(file, { force: true });
  }
}

async function missingIsNull<Value>(pending: Promise<Value>): Promise<Value | null> {
  try {
    return await pending;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ENOENT' || error.code === 'ENOTDIR');
