import type { Health } from '../http/health-routes.ts';
import type { Core } from './core.ts';
import type { Work } from './work.ts';

const patienceMs = 2_000;

/** What `/readyz` looks at: database, storage and, where this process has one, the worker. */
export function createHealth(
  { database, store }: Pick<Core, 'database' | 'store'>,
  work: Pick<Work, 'healthy'> | null,
): Health {
  return {
    async check() {
      const [databaseWorks, storageWorks] = await Promise.all([
        works(database.pool.query('select 1')),
        works(store.check()),
      ]);
      const parts = {
        database: word(databaseWorks),
        storage: word(storageWorks),
        ...(work && { worker: word(work.healthy) }),
      };
      return { ready: Object.values(parts).every((part) => part === 'ok'), parts };
    },
  };
}

const word = (fine: boolean): 'ok' | 'failing' => (fine ? 'ok' : 'failing');

/** A part that does not answer in time does not work. */
async function works(answer: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), patienceMs);
  try {
    return await Promise.race([
      answer.then(
        () => true,
        () => false,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
