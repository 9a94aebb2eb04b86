import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Core, startCore } from '../../test/core.ts';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import { createSweeper } from '../assets/sweeper.ts';
import { createUploadRecords, uploadsFolder } from './uploads.ts';

let database: TestDatabase;
let core: Core;
beforeAll(async () => {
  database = await freshDatabase();
  core = await startCore(database, {
    uploadLimits: { quotaBytes: 1000, hours: 1, mostBytes: 1000 },
  });
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(92)]);

const storedKeys = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of core.store.list(uploadsFolder)) keys.push(key);
  return keys;
};

it('leaves no byte and no row of an upload behind when its time is over', async () => {
  const owner = await core.account();
  await core.uploads.put(owner, png);
  const begun = await core.uploads.begin(owner, 100);
  if (begun.kind !== 'begun') throw new Error(begun.kind);
  await core.uploads.append(begun.upload.id, 0, png.subarray(0, 40));
  expect(await storedKeys()).toHaveLength(2);
  const sweeper = createSweeper({
    store: core.store,
    records: createUploadRecords({ database }),
    prefixes: [uploadsFolder],
    orphanAfterMs: 0,
  });
  await sweeper.sweep(new AbortController().signal);
  expect(await storedKeys()).toHaveLength(2);
  await database.pool.query(`update uploads set expires_at = now()`);
  expect(await core.uploads.find(owner, begun.upload.id)).toBeNull();
  await sweeper.sweep(new AbortController().signal);
  expect(await storedKeys()).toEqual([]);
  expect((await database.pool.query('select from uploads')).rowCount).toBe(0);
});

it('never holds more than its quota, however many come at once', async () => {
  const owner = await core.account();
  const outcomes = await Promise.all(
    Array.from({ length: 15 }, () => core.uploads.put(owner, png)),
  );
  expect(outcomes.filter(({ kind }) => kind === 'stored')).toHaveLength(10);
  expect(outcomes.filter(({ kind }) => kind === 'over-quota')).toHaveLength(5);
});

it('adds each piece once, however often and at whatever time it is sent', async () => {
  const owner = await core.account();
  const begun = await core.uploads.begin(owner, png.byteLength);
  if (begun.kind !== 'begun') throw new Error(begun.kind);
  const { id } = begun.upload;
  const [first, twin] = await Promise.all([
    core.uploads.append(id, 0, png.subarray(0, 60)),
    core.uploads.append(id, 0, png.subarray(0, 60)),
  ]);
  expect(new Set([first.kind, twin.kind])).toEqual(new Set(['appended', 'wrong-offset']));
  expect(await core.uploads.use(owner, [id])).toEqual(new Map());
  expect(await core.uploads.append(id, 60, new Uint8Array())).toMatchObject({
    kind: 'too-little',
  });
  expect(await core.uploads.append(id, 60, Buffer.alloc(41))).toMatchObject({ kind: 'too-much' });
  expect(await core.uploads.append(id, 60, png.subarray(60))).toMatchObject({
    kind: 'appended',
    upload: { mime: 'image/png', received: 100 },
  });
  const stored = (await core.uploads.use(owner, [id])).get(id);
  expect(Buffer.from((await core.store.get(stored?.key ?? '')) ?? [])).toEqual(png);
});
