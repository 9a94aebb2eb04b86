import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { isId } from '../db/id.ts';
import type { Database } from '../db/open.ts';
import { artifacts } from '../db/schema.ts';

/** What serving an artifact, or taking one as the next input, needs to know. */
export interface ArtifactRecord {
  readonly accountId: string;
  readonly storageKey: string;
  readonly mime: string;
  readonly bytes: number;
  readonly expiresAt: Date;
}

export interface Artifacts {
  /** Null for what does not exist, has expired, or was never given an address. Whose it is, the caller checks. */
  find(artifactId: string): Promise<ArtifactRecord | null>;
}

export function createArtifacts({ database }: { database: Database }): Artifacts {
  return {
    async find(artifactId) {
      if (!isId(artifactId)) return null;
      const [artifact] = await database.orm
        .select({
          accountId: artifacts.accountId,
          storageKey: artifacts.storageKey,
          mime: artifacts.mime,
          bytes: artifacts.bytes,
          expiresAt: artifacts.expiresAt,
        })
        .from(artifacts)
        .where(
          and(
            eq(artifacts.id, artifactId),
            isNotNull(artifacts.address),
            sql`${artifacts.expiresAt} > now()`,
          ),
        );
      return artifact ?? null;
    },
  };
}
