import type { JobView } from '../jobs/port.ts';

/**
 * A wire API. A dialect is a table of endpoints and a few pure renderers; it is handed requests that have already passed
 * authentication, rate limits and body limits, and it knows neither the HTTP library, nor engines, nor the database.
 */
export interface Dialect {
  readonly name: string;
  /** Path prefixes whose unknown paths and errors are answered in this dialect's shape: `/v1/run`, `/v2/`. The longest match wins. */
  readonly prefixes: readonly string[];
  readonly endpoints: readonly Endpoint[];
  /** The API key as this dialect carries it, or null when the request has none. */
  secretOf(headers: RequestHeaders): string | null;
  /** What went wrong before or outside a handler, in this dialect's words. Total over `Problem`. */
  renderProblem(problem: Problem): Reply;
  /** The body that a status poll and a webhook carry for this job. */
  renderStatus(job: JobView): unknown;
}

export interface Endpoint {
  /** Names the bucket of the rate limit, and the endpoint in logs. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:name` marks a parameter. */
  readonly path: string;
  /** Requests a key may make in a sliding window; null = no limit. */
  readonly limit: RateLimit | null;
  /** What the key must have been made for. */
  readonly scope: Scope;
  handle(request: DialectRequest): Promise<Reply>;
}

/** What keys can be made for. */
export type Scope = 'run' | 'read';

export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** Who asks: the answer of authentication. */
export interface Principal {
  readonly accountId: string;
  readonly keyId: string;
  readonly scopes: readonly string[];
}

/** Lower-case names. A header that came more than once is an array, as Node gives it. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface DialectRequest {
  readonly principal: Principal;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: RequestHeaders;
  /** Null where the method carries none. */
  readonly body: InboundBody | null;
}

/** A JSON body whose large inline pictures were taken out and decoded, so that no megabyte string exists on the main thread. */
export interface InboundBody {
  readonly json: unknown;
  /** The pictures taken out, by the placeholder string that stands in `json` in their place; placeholders can not be guessed. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 (hex) of the body as received. */
  readonly sha256: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Everything that the HTTP edge refuses by itself. `retryAfterMs` is sent as `retry-after` by the edge. */
export type Problem =
  | { readonly kind: 'unknown-path'; readonly method: string; readonly path: string }
  | { readonly kind: 'wrong-method'; readonly method: string; readonly allowed: readonly string[] }
  | { readonly kind: 'key-missing' }
  | { readonly kind: 'key-refused' }
  /** The key is good but was made for less than this endpoint. */
  | { readonly kind: 'scope-missing'; readonly scope: Scope }
  | { readonly kind: 'too-many-wrong-keys'; readonly retryAfterMs: number }
  | { readonly kind: 'too-many-requests'; readonly limit: RateLimit; readonly retryAfterMs: number }
  /** All bodies in flight together have used up the server's memory for them. */
  | { readonly kind: 'too-busy'; readonly retryAfterMs: number }
  | { readonly kind: 'body-too-large'; readonly message: string }
  | { readonly kind: 'bad-body'; readonly message: string }
  | { readonly kind: 'internal' };
