import type { Problem } from './answers.ts';
import { ConnectionError, ProblemError } from './errors.ts';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD';
  /** Below `/toile/v1`, or a whole address. */
  readonly path: string;
  readonly json?: unknown;
  readonly body?: Exclude<RequestInit['body'], undefined>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Transport {
  /** The answer, when it is no refusal. A call that is safe to repeat is repeated when the connection breaks, on 429 and on 5xx. */
  send(call: Call): Promise<Response>;
  json<Answer>(call: Call): Promise<Answer>;
}

export interface TransportOptions {
  readonly baseUrl: string;
  readonly key: string | (() => string | Promise<string>);
  readonly fetch: Fetch;
  readonly retries: number;
}

const firstPauseMs = 400;
const longestPauseMs = 30_000;

export function createTransport({ baseUrl, key, fetch, retries }: TransportOptions): Transport {
  const base = baseUrl.replace(/\/+$/, '');

  async function attempt(call: Call, headers: Record<string, string>): Promise<Response> {
    const isOwn = call.path.startsWith('/');
    const secret = typeof key === 'string' ? key : await key();
    return fetch(isOwn ? `${base}/toile/v1${call.path}` : call.path, {
      method: call.method,
      headers: { ...(isOwn && { authorization: `Bearer ${secret}` }), ...headers },
      ...(call.json !== undefined && { body: JSON.stringify(call.json) }),
      ...(call.body !== undefined && { body: call.body }),
      ...(call.signal && { signal: call.signal }),
    });
  }

  const send = async (call: Call): Promise<Response> => {
    const headers: Record<string, string> = {
      ...(call.json !== undefined && { 'content-type': 'application/json' }),
      // A POST that is sent again must not be done twice.
      ...(call.method === 'POST' && { 'idempotency-key': crypto.randomUUID() }),
      ...call.headers,
    };
    for (let tries = 0; ; tries += 1) {
      let broken: unknown;
      const response = await attempt(call, headers).catch((error: unknown) => {
        call.signal?.throwIfAborted();
        broken = error;
        return null;
      });
      if (response !== null && response.ok) return response;
      const last = tries >= retries || call.method === 'PATCH';
      if (response === null) {
        if (last) throw new ConnectionError('The server gave no answer.', { cause: broken });
      } else if (last || !isWorthRepeating(response)) {
        throw new ProblemError(await problemOf(response), response.headers.get('request-id'));
      }
      await pause(pauseBefore(tries, response), call.signal);
    }
  };

  return {
    send,
    async json<Answer>(call: Call): Promise<Answer> {
      const response = await send(call);
      // Server and client are of one version of the API; answers are not checked again here.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return (await response.json()) as Answer;
    },
  };
}

const isWorthRepeating = ({ status }: Response): boolean => status === 429 || status >= 500;

/** As long as the server says, or longer each time; never in step with other clients. */
function pauseBefore(tries: number, response: Response | null): number {
  const seconds = Number(response?.headers.get('retry-after') ?? Number.NaN);
  const own = firstPauseMs * 2 ** tries * (1 + Math.random() / 2);
  return Math.min(longestPauseMs, Number.isFinite(seconds) ? seconds * 1000 : own);
}

export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
  signal?.throwIfAborted();
}

async function problemOf(response: Response): Promise<Problem> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) {
    return { ...body, status, code: String(body.code), detail: String(body.detail) };
  }
  // A proxy on the way, perhaps.
  return { status, code: 'unknown', detail: `The server answered ${status}.` };
}
