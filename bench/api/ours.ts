import { createServer } from 'node:net';
import { createAccounts } from '../../apps/server/src/accounts/accounts.ts';
import { createAddresses } from '../../apps/server/src/assets/addresses.ts';
import { createLocalStore } from '../../apps/server/src/assets/local-store.ts';
import { migrate } from '../../apps/server/src/db/migrate.ts';
import { openDatabase } from '../../apps/server/src/db/open.ts';
import { createHttpServer } from '../../apps/server/src/http/server.ts';
import { createFashnDialect } from '../../apps/server/src/dialects/fashn/index.ts';
import { createJobs } from '../../apps/server/src/jobs/jobs.ts';
import { createSignals } from '../../apps/server/src/jobs/signals.ts';
import { createWorker, type Worker } from '../../apps/server/src/jobs/worker.ts';
import { createLedger } from '../../apps/server/src/ledger/ledger.ts';
import { createLogger } from '../../apps/server/src/telemetry/logger.ts';
import { instantStages } from './instant-stages.ts';
import type { Ready, Start } from './messages.ts';

/** The real server in one process, but for the engine, which answers at once, and the limits, which nobody reaches. */
export async function startOurs({
  databaseUrl,
  storageFolder,
  accounts: count,
}: Start): Promise<Ready & { worker: Worker }> {
  const database = openDatabase({ url: databaseUrl, poolSize: 20 });
  await migrate(database);
  const logger = createLogger({ level: 'warn' });
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const store = createLocalStore(storageFolder);
  const signals = createSignals({ database, logger });
  await signals.start();
  const accounts = createAccounts({ database });
  const ledger = createLedger({ database });
  const jobs = createJobs({ database, store, signals, logger });
  const unlimited = {
    run: { requests: 1e9, seconds: 60 },
    status: { requests: 1e9, seconds: 10 },
    credits: null,
  };
  const dialects = [
    createFashnDialect({
      jobs,
      ledger,
      roster: { findNamed: async () => new Map() },
      settings: { limits: unlimited, concurrency: 1e9 },
    }),
  ];
  const app = createHttpServer({
    accounts,
    dialects,
    logger,
    health: { check: async () => ({ ready: true, parts: {} }) },
  });
  await app.listen({ host: '127.0.0.1', port });
  const worker = createWorker({
    database,
    store,
    signals,
    logger,
    stages: instantStages,
    addresses: createAddresses({ publicUrl, secret: Buffer.alloc(32, 1) }),
    workerId: 'bench',
    concurrency: 16,
  });
  const keys = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const { id } = await accounts.createAccount(`bench ${index}`);
      await ledger.grant(id, 'on-demand', 1e12, 'benchmark');
      return (await accounts.createKey(id, 'bench')).secret;
    }),
  );
  return { address: publicUrl, keys, worker };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
