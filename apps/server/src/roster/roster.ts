import { randomBytes } from 'node:crypto';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Addresses } from '../assets/addresses.ts';
import type { ObjectStore } from '../assets/object-store.ts';
import type { ImageSource } from '../capabilities/image-source.ts';
import { newId } from '../db/id.ts';
import type { Database } from '../db/open.ts';
import { rosterModels, rosterPictures } from '../db/schema.ts';
import { type Result, succeed } from '../failures/failure.ts';
import { rosterFolder } from './pictures.ts';
import type { GivenPicture, NewModel, Roster, RosterModel, RosterRefusal } from './port.ts';

/** More would be a catalogue, and every list of them is answered whole. */
const mostModels = 1000;
/** Intake has limits of its own, which come first. */
const fetchPatienceMs = 60_000;
const dayMs = 24 * 60 * 60 * 1000;

/** A file that was fetched and found to be a picture. */
export interface CheckedFile {
  readonly bytes: Uint8Array;
  readonly mime: string;
}

/** Fetches and checks a picture; intake does. */
export interface PictureFiles {
  load(wanted: {
    readonly source: ImageSource;
    /** As messages call it. */
    readonly subject: string;
    readonly accountId: string;
    readonly signal: AbortSignal;
  }): Promise<Result<CheckedFile>>;
  check(bytes: Uint8Array, subject: string, signal: AbortSignal): Promise<Result<CheckedFile>>;
}

export interface RosterDependencies {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly files: PictureFiles;
  readonly addresses: Pick<Addresses, 'sign'>;
}

type Role = 'portrait' | 'sheet';

