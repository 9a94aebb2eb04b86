import { z } from 'zod';
import type { Database } from '../db/open.ts';
import { claimDeliveries, type DeliveryEnd, endDelivery } from '../db/queries/webhooks.ts';
import { rowsOf } from '../db/run.ts';
import type { Jobs, JobView } from '../jobs/port.ts';
import type { Signals } from '../jobs/signals.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Seal } from '../secrets/seal.ts';
import { sealContext } from './endpoints.ts';
import { type GuardedFetch, post } from './post.ts';
import { signatureHeaders } from './sign.ts';

export interface Webhooks {
  start(): void;
  /** Takes up nothing more and waits for what is being sent. */
  stop(): Promise<void>;
}

/** A first try and five retries, over within 5 minutes even when each of them times out. */
export const retryDelaysSeconds: readonly number[] = [5, 15, 30, 60, 120];
const timeoutSeconds = 10;
const wakeDelayMs = 20;
/** Longer than a try can take. */
const leaseSeconds = 30;

const deliveryRowSchema = z.object({
  id: z.string(),
  job_id: z.string(),
  account_id: z.string(),
  dialect: z.string(),
  url: z.string(),
  tries: z.number(),
  /** Null for the address that came with a job. */
  endpoint_id: z.string().nullable(),
  /** Null also when the receiver has been removed since. */
  sealed_secret: z.instanceof(Uint8Array).nullable(),
});
type Delivery = z.infer<typeof deliveryRowSchema>;

export interface WebhooksDependencies {
  readonly database: Database;
  readonly jobs: Pick<Jobs, 'find'>;
  readonly fetch: GuardedFetch;
  /** The body of a job's status in its dialect. */
  readonly render: (dialect: string, job: JobView) => unknown;
  /** Opens the secrets of receivers. */
  readonly seal: Pick<Seal, 'open'>;
  readonly signals: Signals;
  readonly logger: Logger;
  readonly concurrency?: number;
  readonly pollSeconds?: number;
  readonly delaysSeconds?: readonly number[];
}

/**
 * Sends what jobs owe to their receivers: at least once, from a table, so that a killed process forgets none.
 * Any number of processes may send.
 */
export function createWebhooks({
  concurrency = 8,
  pollSeconds = 1,
  delaysSeconds = retryDelaysSeconds,
  ...dependencies
}: WebhooksDependencies): Webhooks {
  const { database, signals, logger } = dependencies;
  const sending = new Set<Promise<void>>();
  let stopped = true;
  let claiming: Promise<void> | null = null;
  let woken = false;
  let poll: NodeJS.Timeout | undefined;
  let wake: NodeJS.Timeout | undefined;
  let stopHearing = (): void => undefined;

  function claim(): void {
    clearTimeout(wake);
    wake = undefined;
    woken = true;
    claiming ??= claimRounds().finally(() => {
      claiming = null;
      if (woken) claim();
    });
  }

  async function claimRounds(): Promise<void> {
    while (woken) {
      woken = false;
      const free = concurrency - sending.size;
      if (stopped || free <= 0) return;
      try {
        const query = claimDeliveries(free, leaseSeconds);
        for (const delivery of await rowsOf(database.pool, query, deliveryRowSchema)) {
          take(delivery);
        }
      } catch (error) {
        logger.error({ err: error }, 'cannot claim webhooks');
      }
    }
  }

  function take(delivery: Delivery): void {
    const done = deliver(delivery)
      // Tried again when its lease is over.
      .catch((error: unknown) => {
        logger.error({ err: error, jobId: delivery.job_id }, 'a webhook broke');
      })
      .finally(() => {
        sending.delete(done);
        claim();
      });
    sending.add(done);
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const { job_id: jobId, tries } = delivery;
    const { end, result } = await attempt(delivery);
    await database.pool.query(endDelivery(delivery.id, tries, end, result));
    const level = end.kind === 'abandoned' ? 'warn' : 'debug';
    logger[level]({ jobId, tries, result }, `webhook: ${end.kind}`);
  }

  async function attempt(delivery: Delivery): Promise<{ end: DeliveryEnd; result: string }> {
    const body = await bodyOf(delivery);
    if (body.kind === 'gone') return { end: { kind: 'abandoned' }, result: body.result };
    const { delivered, result } =
      body.kind === 'text'
        ? await post(dependencies.fetch, { url: delivery.url, ...body, timeoutSeconds })
        : { delivered: false, result: body.result };
    if (delivered) return { end: { kind: 'delivered' }, result };
    const delaySeconds = delaysSeconds[delivery.tries - 1];
    return {
      end: delaySeconds === undefined ? { kind: 'abandoned' } : { kind: 'again', delaySeconds },
      result,
    };
  }

  async function bodyOf(
    delivery: Delivery,
  ): Promise<
    | { kind: 'text'; text: string; headers: Record<string, string> }
    | { kind: 'gone' | 'broken'; result: string }
  > {
    const { account_id: accountId, dialect, job_id: jobId } = delivery;
    try {
      if (delivery.endpoint_id !== null && delivery.sealed_secret === null) {
        return { kind: 'gone', result: 'the receiver was removed' };
      }
      const job = await dependencies.jobs.find(accountId, dialect, jobId);
      if (!job) return { kind: 'gone', result: 'the job is kept no longer' };
      const text = JSON.stringify(dependencies.render(dialect, job));
      return { kind: 'text', text, headers: signed(delivery, text) };
    } catch (error) {
      // Counted as a try, or a job that cannot be rendered would be taken up for ever.
      logger.error({ err: error, jobId }, 'a webhook could not be rendered');
      return { kind: 'broken', result: 'could not be rendered' };
    }
  }

  function signed(delivery: Delivery, text: string): Record<string, string> {
    const { endpoint_id: endpointId, sealed_secret: sealed } = delivery;
    if (endpointId === null || sealed === null) return {};
    const secret = dependencies.seal.open(sealed, sealContext(endpointId));
    if (secret === null) throw new Error('the secret of a receiver can not be opened');
    return signatureHeaders(secret, delivery.id, text);
  }

  return {
    start() {
      stopped = false;
      stopHearing = signals.hear((news) => {
        // Most jobs owe no webhook: under load one look serves many ends.
        if (news.kind === 'ended') wake ??= setTimeout(claim, wakeDelayMs);
      });
      poll = setInterval(claim, pollSeconds * 1000);
      claim();
    },
    async stop() {
      stopped = true;
      stopHearing();
      clearInterval(poll);
      clearTimeout(wake);
      await claiming;
      await Promise.all(sending);
    },
  };
}
