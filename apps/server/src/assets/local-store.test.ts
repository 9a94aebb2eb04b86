import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalStore } from './local-store.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

let folder: string;
let store: ObjectStore;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'toile-store-'));
  store = createLocalStore(path.join(folder, 'storage'));
});
afterEach(() => rm(folder, { recursive: true }));

async function listed(prefix: string): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  for await (const object of store.list(prefix)) objects.push(object);
  return objects.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

describe('the local store', () => {
  it('gives back what was put, whole and in ranges', async () => {
    const bytes = randomBytes(100_000);
    await store.put('outputs/a/1.png', bytes);
    expect(await store.get('outputs/a/1.png')).toEqual(bytes);
    const whole = await store.open('outputs/a/1.png');
    expect(whole?.bytes).toBe(100_000);
    expect(await buffer(whole!.stream)).toEqual(bytes);
    const part = await store.open('outputs/a/1.png', { start: 10, end: 19 });
    expect(part?.bytes).toBe(100_000);
    expect(await buffer(part!.stream)).toEqual(bytes.subarray(10, 20));
  });

  it('answers null for what is not there, and deletes it without complaint', async () => {
    expect(await store.get('outputs/none')).toBeNull();
    expect(await store.open('outputs/none')).toBeNull();
    await store.put('outputs/a', Buffer.from('a'));
    expect(await store.get('outputs/a/b')).toBeNull();
    await store.delete('outputs/none');
    expect(await listed('nothing/')).toEqual([]);
  });

  it('replaces an object whole, so that a reader sees the old or the new and never a mixture', async () => {
    const size = 2_000_000;
    await store.put('inputs/x', Buffer.alloc(size, 1));
    const reading = await store.open('inputs/x');
    await store.put('inputs/x', Buffer.alloc(size, 2));
    const old = await buffer(reading!.stream);
    expect(new Set(old)).toEqual(new Set([1]));
    expect(new Set(await store.get('inputs/x'))).toEqual(new Set([2]));
  });

  it('lists by prefix with size and time, and leaves unfinished files out', async () => {
    await store.put('outputs/b/2', Buffer.from('bb'));
    await store.put('outputs/a/1', Buffer.from('a'));
    await store.put('inputs/c', Buffer.from('c'));
    expect((await listed('outputs/')).map(({ key, bytes }) => [key, bytes])).toEqual([
      ['outputs/a/1', 1],
      ['outputs/b/2', 2],
    ]);
    const all = await listed('');
    expect(all).toHaveLength(3);
    expect(Math.abs(all[0]!.modifiedAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('clears away what a killed process left unfinished, but not what another is writing', async () => {
    const unfinished = path.join(folder, 'storage', '.unfinished');
    await mkdir(unfinished, { recursive: true });
    await writeFile(path.join(unfinished, 'old'), 'half');
    await writeFile(path.join(unfinished, 'new'), 'half');
    const longAgo = new Date(Date.now() - 7_200_000);
    await utimes(path.join(unfinished, 'old'), longAgo, longAgo);
    await store.put('inputs/x', Buffer.from('x'));
    expect(await readdir(unfinished)).toEqual(['new']);
    expect(await listed('')).toHaveLength(1);
  });

  it('leaves nothing behind when a write fails', async () => {
    await store.put('a', Buffer.from('file'));
    await expect(store.put('a/b', Buffer.from('x'))).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(await readdir(path.join(folder, 'storage', '.unfinished'))).toEqual([]);
  });

  it.each(['', '/etc/passwd', '../x', 'a/../x', 'a//b', '.hidden', 'a/', 'a\\b', 'a\0b', 'ä'])(
    'refuses the key %j',
    async (key) => {
      await expect(store.put(key, Buffer.from('x'))).rejects.toThrow('not a storage key');
    },
  );

  it('can say whether it is writable', async () => {
    await store.check();
    const blocked = createLocalStore(path.join(folder, 'storage', 'readiness', 'probe', 'sub'));
    await expect(blocked.check()).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});
