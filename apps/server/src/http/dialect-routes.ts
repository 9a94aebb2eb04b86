import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Dialect, Endpoint, Principal, Problem } from '../dialects/dialect.ts';
import type { Admission, AdmissionRequest } from './admission.ts';
import type { BodyParser, ParsedJson } from './body/body-parser.ts';
import type { ByteBudget, Reservation } from './body/byte-budget.ts';
import { readBody } from './body/read-body.ts';
import { contentTypeFault } from './content-type.ts';
import type { Cors } from './cors.ts';
import { pathOf } from './edges.ts';
import { refuse, respond } from './respond.ts';
import { eventStreamType } from './streams.ts';
import type { Streams } from './streams.ts';

export interface DialectRouteDependencies {
  readonly admit: (request: AdmissionRequest) => Promise<Admission>;
  readonly bodies: Bodies;
  readonly cors: Cors;
  readonly streams: Streams;
  /** Places for streams, counted as bytes are. */
  readonly streamBudget: ByteBudget;
}

export interface Bodies {
  readonly parser: BodyParser;
  readonly budget: ByteBudget;
  readonly limitBytes: number;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;
/** How long a client waits when all memory for bodies is in use: about as long as one large body needs. */
const busyRetryMs = 1000;

/** Serves the endpoints of a dialect, and refuses other methods on their paths in its shape. */
export function addDialect(
  app: FastifyInstance,
  dialect: Dialect,
  dependencies: DialectRouteDependencies,
): void {
  for (const endpoint of dialect.endpoints) addEndpoint(app, dialect, endpoint, dependencies);
  for (const path of new Set(dialect.endpoints.map((endpoint) => endpoint.path))) {
    addOtherMethods(app, dialect, path);
  }
}

function addEndpoint(
  app: FastifyInstance,
  dialect: Dialect,
  endpoint: Endpoint,
  { admit, bodies, cors, streams, streamBudget }: DialectRouteDependencies,
): void {
  /** Who was let in by `onRequest`, for the handler of the same request. */
  const principals = new WeakMap<FastifyRequest, Principal>();
  app.route<{ Params: Record<string, string> }>({
    method: endpoint.method,
    url: endpoint.path,
    async onRequest(request, reply) {
      const secret = dialect.secretOf(request.headers);
      const admission = await admit({
        secret,
        address: request.ip,
        dialect,
        endpoint,
        fromBrowser: cors.isBrowser(request),
      });
      void reply.headers(dialect.rateHeaders?.(admission.rate) ?? {});
      if (!admission.ok) return refuse(reply, dialect, admission.problem);
      principals.set(request, admission.principal);
      const fault = carriesJson(endpoint) ? contentTypeFault(request.headers) : null;
      return fault === null
        ? undefined
        : refuse(reply, dialect, { kind: 'bad-body', message: fault });
    },
    async handler(request, reply) {
      const principal = principals.get(request);
      if (principal === undefined) throw new Error('a request came past admission');
      const reservation = bodies.budget.open(principal.accountId);
      try {
        const body = await inboundBody(endpoint, request, bodies, reservation);
        if (!body.ok) return refuse(reply, dialect, body.problem);
        const answer = await endpoint.handle({
          principal,
          path: pathOf(request),
          parameters: request.params,
          query: queryOf(request),
          headers: request.headers,
          body: body.json,
          bytes: body.bytes,
          releaseBody() {
            body.json?.pictures.clear();
            reservation.release();
          },
          get signal() {
            return departureOf(reply);
          },
        });
        if (!('stream' in answer)) {
          if (answer.onSent) tellWhenSent(reply, answer.onSent);
          return respond(reply, answer);
        }
        // Headers are all that such a client wants, and they are known.
        if (request.method === 'HEAD') {
          return reply
            .headers(answer.headers ?? {})
            .type(eventStreamType)
            .send();
        }
        const place = streamBudget.open(principal.accountId);
        if (!place.grow(1)) {
          return refuse(reply, dialect, { kind: 'too-busy', retryAfterMs: busyRetryMs });
        }
        streams.open(reply, {
          ...answer,
          stream(sink) {
            sink.over.addEventListener('abort', () => place.release());
            answer.stream(sink);
          },
        });
        return reply;
      } finally {
        reservation.release();
      }
    },
  });
}

type InboundResult =
  | { readonly ok: true; readonly json: ParsedJson | null; readonly bytes: Uint8Array | null }
  | { readonly ok: false; readonly problem: Problem };

const carriesJson = (endpoint: Endpoint): boolean =>
  endpoint.method === 'POST' && endpoint.bodyKind !== 'bytes';

async function inboundBody(
  endpoint: Endpoint,
  request: FastifyRequest,
  { parser, limitBytes }: Bodies,
  reservation: Reservation,
): Promise<InboundResult> {
  if (endpoint.method !== 'POST') return { ok: true, json: null, bytes: null };
  const outcome = await readBody(request.raw, limitBytes, reservation);
  switch (outcome.kind) {
    case 'read': {
      if (!carriesJson(endpoint)) return { ok: true, json: null, bytes: outcome.bytes };
      const parsed = await parser.parse(outcome.bytes);
      if (parsed.ok) return { ok: true, json: parsed.value, bytes: null };
      const kind = parsed.tooLarge ? 'body-too-large' : 'bad-body';
      return { ok: false, problem: { kind, message: parsed.message } };
    }
    case 'too-large':
      return { ok: false, problem: { kind: 'body-too-large', message: tooLarge(limitBytes) } };
    case 'over-budget':
      return { ok: false, problem: { kind: 'too-busy', retryAfterMs: busyRetryMs } };
    case 'aborted':
      return { ok: false, problem: { kind: 'bad-body', message: 'The request broke off.' } };
  }
}

/** Made only for those who ask: most answers are there before a client could leave. */
function departureOf(reply: FastifyReply): AbortSignal {
  const { raw } = reply;
  const departure = new AbortController();
  if (raw.destroyed && !raw.writableFinished) departure.abort();
  raw.once('close', () => {
    if (!raw.writableFinished) departure.abort();
  });
  return departure.signal;
}

function tellWhenSent({ raw }: FastifyReply, onSent: (whole: boolean) => void): void {
  const tell = (): void => onSent(raw.writableFinished);
  if (raw.destroyed) tell();
  else raw.once('close', tell);
}

function tooLarge(limitBytes: number): string {
  return (
    `The request body is larger than ${limitBytes / 1024 / 1024} MB. ` +
    'Send smaller pictures, or their addresses in place of base64.'
  );
}

function queryOf(request: FastifyRequest): URLSearchParams {
  const start = request.url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : request.url.slice(start + 1));
}

function addOtherMethods(app: FastifyInstance, dialect: Dialect, path: string): void {
  const served = dialect.endpoints.filter((endpoint) => endpoint.path === path);
  const allowed: HTTPMethods[] = served.flatMap(({ method }) =>
    method === 'GET' ? ['GET', 'HEAD'] : [method],
  );
  const refuseMethod = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    request.method === 'OPTIONS'
      ? reply
          .code(204)
          .header('allow', [...allowed, 'OPTIONS'].join(', '))
          .send()
      : refuse(reply.headers(dialect.rateHeaders?.(null) ?? {}), dialect, {
          kind: 'wrong-method',
          method: request.method,
          allowed,
        });
  app.route({
    method: methods.filter((method) => !allowed.includes(method)),
    url: path,
    handler: refuseMethod,
  });
}
