import { createAddresses } from '../../apps/server/src/assets/addresses.ts';
import { createLocalStore } from '../../apps/server/src/assets/local-store.ts';
import { openDatabase } from '../../apps/server/src/db/open.ts';
import { createSignals } from '../../apps/server/src/jobs/signals.ts';
import { createWorker } from '../../apps/server/src/jobs/worker.ts';
import { createLogger } from '../../apps/server/src/telemetry/logger.ts';
import { instantStages } from '../api/instant-stages.ts';

/** A worker in this process, whose engine answers at once. */
export async function startInstantWorker({
  databaseUrl,
  storageFolder,
}: {
  databaseUrl: string;
  storageFolder: string;
}): Promise<{ stop(): Promise<void> }> {
  const database = openDatabase({ url: databaseUrl, poolSize: 16 });
  const logger = createLogger({ level: 'warn' });
  const signals = createSignals({ database, logger });
  await signals.start();
  const worker = createWorker({
    database,
    store: createLocalStore(storageFolder),
    signals,
    logger,
    stages: instantStages,
    addresses: createAddresses({
      publicUrl: 'http://127.0.0.1',
      secret: Buffer.alloc(32, 1),
    }),
    workerId: 'bench',
    concurrency: 8,
  });
  worker.start();
  return {
    async stop() {
      await worker.drain(5000);
      await signals.stop();
      await database.close();
    },
  };
}
