import { and, eq, gt, inArray, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import type { ObjectStore } from '../assets/object-store.ts';
import type { StoredRecords } from '../assets/sweeper.ts';
import { isId, newId } from '../db/id.ts';
import type { Database } from '../db/open.ts';
import { accounts, uploads } from '../db/schema.ts';
import { sniff } from '../intake/sniff.ts';
import type { AppendOutcome, Upload, UploadOwner, UploadProblem, Uploads } from './port.ts';
import type { UploadTickets } from './tickets.ts';

export const uploadsFolder = 'uploads/';

export interface UploadLimits {
  /** Bytes that the unexpired uploads of an account may come to. */
  readonly quotaBytes: number;
  readonly hours: number;
  /** Of one picture. */
  readonly mostBytes: number;
}

export const defaultUploadLimits: UploadLimits = {
  quotaBytes: 512 * 1024 * 1024,
  hours: 24,
  mostBytes: 30 * 1024 * 1024,
};

/** The port, and what only the address for pieces may do. */
export interface UploadStore extends Uploads {
  /** By whoever holds the address: the ticket was checked. */
  progress(id: string): Promise<Upload | null>;
  /** Adds bytes that go on at `offset`. Calls for one upload take turns. */
  append(id: string, offset: number, bytes: Uint8Array): Promise<AppendOutcome>;
}

/** Every piece has what came before written again. */
const mostPieces = 100;

const columns = {
  id: uploads.id,
  bytes: uploads.bytes,
  received: uploads.received,
  mime: uploads.mime,
  createdAt: uploads.createdAt,
  expiresAt: uploads.expiresAt,
};

export function createUploads({
  database: { orm },
  store,
  tickets,
  limits = defaultUploadLimits,
}: {
  database: Database;
  store: ObjectStore;
  tickets: UploadTickets;
  limits?: UploadLimits;
}): UploadStore {
  /** Takes room in the quota, or says why not; the account's row stands for the sum of its uploads. */
  async function reserve(
    owner: UploadOwner,
    bytes: number,
  ): Promise<{ kind: 'reserved'; upload: Upload; key: string } | UploadProblem> {
    if (bytes === 0) return { kind: 'empty' };
    if (bytes > limits.mostBytes) return { kind: 'too-large', limit: limits.mostBytes };
    return orm.transaction(async (transaction) => {
      await transaction
        .select({ id: accounts.id })
        .from(accounts)
        .where(eq(accounts.id, owner.accountId))
        .for('no key update');
      const [sum] = await transaction
        .select({ used: sql<number>`coalesce(sum(${uploads.bytes}), 0)`.mapWith(Number) })
        .from(uploads)
        .where(and(eq(uploads.accountId, owner.accountId), alive));
      const used = sum?.used ?? 0;
      if (used + bytes > limits.quotaBytes) {
        return { kind: 'over-quota', quota: limits.quotaBytes, used };
      }
      const id = newId();
      const key = `${uploadsFolder}${owner.accountId}/${id}`;
      const [upload] = await transaction
        .insert(uploads)
        .values({
          id,
          accountId: owner.accountId,
          keyId: owner.keyId,
          storageKey: key,
          bytes,
          received: 0,
          expiresAt: sql`now() + ${limits.hours}::float8 * interval '1 hour'`,
        })
        .returning(columns);
      if (!upload) throw new Error('an insert answered no row');
      return { kind: 'reserved', upload, key };
    });
  }

  async function append(id: string, offset: number, bytes: Uint8Array): Promise<AppendOutcome> {
    const outcome = await orm.transaction(async (transaction): Promise<AppendOutcome> => {
      const [row] = await transaction
        .select({ ...columns, key: uploads.storageKey })
        .from(uploads)
        .where(and(eq(uploads.id, id), alive))
        .for('update');
      if (!row) return { kind: 'gone' };
      if (offset !== row.received) return { kind: 'wrong-offset', received: row.received };
      const received = offset + bytes.byteLength;
      if (received > row.bytes) return { kind: 'too-much', bytes: row.bytes };
      const smallest = Math.ceil(row.bytes / mostPieces);
      if (received < row.bytes && bytes.byteLength < smallest) {
        return { kind: 'too-little', smallest };
      }
      // What a broken try wrote beyond `received` is written over.
      const before = offset === 0 ? null : await store.get(row.key);
      const whole = before ? Buffer.concat([before.subarray(0, offset), bytes]) : bytes;
      const mime = received === row.bytes ? mimeOf(whole) : null;
      if (received === row.bytes && mime === null) return { kind: 'no-picture' };
      await store.put(row.key, whole);
      const [upload] = await transaction
        .update(uploads)
        .set({ received, ...(mime !== null && { mime, completedAt: sql`now()` }) })
        .where(eq(uploads.id, id))
        .returning(columns);
      return upload ? { kind: 'appended', upload } : { kind: 'gone' };
    });
    if (outcome.kind === 'no-picture') await drop(eq(uploads.id, id));
    return outcome;
  }

  /** Bytes first, so that a row is left behind for the sweeper rather than bytes. */
  async function drop(which: SQL | undefined): Promise<boolean> {
    const rows = await orm
      .select({ id: uploads.id, key: uploads.storageKey })
      .from(uploads)
      .where(which);
    for (const { id, key } of rows) {
      await store.delete(key);
      await orm.delete(uploads).where(eq(uploads.id, id));
    }
    return rows.length > 0;
  }

  return {
    append,

    async put(owner, bytes) {
      if (bytes.byteLength > 0 && mimeOf(bytes) === null) return { kind: 'no-picture' };
      const reserved = await reserve(owner, bytes.byteLength);
      if (reserved.kind !== 'reserved') return reserved;
      const appended = await append(reserved.upload.id, 0, bytes);
      if (appended.kind !== 'appended') throw new Error(`a new upload is ${appended.kind}`);
      return { kind: 'stored', upload: appended.upload };
    },

    async begin(owner, bytes) {
      const reserved = await reserve(owner, bytes);
      if (reserved.kind !== 'reserved') return reserved;
      const { upload } = reserved;
      return { kind: 'begun', upload, address: tickets.address(upload.id, upload.expiresAt) };
    },

    async find(owner, id) {
      if (!isId(id)) return null;
      const [upload] = await orm
        .select(columns)
        .from(uploads)
        .where(and(eq(uploads.id, id), ownedBy(owner), alive));
      return upload ?? null;
    },

    async progress(id) {
      if (!isId(id)) return null;
      const [upload] = await orm
        .select(columns)
        .from(uploads)
        .where(and(eq(uploads.id, id), alive));
      return upload ?? null;
    },

    remove: async (owner, id) => isId(id) && (await drop(and(eq(uploads.id, id), ownedBy(owner)))),

    async use(owner, ids) {
      const possible = ids.filter((id) => isId(id));
      if (possible.length === 0) return new Map();
      const rows = await orm
        .update(uploads)
        .set({ expiresAt: sql`greatest(${uploads.expiresAt}, now() + interval '1 hour')` })
        .where(
          and(inArray(uploads.id, possible), ownedBy(owner), alive, isNotNull(uploads.completedAt)),
        )
        .returning({ id: uploads.id, key: uploads.storageKey, bytes: uploads.bytes });
      return new Map(rows.map(({ id, key, bytes }) => [id, { key, bytes }]));
    },
  };
}

const alive = gt(uploads.expiresAt, sql`now()`);

const ownedBy = ({ accountId, keyId, token = false }: UploadOwner): SQL | undefined =>
  and(eq(uploads.accountId, accountId), token ? eq(uploads.keyId, keyId) : undefined);

/** Null for what intake would refuse later. */
function mimeOf(bytes: Uint8Array): string | null {
  const found = sniff(bytes);
  return found.kind === 'image' ? `image/${found.format}` : null;
}

/** Which stored objects uploads answer for. */
export function createUploadRecords({ database: { orm } }: { database: Database }): StoredRecords {
  return {
    async expired(limit) {
      const rows = await orm
        .select({ key: uploads.storageKey })
        .from(uploads)
        .where(lte(uploads.expiresAt, sql`now()`))
        .limit(limit);
      return rows.map(({ key }) => key);
    },
    async forget(keys) {
      await orm.delete(uploads).where(inArray(uploads.storageKey, [...keys]));
    },
    async named(keys) {
      const rows = await orm
        .select({ key: uploads.storageKey })
        .from(uploads)
        .where(inArray(uploads.storageKey, [...keys]));
      return new Set(rows.map(({ key }) => key));
    },
  };
}
