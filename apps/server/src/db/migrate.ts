import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { lockNumbers } from './locks.ts';
import type { Database } from './open.ts';

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** Brings the schema up to date. Processes that start together take turns, so that each migration runs once. */
export async function migrate(database: Database): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumbers.migrate]);
    await applyMigrations(drizzle(client), { migrationsFolder });
  } finally {
    // Ending the session gives the lock back, also when a migration failed.
    await client.end();
  }
}
