import type { Balance, Jobs, MilliCredits, SubmitOutcome } from '../../jobs/port.ts';
import type { Roster } from '../../roster/port.ts';
import type { DialectRequest, Endpoint, Reply } from '../dialect.ts';
import { warningHeaders } from '../warnings.ts';
import { contracts } from './contract.ts';
import { apiError } from './errors.ts';
import { parseRun } from './parse-run.ts';
import type { ParsedRun } from './parse-run.ts';
import { hasEnded, renderStatus } from './render.ts';
import { repeatGuardOf } from './repeat.ts';
import { savedPictures } from './saved-pictures.ts';
import { defaultFashnSettings } from './settings.ts';
import type { FashnSettings } from './settings.ts';
import { webhookUrlOf } from './webhook-url.ts';

/** The part of the ledger that `/v1/credits` reads. */
export interface LedgerReader {
  balance(accountId: string): Promise<Balance>;
}

export interface FashnDependencies {
  readonly jobs: Pick<Jobs, 'submit' | 'find'>;
  readonly ledger: LedgerReader;
  /** Saved models, which a picture may be by name: `saved:NAME`. */
  readonly roster: Pick<Roster, 'findNamed'>;
  readonly settings?: Partial<FashnSettings>;
}

const creditsHeader = 'x-fashn-credits-used';
/** When all places are taken, about as long as a quick prediction needs. */
const concurrencyRetrySeconds = 2;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createEndpoints({ jobs, ledger, roster, settings }: FashnDependencies): Endpoint[] {
  const { limits, concurrency, prices, milliCreditsPerCredit } = {
    ...defaultFashnSettings,
    ...settings,
  };
  const inCredits = (amount: MilliCredits): number => Math.floor(amount / milliCreditsPerCredit);

  const run = async (request: DialectRequest): Promise<Reply> => {
    const { body } = request;
    if (body === null) throw new Error('a run came without a body');
    const webhookUrl = webhookUrlOf(request.query);
    if (!webhookUrl.ok) return apiError('BadRequest', webhookUrl.failure);
    const repeat = repeatGuardOf(request);
    if (!repeat.ok) return apiError('BadRequest', repeat.failure);
    const saved = await savedPictures(body.json, request.principal.accountId, roster);
    const parsed = parseRun(body, prices, saved);
    if (!parsed.ok) return apiError('BadRequest', parsed.failure);
    const { model, draft, inline, credits, outputFormat, returnBase64 } = parsed.value;
    const stageInputs = inline.stagerFor(draft);
    const outcome = await jobs.submit({
      accountId: request.principal.accountId,
      keyId: request.principal.keyId,
      dialect: 'fashn',
      operation: model,
      request: draft,
      price: credits * milliCreditsPerCredit,
      delivery: returnBase64 ? 'base64' : 'address',
      outputFormat,
      webhookUrl: webhookUrl.value,
      concurrencyLimit: concurrency,
      repeat: repeat.value,
      ...(stageInputs === undefined ? {} : { stageInputs }),
    });
    return renderOutcome(outcome, parsed.value, inCredits);
  };

  const status = async (request: DialectRequest): Promise<Reply> => {
    const id = request.parameters['id'] ?? '';
    // Only ids of our making are looked up; the database would throw on others.
    const job = uuid.test(id) ? await jobs.find(request.principal.accountId, 'fashn', id) : null;
    if (job === null) {
      return apiError('NotFound', 'No prediction has this id; it may have expired.');
    }
    return {
      status: 200,
      headers: {
        ...(hasEnded(job) && { [creditsHeader]: String(inCredits(job.charged)) }),
        ...warningHeaders(job),
      },
      body: renderStatus(job, new Date()),
    };
  };

  const credits = async (request: DialectRequest): Promise<Reply> => {
    const balance = await ledger.balance(request.principal.accountId);
    const subscription = inCredits(balance.subscription);
    const onDemand = inCredits(balance.onDemand);
    return {
      status: 200,
      body: { credits: { total: subscription + onDemand, subscription, on_demand: onDemand } },
    };
  };

  return [
    {
      name: 'run',
      method: 'POST',
      path: '/v1/run',
      limit: limits.run,
      scope: 'run',
      contract: contracts.run,
      handle: run,
    },
    {
      name: 'status',
      method: 'GET',
      path: '/v1/status/:id',
      limit: limits.status,
      scope: 'read',
      contract: contracts.status,
      handle: status,
    },
    {
      name: 'credits',
      method: 'GET',
      path: '/v1/credits',
      limit: limits.credits,
      scope: 'read',
      contract: contracts.credits,
      handle: credits,
    },
  ];
}

function renderOutcome(
  outcome: SubmitOutcome,
  run: ParsedRun,
  inCredits: (amount: MilliCredits) => number,
): Reply {
  switch (outcome.kind) {
    case 'accepted':
      return {
        status: 200,
        headers: { [creditsHeader]: String(run.credits) },
        body: { id: outcome.jobId, error: null },
      };
    case 'out-of-credits':
      return apiError(
        'OutOfCredits',
        `This request costs ${run.credits} ${run.credits === 1 ? 'credit' : 'credits'} and ${inCredits(outcome.available)} are left.`,
        { 'x-should-retry': 'false' },
      );
    case 'too-many-running':
      return apiError(
        'ConcurrencyLimitExceeded',
        `${outcome.limit} predictions are running already; wait for one to end.`,
        {
          'retry-after': String(concurrencyRetrySeconds),
          'retry-after-ms': String(concurrencyRetrySeconds * 1000),
        },
      );
    case 'repeat-mismatch':
      return apiError(
        'IdempotencyKeyReused',
        'This Idempotency-Key was used before with another request; send a new one.',
      );
  }
}
