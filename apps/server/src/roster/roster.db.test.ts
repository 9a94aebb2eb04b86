import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import { createAccounts } from '../accounts/accounts.ts';
import { createAddresses } from '../assets/addresses.ts';
import { createLocalStore } from '../assets/local-store.ts';
import type { ObjectStore } from '../assets/object-store.ts';
import { createSweeper, joinRecords } from '../assets/sweeper.ts';
import { fail, succeed } from '../failures/failure.ts';
import { createStoredRecords } from '../jobs/retention.ts';
import { createRosterPictures, rosterFolder } from './pictures.ts';
import type { NewModel, Roster } from './port.ts';
import { createRoster, type PictureFiles } from './roster.ts';

let database: TestDatabase;
let store: ObjectStore;
let roster: Roster;
let folder: string;
const accounts: string[] = [];

/** Every address holds a few bytes of its own, except one that can not be had. */
const files: PictureFiles = {
  load: async ({ source, subject }) =>
    source.from === 'url' && source.url.includes('missing')
      ? fail('input-unreachable', `Error loading ${subject}: gone`)
      : succeed({ bytes: Buffer.from(JSON.stringify(source)), mime: 'image/png' }),
  check: async (bytes) => succeed({ bytes, mime: 'image/jpeg' }),
};
const addresses = createAddresses({
  publicUrl: 'http://toile.test',
  secret: new Uint8Array(32).fill(3),
});

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'toile-roster-'));
  store = createLocalStore(folder);
  roster = createRoster({ database, store, files, addresses });
  for (const name of ['one', 'two']) {
    accounts.push((await createAccounts({ database }).createAccount(name)).id);
  }
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const ava = (name = 'Ava'): NewModel => ({
  name,
  prompt: null,
  portrait: { source: { from: 'url', url: 'https://example.com/ava.png' } },
  sheet: { bytes: new Uint8Array([1, 2, 3]) },
});
const keys = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of store.list('')) found.push(key);
  return found;
};
const accountOf = (index: number): string => accounts[index] ?? '';

describe('a saved model', () => {
  it('keeps its pictures until it is deleted, and is served under a signed address', async () => {
    const made = await roster.create(accountOf(0), ava());
    if (!made.ok) throw new Error(made.failure.kind);
    const { id, portrait, sheet } = made.value;
    expect(id).toMatch(/^cl[0-9a-z]{23}$/);
    expect(portrait.source).toMatchObject({ from: 'roster' });
    const recognised = addresses.recognise(sheet?.address ?? '');
    expect(recognised).toMatchObject({ kind: 'artifact', signed: true, name: 'sheet.jpeg' });
    const served = await createRosterPictures({ database }).find(
      recognised?.kind === 'artifact' ? recognised.artifactId : '',
    );
    expect(served).toMatchObject({ accountId: accountOf(0), mime: 'image/jpeg', bytes: 3 });
    expect(await keys()).toHaveLength(2);
    expect(await roster.delete(accountOf(0), id)).toBe(true);
    expect(await keys()).toEqual([]);
    expect(await roster.delete(accountOf(0), id)).toBe(false);
  });

  it('is left alone by the sweeper, which takes what no model names', async () => {
    const made = await roster.create(accountOf(0), ava());
    await store.put(`${rosterFolder}nobody/left-behind`, new Uint8Array(1));
    const sweeper = createSweeper({
      store,
      records: joinRecords([
        createStoredRecords({ database }),
        createRosterPictures({ database }).records,
      ]),
      prefixes: [rosterFolder],
      orphanAfterMs: 0,
    });
    expect(await sweeper.sweep(new AbortController().signal)).toEqual({ expired: 0, orphans: 1 });
    expect(await keys()).toHaveLength(2);
    await roster.delete(accountOf(0), made.ok ? made.value.id : '');
  });

  it('leaves nothing behind when a picture can not be had, or when its name is taken', async () => {
    const missing = { source: { from: 'url', url: 'https://example.com/missing' } } as const;
    expect(await roster.create(accountOf(0), { ...ava(), sheet: missing })).toMatchObject({
      failure: { kind: 'picture', role: 'sheet', failure: { code: 'input-unreachable' } },
    });
    expect(await keys()).toEqual([]);
    const both = await Promise.all([1, 2].map(() => roster.create(accountOf(0), ava())));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ failure: { kind: 'name-taken' } });
    expect(await keys()).toHaveLength(2);
    const [only] = await roster.list(accountOf(0));
    await roster.delete(accountOf(0), only?.id ?? '');
  });
});

describe('two accounts', () => {
  it('never see, use or delete a model of each other, whatever they do [law 4]', async () => {
    const names = ['Ava', 'Bo', 'Cy'] as const;
    const step = fc.record({
      account: fc.integer({ min: 0, max: 1 }),
      act: fc.constantFrom('create', 'delete', 'find'),
      name: fc.constantFrom(...names),
      /** Whose id is named. */
      owner: fc.integer({ min: 0, max: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const own = [new Map<string, string>(), new Map<string, string>()] as const;
        for (const { account, act, name, owner } of steps) {
          const mine = own[account === 0 ? 0 : 1];
          const id = own[owner === 0 ? 0 : 1].get(name) ?? 'nobody';
          if (act === 'create') {
            const made = await roster.create(accountOf(account), ava(name));
            expect(made.ok).toBe(!mine.has(name));
            if (made.ok) mine.set(name, made.value.id);
          } else if (act === 'delete') {
            const reached = account === owner && mine.has(name);
            expect(await roster.delete(accountOf(account), id)).toBe(reached);
            if (reached) mine.delete(name);
          } else {
            const found = await roster.find(accountOf(account), id);
            expect(found !== null).toBe(account === owner && mine.has(name));
          }
          for (const index of [0, 1] as const) {
            const listed = await roster.list(accountOf(index));
            expect(listed.map((model) => model.id).toSorted()).toEqual(
              [...own[index].values()].toSorted(),
            );
            const named = await roster.findNamed(accountOf(index), names);
            expect([...named.keys()].toSorted()).toEqual([...own[index].keys()].toSorted());
          }
        }
        for (const index of [0, 1] as const) {
          for (const id of own[index].values()) await roster.delete(accountOf(index), id);
        }
        expect(await keys()).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
