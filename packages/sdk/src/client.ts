import type {
  Account,
  Balance,
  Batch,
  CapabilityInfo,
  Engine,
  Job,
  JobEvent,
  JobStatus,
  Key,
  Model,
  Preflight,
  Quote,
  Token,
  Upload,
  UsageRow,
  Vocabulary,
  WebhookEndpoint,
} from './answers.ts';
import { JobError } from './errors.ts';
import { follow, waitFor } from './follow.ts';
import type { FollowOptions, WaitOptions } from './follow.ts';
import type { JobRequest } from './requests.ts';
import { createTransport } from './transport.ts';
import type { Fetch } from './transport.ts';
import { sendUpload, withUploads } from './uploads.ts';
import type { UploadOptions } from './uploads.ts';

export interface ToileOptions {
  /** Where the server is: `https://toile.example`. */
  readonly baseUrl: string;
  /** An API key; in a browser a token, or a function that fetches a fresh one from your server. */
  readonly key: string | (() => string | Promise<string>);
  /** In place of the global `fetch`. */
  readonly fetch?: Fetch;
  /** How often a call that failed for no fault of its own is repeated; 3 by default. */
  readonly retries?: number;
}

export interface SubmitOptions {
  /** The same key and request are done once within 24 hours; by default every call has a key of its own, for its own retries. */
  readonly idempotencyKey?: string;
  /** Past it the job is canceled, free of charge. */
  readonly deadlineSeconds?: number;
  readonly webhookUrl?: string;
  readonly signal?: AbortSignal;
}

export interface ListOptions {
  readonly status?: JobStatus;
  readonly capability?: string;
  readonly batchId?: string;
}

/** A client of Toile's own API. Every method throws `ProblemError` when the server refuses, and `ConnectionError` when it gives no answer. */
export type Toile = ReturnType<typeof createToile>;

/**
 * @example
 * const toile = createToile({ baseUrl: 'http://127.0.0.1:4040', key });
 * const job = await toile.run({ capability: 'try-on', images: { model: photo, garment: shirt } });
 * console.log(job.outputs[0]?.url);
 */
