import type { QueryConfig, QueryResult } from 'pg';
import type { z } from 'zod';

/** A pool or one of its connections. */
interface Runner {
  query(config: QueryConfig): Promise<QueryResult>;
}

/** Rows of a statement, parsed: what a schema does not allow throws, because it is a bug of ours. */
export async function rowsOf<Schema extends z.ZodType>(
  runner: Runner,
  query: QueryConfig,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const { rows } = await runner.query(query);
  return rows.map((row: unknown) => schema.parse(row));
}

/** The only row of a statement that always answers one. */
export async function rowOf<Schema extends z.ZodType>(
  runner: Runner,
  query: QueryConfig,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { rows } = await runner.query(query);
  return schema.parse(rows[0]);
}
