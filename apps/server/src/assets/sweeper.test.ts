import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalStore } from './local-store.ts';
import type { ObjectStore } from './object-store.ts';
import { createSweeper, type StoredRecords } from './sweeper.ts';

let folder: string;
let store: ObjectStore;
let expired: Set<string>;
let named: Set<string>;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'toile-sweep-'));
  store = createLocalStore(folder);
  expired = new Set();
  named = new Set();
});
afterEach(() => rm(folder, { recursive: true }));

const records: StoredRecords = {
  expired: async (limit) => [...expired].slice(0, limit),
  forget: async (keys) => {
    for (const key of keys) {
      expect(await store.get(key)).toBeNull();
      expired.delete(key);
      named.delete(key);
    }
  },
  named: async (keys) => new Set(keys.filter((key) => named.has(key))),
};
const signal = new AbortController().signal;
const hourLater = (): number => Date.now() + 3_700_000;
async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list('')) found.push(key);
  return found.toSorted();
}

describe('the sweeper', () => {
  it('deletes bytes before rows, over more than one batch', async () => {
    for (let k = 0; k < 205; k += 1) {
      await store.put(`outputs/${k}`, Buffer.from('x'));
      expired.add(`outputs/${k}`);
      named.add(`outputs/${k}`);
    }
    const report = await createSweeper({ store, records, prefixes: ['outputs/'] }).sweep(signal);
    expect(report).toEqual({ expired: 205, orphans: 0 });
    expect(await keys()).toEqual([]);
    expect(expired.size).toBe(0);
  });

  it('deletes what no row names once it is old, and nothing outside its folders', async () => {
    for (const key of ['outputs/named', 'outputs/orphan', 'inputs/orphan', 'readiness/probe']) {
      await store.put(key, Buffer.from('x'));
    }
    named.add('outputs/named');
    const options = { store, records, prefixes: ['outputs/', 'inputs/'] };
    expect(await createSweeper(options).sweep(signal)).toEqual({ expired: 0, orphans: 0 });
    const later = createSweeper({ ...options, now: hourLater });
    expect(await later.sweep(signal)).toEqual({ expired: 0, orphans: 2 });
    expect(await keys()).toEqual(['outputs/named', 'readiness/probe']);
  });
});
