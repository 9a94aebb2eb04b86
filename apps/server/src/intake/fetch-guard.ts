import { type LookupAddress, type LookupOptions, lookup as resolve } from 'node:dns';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Agent, buildConnector, request as send } from 'undici';
import {
  type AllowList,
  bareHost,
  isAddress,
  mayConnect,
  parseAllowList,
} from './address-rules.ts';

/** Why an address given by a client was not reached. None of them says what it resolved to. */
export type FetchProblem =
  /** Not http or https, with credentials, or no URL at all. */
  | { readonly kind: 'invalid-url' }
  | { readonly kind: 'forbidden-address' }
  | { readonly kind: 'unknown-host' }
  | { readonly kind: 'unreachable' }
  /** The caller's signal fired. */
  | { readonly kind: 'aborted' };

export interface GuardedRequest {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Ends the request and the reading of its answer, whatever they are waiting for. */
  readonly signal: AbortSignal;
}

/** The body must be read to its end, dumped or destroyed. Redirects are not followed. */
export interface GuardedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readable;
}

export type GuardedResult =
  | { readonly ok: true; readonly answer: GuardedAnswer }
  | { readonly ok: false; readonly problem: FetchProblem };

/** Makes HTTP requests to addresses that strangers gave. The one door through which this server reaches them. */
export interface FetchGuard {
  /** One request, one answer. The address really connected to is checked, not what a name resolved to a moment before. */
  request(url: string, options: GuardedRequest): Promise<GuardedResult>;
  close(): Promise<void>;
}

export interface FetchGuardOptions {
  /** Host names, addresses and CIDR ranges that may be reached although they are private. */
  readonly allow: readonly string[];
  /** Milliseconds for name lookup, TCP and TLS together; default 10,000. */
  readonly connectTimeoutMs?: number;
}

class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

export function createFetchGuard({
  allow,
  connectTimeoutMs = 10_000,
}: FetchGuardOptions): FetchGuard {
  const allowed = parseAllowList(allow);
  const agent = new Agent({
    connect: guardedConnector(allowed, connectTimeoutMs),
    connections: 32,
    keepAliveTimeout: 1_000,
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
    maxHeaderSize: 32 * 1024,
  });

  return {
    close: () => agent.destroy(),
    async request(url, { method, headers, body, signal }) {
      const problem = judgeForm(allowed, url);
      if (problem !== null) return { ok: false, problem };
      try {
        const answer = await send(url, {
          dispatcher: agent,
          method,
          headers: { 'user-agent': 'Toile', ...headers },
          body: body ?? null,
          signal,
        });
        return {
          ok: true,
          answer: {
            status: answer.statusCode,
            headers: singleHeaders(answer.headers),
            body: answer.body,
          },
        };
      } catch (error) {
        return { ok: false, problem: problemOf(error, signal) };
      }
    },
  };
}

function judgeForm(allowed: AllowList, text: string): FetchProblem | null {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { kind: 'invalid-url' };
  }
  if (url.username !== '' || url.password !== '' || url.hostname === '') {
    return { kind: 'invalid-url' };
  }
  // URL has written every spelling of an address (0x7f.1, 2130706433) in its usual form.
  const host = bareHost(url.hostname);
  if (isAddress(host) && !mayConnect(allowed, host, host)) return { kind: 'forbidden-address' };
  return null;
}

/**
 * A literal address never passes through `lookup`, so it is checked before; what a name resolves to is filtered in
 * `lookup`, whose answer is what the socket connects to; and the far end is read once more from the connected socket.
 */
function guardedConnector(allowed: AllowList, timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: guardedLookup(allowed), allowH2: false });
  return (options, callback) => {
    const host = bareHost(options.hostname);
    if (isAddress(host) && !mayConnect(allowed, host, host)) {
      callback(new ForbiddenAddress(), null);
      return;
    }
    connect(options, (error, socket) => {
      if (error !== null) {
        callback(error, null);
      } else if (mayConnect(allowed, host, farEnd(socket))) {
        callback(null, socket);
      } else {
        socket.destroy();
        callback(new ForbiddenAddress(), null);
      }
    });
  };
}

const farEnd = (socket: Socket): string => socket.remoteAddress ?? '';

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

function guardedLookup(allowed: AllowList) {
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const good = found.filter(({ address }) => mayConnect(allowed, host, address));
      const [first] = good;
      if (first === undefined) callback(new ForbiddenAddress(), []);
      else if (options.all === true) callback(null, good);
      else callback(null, first.address, first.family);
    });
  };
}

function problemOf(error: unknown, signal: AbortSignal): FetchProblem {
  if (signal.aborted) return { kind: 'aborted' };
  if (error instanceof ForbiddenAddress) return { kind: 'forbidden-address' };
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOTFOUND') return { kind: 'unknown-host' };
  if (code === 'UND_ERR_INVALID_ARG') return { kind: 'invalid-url' };
  return { kind: 'unreachable' };
}

function singleHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}
