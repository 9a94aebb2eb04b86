import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema.ts';

/** The database as our parts see it: raw prepared statements for hot paths, the typed builder for the rest. */
export interface Database {
  readonly pool: pg.Pool;
  readonly orm: NodePgDatabase<typeof schema>;
  /** A connection outside the pool, for LISTEN and session locks; whoever asks for it ends it. */
  connect(): Promise<pg.Client>;
  close(): Promise<void>;
}

/** Opens no connection yet. `url` is what `pg` takes, Unix socket forms included. */
export function openDatabase(options: { url: string; poolSize: number }): Database {
  const connection = {
    connectionString: options.url,
    types,
    application_name: 'toile',
    // A peer that vanished without a word is noticed, and its LISTEN set up again.
    keepAlive: true,
  };
  const pool = new pg.Pool({
    ...connection,
    max: options.poolSize,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that the server closes is replaced at the next query, and nobody is waiting on it.
  pool.on('error', () => undefined);
  return {
    pool,
    orm: drizzle(pool, { schema }),
    connect: async () => {
      const client = new pg.Client(connection);
      // Whoever runs a statement on a lost connection is told then; an idle one must not bring the process down.
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    close: () => pool.end(),
  };
}

/** Credits are bigint in SQL and number here; a value that does not fit is a bug that must not round silently. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 && format !== 'binary'
      ? parseInt8
      : pg.types.getTypeParser(oid, format),
};

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${text}`);
  return value;
}
