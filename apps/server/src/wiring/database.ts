import type { Config } from '../config/config.ts';
import { openEmbeddedPostgres } from '../db/embedded-postgres.ts';
import { migrate } from '../db/migrate.ts';
import { type Database, openDatabase } from '../db/open.ts';

export interface ConnectedDatabase {
  readonly database: Database;
  /** Closes the connections, and stops PostgreSQL when it is the embedded one and nobody else uses it. */
  close(): Promise<void>;
}

/** The database that the settings name, with its schema up to date. */
export async function connectDatabase(
  config: Pick<Config, 'home' | 'databaseUrl' | 'databaseConnections'>,
  say: (message: string) => void,
): Promise<ConnectedDatabase> {
  const embedded =
    config.databaseUrl === null ? await openEmbeddedPostgres({ home: config.home, say }) : null;
  const url = config.databaseUrl ?? embedded?.url ?? '';
  const database = openDatabase({ url, poolSize: config.databaseConnections });
  const close = async (): Promise<void> => {
    await database.close();
    await embedded?.stop();
  };
  try {
    await migrate(database);
  } catch (error) {
    await close();
    throw error;
  }
  return { database, close };
}
