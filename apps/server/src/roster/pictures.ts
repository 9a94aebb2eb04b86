import { eq, inArray } from 'drizzle-orm';
import type { StoredRecords } from '../assets/sweeper.ts';
import { isId } from '../db/id.ts';
import type { Database } from '../db/open.ts';
import { rosterPictures } from '../db/schema.ts';

/** The folder of the object store that the roster answers for. */
export const rosterFolder = 'roster/';

/** What serving a roster's picture, or taking its address as an input, needs to know. */
export interface RosterPictureRecord {
  readonly accountId: string;
  readonly storageKey: string;
  readonly mime: string;
  readonly bytes: number;
  readonly expiresAt: Date;
}

export interface RosterPictures {
  /** By the id in its address. Whose it is, the caller checks. */
  find(pictureId: string): Promise<RosterPictureRecord | null>;
  /** Which stored objects the roster names; none of them ever expires. */
  readonly records: StoredRecords;
}

export function createRosterPictures({
  database: { orm },
}: {
  database: Database;
}): RosterPictures {
  return {
    async find(pictureId) {
      if (!isId(pictureId)) return null;
      const [picture] = await orm
        .select({
          accountId: rosterPictures.accountId,
          storageKey: rosterPictures.storageKey,
          mime: rosterPictures.mime,
          bytes: rosterPictures.bytes,
        })
        .from(rosterPictures)
        .where(eq(rosterPictures.id, pictureId));
      // The address ends by itself; the picture does not.
      return picture ? { ...picture, expiresAt: new Date(8.64e15) } : null;
    },
    records: {
      expired: () => Promise.resolve([]),
      forget: () => Promise.resolve(),
      async named(keys) {
        const rows = await orm
          .select({ key: rosterPictures.storageKey })
          .from(rosterPictures)
          .where(inArray(rosterPictures.storageKey, [...keys]));
        return new Set(rows.map(({ key }) => key));
      },
    },
  };
}
