import { pino } from 'pino';
import { createAddresses } from '../src/assets/addresses.ts';
import { createLocalStore } from '../src/assets/local-store.ts';
import { openDatabase } from '../src/db/open.ts';
import { succeed } from '../src/failures/failure.ts';
import { createSignals } from '../src/jobs/signals.ts';
import { createWorker } from '../src/jobs/worker.ts';
import { quickPolicy } from './policy.ts';
import { pixel, stagesAround } from './stages.ts';

/**
 * A worker in a process of its own, to be killed: `node worker-process.ts DATABASE_URL STORE_FOLDER ENGINE_MS`.
 * Says `begun JOB_ID` on standard output when its engine starts.
 */
const [, , url = '', folder = '', engineMs = '0'] = process.argv;

const logger = pino({ level: 'silent' });
const database = openDatabase({ url, poolSize: 4 });
const signals = createSignals({ database, logger });
await signals.start();
createWorker({
  database,
  stages: stagesAround(async (job) => {
    process.stdout.write(`begun ${job.jobId}\n`);
    await new Promise((resolve) => setTimeout(resolve, Number(engineMs)));
    return succeed(pixel);
  }),
  store: createLocalStore(folder),
  addresses: createAddresses({
    publicUrl: 'http://toile.test',
    secret: new Uint8Array(32).fill(7),
  }),
  signals,
  logger,
  workerId: `process-${process.pid}`,
  concurrency: 4,
  policy: quickPolicy,
}).start();
