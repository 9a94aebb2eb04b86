import { LRUCache } from 'lru-cache';
import { and, inArray, lt, or, isNull, sql } from 'drizzle-orm';
import type { QueryConfig } from 'pg';
import { z } from 'zod';
import type { Database } from '../db/open.ts';
import { rowsOf } from '../db/run.ts';
import { apiKeys } from '../db/schema.ts';
import type { Principal } from './accounts.ts';
import { hashSecret } from './secret.ts';

/** A revoked key is refused after this at the latest; 2 s are promised. */
const cacheMs = 1000;
const cachedKeys = 10_000;
const lastUsedMs = 60_000;

/**
 * Tells who a secret belongs to. Keys are found by their hash, so that the time taken says nothing about a near miss.
 * Only keys that exist are remembered: a flood of wrong ones cannot push them out.
 */
export function createAuthenticate(
  database: Database,
): (secret: string) => Promise<Principal | null> {
  const known = new LRUCache<string, Promise<Principal | null>>({ max: cachedKeys, ttl: cacheMs });
  const noteUse = createUseNotes(database);

  return async (secret) => {
    const secretHash = hashSecret(secret);
    const cacheKey = secretHash.toString('base64');
    const cached = known.get(cacheKey);
    if (cached) return cached;
    const looked = lookUp(database, secretHash);
    known.set(cacheKey, looked);
    try {
      const principal = await looked;
      if (principal) noteUse(principal.keyId);
      else known.delete(cacheKey);
      return principal;
    } catch (error) {
      known.delete(cacheKey);
      throw error;
    }
  };
}

const principalRowSchema = z
  .object({
    id: z.string(),
    account_id: z.string(),
    scopes: z.array(z.string()),
    parent_id: z.string().nullable(),
  })
  .transform((row): Principal => ({
    keyId: row.id,
    accountId: row.account_id,
    scopes: row.scopes,
    token: row.parent_id !== null,
  }));

const findKey = (secretHash: Buffer): QueryConfig => ({
  name: 'find-key',
  text: `select id, account_id, scopes, parent_id from api_keys
    where secret_hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
  values: [secretHash],
});

async function lookUp(database: Database, secretHash: Buffer): Promise<Principal | null> {
  const [principal] = await rowsOf(database.pool, findKey(secretHash), principalRowSchema);
  return principal ?? null;
}

/** Notes when keys were last used, to the minute, many at a time and off the request's way. */
function createUseNotes(database: Database): (keyId: string) => void {
  const noted = new LRUCache<string, true>({ max: cachedKeys, ttl: lastUsedMs });
  let waiting: string[] = [];

  async function write(): Promise<void> {
    const keyIds = waiting;
    waiting = [];
    await database.orm
      .update(apiKeys)
      .set({ lastUsedAt: sql`now()` })
      .where(
        and(
          inArray(apiKeys.id, keyIds),
          or(
            isNull(apiKeys.lastUsedAt),
            lt(apiKeys.lastUsedAt, sql`now() - interval '50 seconds'`),
          ),
        ),
      )
      // Nothing depends on it, and the next use of the key tries again.
      .catch(() => keyIds.forEach((keyId) => noted.delete(keyId)));
  }

  return (keyId) => {
    if (noted.has(keyId)) return;
    noted.set(keyId, true);
    waiting.push(keyId);
    if (waiting.length === 1) setTimeout(() => void write(), 1000).unref();
  };
}