export function createRoster({ database, store, files, addresses }: RosterDependencies): Roster {
  const { orm } = database;

  const fetchFile = async (
    role: Role,
    picture: GivenPicture,
    accountId: string,
  ): Promise<Result<CheckedFile, RosterRefusal>> => {
    const signal = AbortSignal.timeout(fetchPatienceMs);
    const subject = `${role} image`;
    const file =
      'bytes' in picture
        ? await files.check(picture.bytes, subject, signal)
        : await files.load({ source: picture.source, subject, accountId, signal });
    return file.ok
      ? file
      : { ok: false, failure: { kind: 'picture', role, failure: file.failure } };
  };

  const models = async (accountId: string, ids?: readonly string[]): Promise<RosterModel[]> => {
    const rows = await orm
      .select()
      .from(rosterModels)
      .innerJoin(rosterPictures, eq(rosterPictures.modelId, rosterModels.id))
      .where(
        and(
          eq(rosterModels.accountId, accountId),
          ids === undefined ? undefined : inArray(rosterModels.id, [...ids]),
        ),
      )
      .orderBy(desc(rosterModels.createdAt), desc(rosterModels.id));
    const byModel = Map.groupBy(rows, ({ roster_models: model }) => model.id);
    return [...byModel.values()].flatMap((group) => viewOf(group, addresses));
  };

  const insert = async (
    accountId: string,
    model: NewModel,
    pictures: readonly (typeof rosterPictures.$inferInsert)[],
    id: string,
  ): Promise<RosterRefusal | null> =>
    orm.transaction(async (transaction) => {
      // Who saves two models at once must not get past the limit with both.
      await transaction.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 1))`,
      );
      const count = await transaction.$count(rosterModels, eq(rosterModels.accountId, accountId));
      if (count >= mostModels) return { kind: 'full', limit: mostModels };
      const { name, prompt } = model;
      const [row] = await transaction
        .insert(rosterModels)
        .values({ id, accountId, name, prompt })
        .onConflictDoNothing()
        .returning({ id: rosterModels.id });
      if (!row) return { kind: 'name-taken' };
      await transaction.insert(rosterPictures).values([...pictures]);
      return null;
    });

  return {
    list: (accountId) => models(accountId),

    async find(accountId, id) {
      if (!modelIdForm.test(id)) return null;
      const [model] = await models(accountId, [id]);
      return model ?? null;
    },

    async findNamed(accountId, names) {
      if (names.length === 0) return new Map();
      const rows = await orm
        .select({ id: rosterModels.id })
        .from(rosterModels)
        .where(and(eq(rosterModels.accountId, accountId), inArray(rosterModels.name, [...names])));
      const found =
        rows.length === 0
          ? []
          : await models(
              accountId,
              rows.map(({ id }) => id),
            );
      return new Map(found.map((model) => [model.name, model]));
    },

    async create(accountId, model) {
      const portrait = await fetchFile('portrait', model.portrait, accountId);
      if (!portrait.ok) return portrait;
      const sheet = model.sheet === null ? null : await fetchFile('sheet', model.sheet, accountId);
      if (sheet !== null && !sheet.ok) return sheet;

      const id = newModelId();
      const given = [
        { role: 'portrait' as const, file: portrait.value },
        ...(sheet === null ? [] : [{ role: 'sheet' as const, file: sheet.value }]),
      ];
      const pictures = given.map(({ role, file }) => ({
        id: newId(),
        modelId: id,
        accountId,
        role,
        storageKey: `${rosterFolder}${accountId}/${id}/${role}`,
        mime: file.mime,
        bytes: file.bytes.byteLength,
      }));
      // Bytes first; what a refusal or a crash leaves behind is nobody's, and the sweeper's.
      for (const [index, { file }] of given.entries()) {
        const key = pictures[index]?.storageKey;
        if (key !== undefined) await store.put(key, file.bytes);
      }
      const refusal = await insert(accountId, model, pictures, id);
      if (refusal !== null) {
        await Promise.all(pictures.map(({ storageKey }) => store.delete(storageKey)));
        return { ok: false, failure: refusal };
      }
      const [made] = await models(accountId, [id]);
      if (!made) throw new Error('a saved model is not there');
      return succeed(made);
    },

    async delete(accountId, id) {
      if (!modelIdForm.test(id)) return false;
      const pictures = await orm.transaction(async (transaction) => {
        const keys = await transaction
          .delete(rosterPictures)
          .where(and(eq(rosterPictures.modelId, id), eq(rosterPictures.accountId, accountId)))
          .returning({ key: rosterPictures.storageKey });
        await transaction
          .delete(rosterModels)
          .where(and(eq(rosterModels.id, id), eq(rosterModels.accountId, accountId)));
        return keys;
      });
      await Promise.all(pictures.map(({ key }) => store.delete(key)));
      return pictures.length > 0;
    },
  };
}

type Row = {
  readonly roster_models: typeof rosterModels.$inferSelect;
  readonly roster_pictures: typeof rosterPictures.$inferSelect;
};

/** Rows of one model; none when it has lost its portrait, which no code of ours does. */
function viewOf(rows: readonly Row[], addresses: Pick<Addresses, 'sign'>): RosterModel[] {
  const pictureOf = (role: Role): RosterModel['portrait'] | null => {
    const row = rows.find(({ roster_pictures: picture }) => picture.role === role);
    if (row === undefined) return null;
    const { id, storageKey, mime } = row.roster_pictures;
    return {
      source: { from: 'roster', key: storageKey },
      address: addresses.sign({
        artifactId: id,
        name: `${role}.${mime.replace('image/', '')}`,
        expiresAt: new Date((Math.floor(Date.now() / dayMs) + 2) * dayMs),
      }),
    };
  };
  const model = rows[0]?.roster_models;
  const portrait = pictureOf('portrait');
  if (model === undefined || portrait === null) return [];
  const { id, name, prompt, createdAt } = model;
  return [{ id, name, prompt, portrait, sheet: pictureOf('sheet'), createdAt }];
}

/** What an id can be; Postgres throws on some of what it can not. */
const modelIdForm = /^[0-9a-z]{1,64}$/;
const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** 23 letters and digits behind `cl`, some 118 bits: the form of id that Auto Toon's clients know. */
function newModelId(): string {
  const random = Array.from(randomBytes(64))
    // A byte beyond seven whole alphabets would favour the first letters.
    .filter((byte) => byte < 252)
    .slice(0, 23);
  return `cl${random.map((byte) => alphabet[byte % 36]).join('')}`;
}
