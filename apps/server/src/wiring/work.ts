import { hostname } from 'node:os';
import { createSweeper, joinRecords } from '../assets/sweeper.ts';
import type { Config } from '../config/config.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { createFetchGuard } from '../intake/fetch-guard.ts';
import { createPostingFetch } from '../intake/guarded-fetch.ts';
import { createRetention, createStoredRecords, storedFolders } from '../jobs/retention.ts';
import { createWorker } from '../jobs/worker.ts';
import { rosterFolder } from '../roster/pictures.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createUploadRecords, uploadsFolder } from '../uploads/uploads.ts';
import { createWebhooks } from '../webhooks/webhooks.ts';
import type { Core } from './core.ts';
import { renderWith } from './dialects.ts';
import { createStages } from './stages.ts';

/** Everything that happens after a job was accepted. */
export interface Work {
  start(): Promise<void>;
  /** Takes up nothing new; what still runs after `timeoutMs` returns to the queue. */
  drain(timeoutMs: number): Promise<void>;
  /** Ends the patience of a drain under way. */
  hurry(): void;
  readonly healthy: boolean;
}

export function createWork(
  core: Core,
  dialects: readonly Dialect[],
  config: Config,
  logger: Logger,
): Work {
  const { addresses, database, jobs, seal, signals, store } = core;
  const fetchGuard = createFetchGuard({ allow: config.fetchAllow });
  const stages = createStages(core, fetchGuard);
  const worker = createWorker({
    database,
    stages,
    store,
    signals,
    logger,
    addresses,
    workerId: `${hostname()}:${process.pid}`,
    concurrency: config.workerConcurrency,
  });
  const webhooks = createWebhooks({
    database,
    jobs,
    fetch: createPostingFetch(fetchGuard),
    render: renderWith(dialects),
    seal,
    signals,
    logger,
  });
  const sweeper = createSweeper({
    store,
    records: joinRecords([
      createStoredRecords({ database }),
      core.rosterPictures.records,
      createUploadRecords({ database }),
    ]),
    prefixes: [...storedFolders, rosterFolder, uploadsFolder],
  });
  const retention = createRetention({
    database,
    sweeper,
    logger,
    forgetMore: [() => core.accounts.forgetTokens()],
  });

  return {
    async start() {
      worker.start();
      webhooks.start();
      retention.start();
    },
    async drain(timeoutMs) {
      await worker.drain(timeoutMs);
      await Promise.all([webhooks.stop(), retention.stop(), stages.close()]);
      await fetchGuard.close();
    },
    hurry() {
      void worker.drain(0);
    },
    get healthy() {
      return worker.healthy;
    },
  };
}
