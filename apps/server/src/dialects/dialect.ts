import type { JobView } from '../jobs/port.ts';
import type { DialectContract, EndpointContract } from './contract.ts';

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
  /** How this dialect tells callers of their limit, on every answer; null where no key or no limit was met. Absent: it does not. */
  rateHeaders?(rate: RateState | null): Readonly<Record<string, string>>;
  /** Whether it keeps tokens to what was made with them. Where it does not, a token is refused as a wrong key is. */
  readonly takesTokens?: boolean;
  /** What its OpenAPI document says of the whole; absent: it has none. */
  readonly contract?: DialectContract;
}

export interface Endpoint {
  /** Names the bucket of the rate limit, and the endpoint in logs. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:name` marks a parameter. */
  readonly path: string;
  /** Requests a key may make in a sliding window; null = no limit. */
  readonly limit: RateLimit | null;
  /** Endpoints that name the same bucket count together; absent: `name`. */
  readonly bucket?: string;
  /** What the key must have been made for. */
  readonly scope: Scope;
  /** `bytes`: the body is handed over as it came, whatever its type. Absent: a POST carries JSON. */
  readonly bodyKind?: 'json' | 'bytes';
  /** The endpoint's part of the OpenAPI document. */
  readonly contract?: EndpointContract;
  handle(request: DialectRequest): Promise<Reply | StreamReply>;
}

/** What keys can be made for: sending jobs, reading about them, sending pictures, and managing keys and webhooks. */
export const scopes = ['run', 'read', 'upload', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** How much of a limit is used up, with this request counted. */
export interface RateState {
  /** The bucket. */
  readonly name: string;
  readonly limit: RateLimit;
  /** Requests that may follow at once. */
  readonly remaining: number;
  /** Until the window that is running ends. */
  readonly resetMs: number;
}

/** Who asks: the answer of authentication. */
export interface Principal {
  readonly accountId: string;
  readonly keyId: string;
  readonly scopes: readonly string[];
  /** A short-lived token, as browsers get them: it sees the jobs and uploads that were made with it, and no others. */
  readonly token?: boolean;
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
  /** The body of an endpoint whose `bodyKind` is `bytes`. */
  readonly bytes: Uint8Array | null;
  /**
   * Lets go of the pictures that came inside the body, and of their part of the server's memory for bodies. For calls that wait
   * long after they have stored them; `body.pictures` is empty from then on.
   */
  releaseBody(): void;
  /** Fires when the client goes away before it has its answer. */
  readonly signal: AbortSignal;
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
  /** Undefined: no body at all, as with 204. */
  readonly body: unknown;
  /** Called once, when the answer has been handed to the network whole, or when the client left before that. */
  readonly onSent?: (whole: boolean) => void;
}

/** An answer that goes on: server-sent events, already in their wire form. */
export interface StreamReply {
  readonly headers?: Readonly<Record<string, string>>;
  /** Written now and then on a quiet stream, so that nobody on the way takes it for dead. */
  readonly heartbeat: string;
  /** Called once the client is listening. */
  stream(sink: EventSink): void;
}

export interface EventSink {
  /** A client that does not keep up is cut off; it can come back and resume. */
  send(text: string): void;
  end(): void;
  /** Fires when the stream is over, whoever ended it. */
  readonly over: AbortSignal;
}

/** Everything that the HTTP edge refuses by itself. `retryAfterMs` is sent as `retry-after` by the edge. */
export type Problem =
  | { readonly kind: 'unknown-path'; readonly method: string; readonly path: string }
  | { readonly kind: 'wrong-method'; readonly method: string; readonly allowed: readonly string[] }
  | { readonly kind: 'key-missing' }
  | { readonly kind: 'key-refused' }
  /** The key is good but was made for less than this endpoint. */
  | { readonly kind: 'scope-missing'; readonly scope: Scope }
  /** An account's key was used by a page of a configured origin; browsers get tokens. */
  | { readonly kind: 'key-in-browser' }
  | { readonly kind: 'too-many-wrong-keys'; readonly retryAfterMs: number }
  | { readonly kind: 'too-many-requests'; readonly limit: RateLimit; readonly retryAfterMs: number }
  /** All bodies in flight together have used up the server's memory for them. */
  | { readonly kind: 'too-busy'; readonly retryAfterMs: number }
  | { readonly kind: 'body-too-large'; readonly message: string }
  | { readonly kind: 'bad-body'; readonly message: string }
  | { readonly kind: 'internal' };