export function createToile(options: ToileOptions) {
  const transport = createTransport({
    baseUrl: options.baseUrl,
    key: options.key,
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    retries: options.retries ?? 3,
  });
  const get = <Answer>(path: string): Promise<Answer> => transport.json({ method: 'GET', path });
  const post = <Answer>(path: string, json: object, more: SubmitOptions = {}): Promise<Answer> =>
    transport.json({
      method: 'POST',
      path,
      json,
      headers: {
        ...(more.idempotencyKey !== undefined && { 'idempotency-key': more.idempotencyKey }),
        ...(more.deadlineSeconds !== undefined && {
          'toile-deadline': String(more.deadlineSeconds),
        }),
      },
      signal: more.signal,
    });
  const remove = async (path: string): Promise<void> => {
    await transport.send({ method: 'DELETE', path });
  };
  const ready = (request: JobRequest, { signal }: SubmitOptions): Promise<object> =>
    withUploads(transport, request, { signal });

  const submit = async (request: JobRequest, more: SubmitOptions = {}): Promise<Job> =>
    post('/jobs', { ...(await ready(request, more)), ...webhook(more) }, more);

  return {
    /** Submits a job and waits for it; throws a `JobError` unless it succeeds. `signal` ends the waiting and cancels the job. */
    async run(request: JobRequest, more: SubmitOptions & WaitOptions = {}): Promise<Job> {
      const submitted = await submit(request, more);
      try {
        const job = await waitFor(transport, submitted.id, more);
        if (job.status !== 'succeeded') throw new JobError(job);
        return job;
      } catch (error) {
        if (more.signal?.aborted === true) {
          await post(`/jobs/${submitted.id}/cancel`, {}).catch(() => undefined);
        }
        throw error;
      }
    },

    jobs: {
      submit,
      /** Up to 100, accepted whole or not at all. */
      async submitBatch(requests: readonly JobRequest[], more: SubmitOptions = {}): Promise<Batch> {
        const jobs = await Promise.all(requests.map((request) => ready(request, more)));
        return post('/jobs', { jobs, ...webhook(more) }, more);
      },
      get: (id: string): Promise<Job> => get(`/jobs/${encodeURIComponent(id)}`),
      /** The job as it ended, whatever became of it. */
      wait: (id: string, more?: WaitOptions): Promise<Job> => waitFor(transport, id, more),
      events: (id: string, more?: FollowOptions): AsyncGenerator<JobEvent, void, undefined> =>
        follow(transport, id, more),
      cancel: (id: string): Promise<Job> => post(`/jobs/${encodeURIComponent(id)}/cancel`, {}),
      /** All jobs, newest first, page by page as they are asked for. */
      async *list({ status, capability, batchId }: ListOptions = {}): AsyncGenerator<Job> {
        let cursor: string | null = null;
        do {
          const query = new URLSearchParams({ limit: '50' });
          if (status !== undefined) query.set('status', status);
          if (capability !== undefined) query.set('capability', capability);
          if (batchId !== undefined) query.set('batch', batchId);
          if (cursor !== null) query.set('cursor', cursor);
          const page: { jobs: Job[]; next: string | null } = await get(`/jobs?${query}`);
          yield* page.jobs;
          cursor = page.next;
        } while (cursor !== null);
      },
    },

    /** What it would cost and how long it would take; nothing is started, and bytes of pictures are not sent. */
    quote: (...requests: readonly JobRequest[]): Promise<Quote> =>
      post('/quotes', { jobs: requests.map(withoutBytes) }),

    /** Whether the job could be done, as far as its pictures tell; bytes are sent ahead, nothing is charged. */
    preflight: async (
      request: JobRequest,
      more: Pick<SubmitOptions, 'signal'> = {},
    ): Promise<Preflight> => post('/preflights', await ready(request, more), more),

    uploads: {
      send: (picture: Blob | Uint8Array, more?: UploadOptions): Promise<Upload> =>
        sendUpload(transport, picture, more),
      get: (id: string): Promise<Upload> => get(`/uploads/${encodeURIComponent(id)}`),
      delete: (id: string): Promise<void> => remove(`/uploads/${encodeURIComponent(id)}`),
    },

    models: {
      list: async (): Promise<readonly Model[]> =>
        (await get<{ models: Model[] }>('/models')).models,
      /** `portrait` and `sheet` are addresses or data URIs. */
      create: (model: {
        readonly name: string;
        readonly portrait: string;
        readonly sheet?: string;
        readonly prompt?: string;
      }): Promise<Model> => post('/models', model),
      delete: (id: string): Promise<void> => remove(`/models/${encodeURIComponent(id)}`),
    },

    account: {
      get: (): Promise<Account> => get('/account'),
      /** Whether another model may step in for one that the server does not have. Needs a key made for `admin`. */
      setFallback: (fallback: boolean): Promise<Account> => post('/account', { fallback }),
    },
    balance: (): Promise<Balance> => get('/balance'),
    /** Days are UTC, as `2026-11-21`; the last 30 by default. */
    usage: async (days: { readonly from?: string; readonly to?: string } = {}) =>
      (await get<{ rows: readonly UsageRow[] }>(`/usage?${new URLSearchParams(days)}`)).rows,
    engines: async (): Promise<readonly Engine[]> =>
      (await get<{ engines: Engine[] }>('/engines')).engines,
    capabilities: async (): Promise<readonly CapabilityInfo[]> =>
      (await get<{ capabilities: CapabilityInfo[] }>('/capabilities')).capabilities,

    /** What `direction` knows by name. */
    presets: async (): Promise<readonly Vocabulary[]> =>
      (await get<{ vocabularies: Vocabulary[] }>('/presets')).vocabularies,

    /** For a browser: it may do what `scopes` say, with its own jobs, for so many seconds. */
    createToken: (
      wish: {
        readonly scopes?: readonly ('run' | 'read' | 'upload')[];
        readonly seconds?: number;
      } = {},
    ): Promise<Token> => post('/tokens', wish),

    keys: {
      list: async (): Promise<readonly Key[]> => (await get<{ keys: Key[] }>('/keys')).keys,
      /** The secret is shown this once. */
      create: (
        name: string,
        scopes?: readonly string[],
      ): Promise<Key & { readonly secret: string }> =>
        post('/keys', { name, ...(scopes && { scopes }) }),
      revoke: (id: string): Promise<void> => remove(`/keys/${encodeURIComponent(id)}`),
    },

    webhookEndpoints: {
      list: async (): Promise<readonly WebhookEndpoint[]> =>
        (await get<{ endpoints: WebhookEndpoint[] }>('/webhook-endpoints')).endpoints,
      /** The secret is shown this once; `verifyWebhook` wants it. */
      create: (url: string): Promise<WebhookEndpoint & { readonly secret: string }> =>
        post('/webhook-endpoints', { url }),
      delete: (id: string): Promise<void> => remove(`/webhook-endpoints/${encodeURIComponent(id)}`),
    },
  };
}

const webhook = ({ webhookUrl }: SubmitOptions): object =>
  webhookUrl === undefined ? {} : { webhookUrl };

/** A quote looks at no picture, so that a word will do in place of one. */
function withoutBytes(request: JobRequest): object {
  const images: object = Object.fromEntries(
    Object.entries(request.images).map(([name, picture]) => [
      name,
      typeof picture === 'string' && picture.length < 4096 ? picture : 'picture',
    ]),
  );
  return { ...request, images };
}
