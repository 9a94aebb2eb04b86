import type { Balance, JobView, SubmitJob, SubmitOutcome } from '../../jobs/port.ts';
import type { Roster } from '../../roster/port.ts';
import { submitAndWait } from '../awaited.ts';
import type { AwaitedDependencies, AwaitedOutcome } from '../awaited.ts';
import type { DialectRequest, Reply } from '../dialect.ts';
import { idempotencyGuard } from '../repeat.ts';
import { inCredits, inMilliCredits } from './credits.ts';
import { apiError } from './errors.ts';
import type { Order } from './orders.ts';
import { createOrderReaders } from './read-order.ts';
import type { ReadOrder } from './read-order.ts';
import { renderWaited, statusOf, videoIdOf } from './render.ts';
import type { AutotoonSettings } from './settings.ts';

export interface CallDependencies extends Omit<AwaitedDependencies, 'waitMs'> {
  readonly ledger: { balance(accountId: string): Promise<Balance> };
  readonly roster: Pick<Roster, 'find'>;
  /** Whether an account takes no other engine than the one it asks for. */
  readonly pinning: { isPinned(accountId: string): Promise<boolean> };
  readonly settings: AutotoonSettings;
}

export const dialect = 'autotoon';
/** When all places are taken, about as long as a quick picture needs. */
const concurrencyRetrySeconds = 2;

type Submission = Omit<SubmitJob, 'repeat' | 'accountId' | 'keyId'>;

/** A call that was understood, ready to be submitted once or again. */
interface Prepared {
  readonly order: Order;
  readonly submission: Submission;
  /** @param waitMs 0 to look at the job once */
  readonly submit: (waitMs: number) => Promise<AwaitedOutcome>;
}

/** The calls that make something; all but video wait for it. */
export function createCalls({
  jobs,
  answers,
  ledger,
  roster,
  pinning,
  settings,
}: CallDependencies): Readonly<
  Record<Order['operation'], (request: DialectRequest) => Promise<Reply>>
> {
  const { prices, concurrency, waitSeconds } = settings;
  const readers = createOrderReaders({ roster, prices });

  const creditsOf = async (accountId: string): Promise<number> => {
    const { subscription, onDemand } = await ledger.balance(accountId);
    return inCredits(subscription + onDemand);
  };

  const handler =
    (
      operation: Order['operation'],
      answer: (request: DialectRequest, prepared: Prepared) => Promise<Reply>,
    ) =>
    async (request: DialectRequest): Promise<Reply> => {
      const named = idempotencyGuard(request);
      if (!named.ok) return apiError('BAD_REQUEST', named.failure);
      const read = await readers[operation](request);
      if (!read.ok) return read.failure;
      const { aiModel } = read.value.order.request;
      const only = aiModel !== undefined && (await pinning.isPinned(request.principal.accountId));
      const submission = submissionOf(read.value, concurrency, only);
      return await answer(request, {
        order: read.value.order,
        submission,
        submit: (waitMs) =>
          submitAndWait(
            { jobs, answers, waitMs },
            request,
            named.value,
            submission,
            read.value.inline,
          ),
      });
    };

  const wait = async (
    { principal }: DialectRequest,
    { order, submission, submit }: Prepared,
  ): Promise<Reply> => {
    const outcome = await submit(waitSeconds * 1000);
    if (outcome.kind !== 'waited') return renderRefusal(outcome, submission.price);
    const left = await creditsOf(principal.accountId);
    return await outcome.reply(renderWaited(outcome.job, order, left));
  };

  /**
   * Answered at once. An equal call joins a video that is still being made, and one whose answer did not get through; after its
   * end it is a new one.
   */
  const start = async (_: DialectRequest, { submission, submit }: Prepared): Promise<Reply> => {
    let outcome = await submit(0);
    if (outcome.kind === 'waited' && (await outcome.isOver())) {
      await outcome.reply(renderStarted(outcome.job));
      outcome = await submit(0);
    }
    return outcome.kind === 'waited'
      ? outcome.acknowledge(renderStarted(outcome.job))
      : renderRefusal(outcome, submission.price);
  };

  return {
    generate: handler('generate', wait),
    variations: handler('variations', wait),
    relight: handler('relight', wait),
    upscale: handler('upscale', wait),
    video: handler('video', start),
  };
}

function submissionOf(
  { order, inline }: ReadOrder,
  concurrency: number | null,
  aiModelOnly: boolean,
): Submission {
  const { operation, price, fallbackPrice } = order;
  const request = aiModelOnly ? { ...order.request, aiModelOnly } : order.request;
  const stageInputs = inline.stagerFor(request);
  return {
    dialect,
    operation,
    request,
    price: inMilliCredits(price),
    fallbackPrice: fallbackPrice === undefined ? undefined : inMilliCredits(fallbackPrice),
    delivery: 'address',
    outputFormat: 'png',
    webhookUrl: null,
    concurrencyLimit: concurrency,
    ...(stageInputs === undefined ? {} : { stageInputs }),
  };
}

function renderStarted(job: JobView): Reply {
  return { status: 200, body: { id: videoIdOf(job.id), status: statusOf(job) } };
}

function renderRefusal(
  outcome:
    | Exclude<SubmitOutcome, { readonly kind: 'accepted' }>
    | { readonly kind: 'forgotten'; readonly jobId: string },
  price: number,
): Reply {
  switch (outcome.kind) {
    case 'out-of-credits':
      return apiError('INSUFFICIENT_CREDITS', 'Insufficient credits', {
        balance: inCredits(outcome.available),
        required: inCredits(price),
        needsTopUp: true,
      });
    case 'too-many-running':
      return {
        ...apiError(
          'RATE_LIMITED',
          `${outcome.limit} pictures are being made already; wait for one.`,
          { retryAfter: concurrencyRetrySeconds },
        ),
        headers: { 'retry-after': String(concurrencyRetrySeconds) },
      };
    case 'repeat-mismatch':
      return apiError(
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key was used before with another request; send a new one.',
      );
    case 'forgotten':
      return apiError('NOT_FOUND', `Job ${outcome.jobId} has been forgotten.`);
  }
}
