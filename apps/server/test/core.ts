import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createAccounts } from '../src/accounts/accounts.ts';
import { createPinning } from '../src/accounts/pinning.ts';
import { createAddresses } from '../src/assets/addresses.ts';
import { createLocalStore } from '../src/assets/local-store.ts';
import { newId } from '../src/db/id.ts';
import type { Database } from '../src/db/open.ts';
import { createMediaThreads } from '../src/intake/media-threads.ts';
import { createExpectations } from '../src/jobs/expectations.ts';
import { createJobs } from '../src/jobs/jobs.ts';
import type { Jobs, JobView, SubmitJob } from '../src/jobs/port.ts';
import { createReplies } from '../src/jobs/replies.ts';
import { createSignals } from '../src/jobs/signals.ts';
import type { JobPolicy } from '../src/jobs/policy.ts';
import type { Stages } from '../src/jobs/stages.ts';
import { createWorker, type Worker } from '../src/jobs/worker.ts';
import { createLedger } from '../src/ledger/ledger.ts';
import { createUsage } from '../src/ledger/usage.ts';
import { createSeal } from '../src/secrets/seal.ts';
import { createUploadTickets } from '../src/uploads/tickets.ts';
import { createUploads, type UploadLimits } from '../src/uploads/uploads.ts';
import { createWebhookEndpoints } from '../src/webhooks/endpoints.ts';
import { quickPolicy } from './policy.ts';
import { stagesAround } from './stages.ts';

export type Core = Awaited<ReturnType<typeof startCore>>;

/** The core of the server, wired as main.ts does, over a database of the test's. */
export async function startCore(
  database: Database,
  { policy = quickPolicy, uploadLimits }: { policy?: JobPolicy; uploadLimits?: UploadLimits } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'toile-core-'));
  const logger = pino({ level: 'silent' });
  const store = createLocalStore(folder);
  const secret = new Uint8Array(32).fill(7);
  const addresses = createAddresses({ publicUrl: 'http://toile.test', secret });
  const seal = createSeal(secret);
  const signals = createSignals({ database, logger });
  await signals.start();
  const jobs = createJobs({ database, store, signals, logger, policy });
  const accounts = createAccounts({ database });
  const ledger = createLedger({ database });
  const workers: Worker[] = [];
  const media = createMediaThreads();
  const uploadTickets = createUploadTickets({ publicUrl: 'http://toile.test', secret });
  const uploads = createUploads({
    database,
    store,
    tickets: uploadTickets,
    ...(uploadLimits && { limits: uploadLimits }),
  });

  return {
    database,
    store,
    signals,
    jobs,
    accounts,
    ledger,
    logger,
    addresses,
    seal,
    webhookEndpoints: createWebhookEndpoints({ database, seal }),
    usage: createUsage({ database }),
    pinning: createPinning({ database }),
    replies: createReplies({ database, seal }),
    expectations: createExpectations({ database }),
    uploads,
    uploadTickets,
    /** Threads for picture files, which start when first used. */
    media,
    folder,

    /** An account that owns `milliCredits`, half of them in each bucket, and a key. */
    async account(milliCredits = 1_000_000) {
      const { id } = await accounts.createAccount('test');
      const { key, secret } = await accounts.createKey(id, 'test');
      const subscription = Math.floor(milliCredits / 2);
      if (subscription > 0) await ledger.grant(id, 'subscription', subscription, 'test');
      if (milliCredits > subscription) {
        await ledger.grant(id, 'on-demand', milliCredits - subscription, 'test');
      }
      return { accountId: id, keyId: key.id, secret };
    },

    worker(stages: Stages = stagesAround(), { concurrency = 2, start = true } = {}): Worker {
      const worker = createWorker({
        database,
        stages,
        store,
        addresses,
        signals,
        logger,
        workerId: `test-${workers.length}`,
        concurrency,
        policy,
      });
      workers.push(worker);
      if (start) worker.start();
      return worker;
    },

    async stop() {
      await Promise.all(workers.map((worker) => worker.drain(0)));
      await Promise.all([signals.stop(), media.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A submission like many; every one has a fingerprint of its own unless given. */
export function submission(
  owner: { accountId: string; keyId: string },
  rest: Partial<SubmitJob> = {},
): SubmitJob {
  return {
    accountId: owner.accountId,
    keyId: owner.keyId,
    dialect: 'fashn',
    operation: 'background-remove',
    request: {
      capability: 'background-remove',
      images: { image: { from: 'sample', name: 'person' } },
      seed: 1,
      count: 1,
      moderation: 'none',
    },
    price: 1000,
    delivery: 'address',
    outputFormat: 'png',
    webhookUrl: null,
    concurrencyLimit: null,
    repeat: { fingerprint: newId(), mayRepeat: false, windowSeconds: 600, contentHash: 'content' },
    ...rest,
  };
}

/** The id of a submission that must be accepted. */
export async function accepted(jobs: Jobs, job: SubmitJob): Promise<string> {
  const outcome = await jobs.submit(job);
  if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${outcome.kind}`);
  return outcome.jobId;
}

/** Polls, as clients do, until the job has ended. */
export async function ended(jobs: Jobs, accountId: string, jobId: string): Promise<JobView> {
  const giveUpAt = Date.now() + 15_000;
  for (;;) {
    const view = await jobs.find(accountId, 'fashn', jobId);
    if (!view) throw new Error('the job is not there');
    if (view.state.status !== 'queued' && view.state.status !== 'running') return view;
    if (Date.now() > giveUpAt) throw new Error(`still ${view.state.status}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
