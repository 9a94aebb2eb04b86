import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbeddedPostgres } from '../src/db/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this test run; `freshDatabase` makes databases on it. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole test run, in a folder that goes away with it. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'toile-test-'));
  await chmod(home, 0o755);
  const postgres = await openEmbeddedPostgres({ home, say: () => undefined });
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  };
}
