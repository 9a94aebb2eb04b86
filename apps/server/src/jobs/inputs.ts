import { eq } from 'drizzle-orm';
import type { ObjectStore } from '../assets/object-store.ts';
import type { Database } from '../db/open.ts';
import { inputs } from '../db/schema.ts';

export const inputsFolder = 'inputs/';

export const inputKey = (jobId: string, position: number): string =>
  `${inputsFolder}${jobId}/${position}`;

/** Deletes what came with a job that has ended: bytes first, so that a row is left behind for the sweeper rather than bytes. */
export async function deleteInputs(
  database: Database,
  store: ObjectStore,
  jobId: string,
): Promise<void> {
  const rows = await database.orm
    .select({ key: inputs.storageKey })
    .from(inputs)
    .where(eq(inputs.jobId, jobId));
  if (rows.length === 0) return;
  await Promise.all(rows.map(({ key }) => store.delete(key)));
  await database.orm.delete(inputs).where(eq(inputs.jobId, jobId));
}
