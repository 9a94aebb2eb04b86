import type { Answers, Jobs, JobView } from '../../jobs/port.ts';
import { defaultPrices } from '../../prices/prices.ts';
import type { SelfiePrices } from '../../prices/selfie.ts';
import { apiKeyOf } from '../api-key.ts';
import { submitAndWait } from '../awaited.ts';
import type { DialectContract, EndpointContract } from '../contract.ts';
import type { Dialect, DialectRequest, RateLimit, Reply } from '../dialect.ts';
import { idempotencyGuard } from '../repeat.ts';
import { apiError, failureStatus, renderProblem } from './errors.ts';
import {
  clothingName,
  invalidSelfie,
  parseOrder,
  selfieName,
  unreachableClothing,
} from './parse.ts';
import { answerSchema, problemSchema, requestSchema } from './wire.ts';

/** What an operator may set. */
export interface SelfieSettings {
  /** Requests of one key; null = no limit, as the published page has none. */
  readonly limit: RateLimit | null;
  /** Unfinished jobs of an account; null = no limit. */
  readonly concurrency: number | null;
  readonly prices: SelfiePrices;
  /** How long a call waits for its picture. */
  readonly waitSeconds: number;
}

export const defaultSelfieSettings: SelfieSettings = {
  limit: null,
  concurrency: null,
  prices: defaultPrices.selfie,
  waitSeconds: 120,
};

export interface SelfieDependencies {
  readonly jobs: Pick<Jobs, 'submit' | 'waitFor'>;
  readonly answers: Answers;
  readonly settings?: Partial<SelfieSettings>;
}

const dialect = 'selfie';
const operation = 'generate_image';
const concurrencyRetrySeconds = 2;

/** The selfie API: one call, a picture in and a picture out. See docs/decisions/0022 for the choices where its page leaves room. */
export function createSelfieDialect(dependencies: SelfieDependencies): Dialect {
  const { jobs, answers } = dependencies;
  const settings = { ...defaultSelfieSettings, ...dependencies.settings };

  const generate = async (request: DialectRequest): Promise<Reply> => {
    if (request.body === null) throw new Error('a picture was asked for without a body');
    const named = idempotencyGuard(request);
    if (!named.ok) return apiError(400, named.failure);
    const order = parseOrder(request.body);
    if (!order.ok) return apiError(400, order.failure);
    const { draft, inline } = order.value;
    const stageInputs = inline.stagerFor(draft);
    const waiting = { jobs, answers, waitMs: settings.waitSeconds * 1000 };
    const submission = {
      dialect,
      operation,
      request: draft,
      price: Math.round(settings.prices.generateImage * 1000),
      delivery: 'base64',
      outputFormat: 'jpeg',
      webhookUrl: null,
      concurrencyLimit: settings.concurrency,
      ...(stageInputs === undefined ? {} : { stageInputs }),
    } as const;
    const outcome = await submitAndWait(waiting, request, named.value, submission, inline);
    switch (outcome.kind) {
      case 'waited':
        return await outcome.reply(renderWaited(outcome.job));
      case 'forgotten':
        return apiError(404, 'The picture has been forgotten; send the request again.');
      case 'out-of-credits':
        return apiError(429, 'This account has no credits left for another picture.');
      case 'too-many-running':
        return apiError(429, 'Requests are in progress already. Please wait for one to complete.', {
          'retry-after': String(concurrencyRetrySeconds),
        });
      case 'repeat-mismatch':
        return apiError(409, 'This Idempotency-Key was used before with another request.');
    }
  };

  return {
    name: dialect,
    prefixes: ['/generate_image'],
    contract,
    endpoints: [
      {
        name: operation,
        bucket: 'pictures',
        method: 'POST',
        path: '/generate_image',
        limit: settings.limit,
        scope: 'run',
        contract: endpointContract,
        handle: generate,
      },
    ],
    secretOf: (headers) => apiKeyOf(headers),
    renderProblem,
    renderStatus: (job) => renderWaited(job).body,
  };
}

function renderWaited(job: JobView): Reply {
  const { state } = job;
  switch (state.status) {
    case 'succeeded': {
      const [output] = state.outputs;
      if (output?.kind !== 'base64') throw new Error('a selfie was not delivered as base64');
      const [head = '', image = ''] = output.dataUri.split(',', 2);
      return {
        status: 200,
        body: { image_base64: image, mime_type: head.slice('data:'.length).split(';', 1)[0] },
      };
    }
    case 'failed':
      return apiError(failureStatus[state.failure.code], messageOf(state.failure, job.id));
    case 'canceled':
      return apiError(400, 'The picture was canceled.');
    case 'queued':
    case 'running':
      return apiError(
        500,
        `The picture was not ready in time. Job ${job.id} goes on: send the same request again within ten minutes to get it.`,
      );
  }
}

/** What went wrong, in the words of the caller's fields. */
function messageOf(
  failure: Extract<JobView['state'], { status: 'failed' }>['failure'],
  jobId: string,
): string {
  const { code, message } = failure;
  const isLoading = code === 'input-unreachable' || code === 'input-unreadable';
  if (isLoading && message.includes(`${selfieName} image`)) return invalidSelfie;
  if (isLoading && message.includes(`${clothingName} image`)) return unreachableClothing;
  return failureStatus[code] === 500 ? `${message} (job ${jobId})` : message;
}

const contract: DialectContract = {
  title: 'Selfie try-on',
  description: 'Somebody of a selfie in other clothes: one call, which waits for its picture.',
  key: { kind: 'header', name: 'X-API-Key' },
  problem: { schema: problemSchema, example: { error: 'selfie_base64 is required' } },
};

const endpointContract: EndpointContract = {
  summary: 'Dress the person of a selfie',
  request: requestSchema,
  example: {
    selfie_base64: 'BASE64_ENCODED_IMAGE',
    clothing_description: 'Oversized denim jacket',
    clothing_image_url: 'https://example.com/jacket.jpg',
    mode: 'environment',
  },
  answers: { 200: { description: 'The picture, as base64.', schema: answerSchema } },
  refusals: [400, 401, 403, 409, 413, 429, 500],
};
