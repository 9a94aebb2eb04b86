import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Dialect, Problem } from '../dialects/dialect.ts';
import { loggable } from './logger.ts';
import type { HttpLogger } from './logger.ts';
import { refuse } from './respond.ts';

/** Answers are for machines: they are never sniffed, framed, or kept by a cache unless a route says otherwise. */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** A client that was refused may send the rest of its body for so long before the connection is cut. */
const lingerMs = 10_000;

/** Paths are repeated in messages up to this length. */
const shownPathLength = 120;

export interface Edges {
  addTo(app: FastifyInstance): void;
  /** For addresses that can not be decoded; the HTTP library runs no hooks for them. */
  refuseAddress(request: FastifyRequest, reply: FastifyReply): void;
}

/** What is the same for every route: headers, the log line, unknown paths, and errors that nobody expected. */
export function createEdges(dialects: readonly Dialect[], logger: HttpLogger): Edges {
  const dialectAt = createDialectFinder(dialects);
  const refuseUnknown = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = pathOf(request);
    const shown = path.slice(0, shownPathLength);
    const dialect = dialectAt(path);
    return refuse(reply.headers(dialect?.rateHeaders?.(null) ?? {}), dialect, {
      kind: 'unknown-path',
      method: request.method,
      path: shown,
    });
  };

  return {
    addTo(app) {
      addHooks(app, logger);
      app.setNotFoundHandler(refuseUnknown);
      app.setErrorHandler<FastifyError>((error, request, reply) => {
        const problem = problemOf(error);
        if (problem.kind === 'internal') {
          logger.error({ requestId: request.id, error: loggable(error) }, 'request failed');
        }
        const dialect = dialectAt(pathOf(request));
        // An answer that failed on its way has its rate headers already, with what was really counted.
        for (const [name, value] of Object.entries(dialect?.rateHeaders?.(null) ?? {})) {
          if (!reply.hasHeader(name)) void reply.header(name, value);
        }
        return refuse(reply, dialect, problem);
      });
    },
    refuseAddress(request, reply) {
      void refuseUnknown(request, reply.headers(headersFor(request)));
    },
  };
}

function headersFor(request: FastifyRequest): Record<string, string> {
  return { ...securityHeaders, 'request-id': request.id };
}

function addHooks(app: FastifyInstance, logger: HttpLogger): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(headersFor(request));
  });
  app.addHook('onResponse', async (request, reply) => {
    if (!request.raw.complete) discardForAWhile(request);
    logger.debug(
      {
        requestId: request.id,
        method: request.method,
        // The pattern of the route: a path holds ids, and a query may hold signatures.
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
  });
}

/** A refused request may still be sending. Node reads on and throws away; this ends it when that takes too long. */
function discardForAWhile(request: FastifyRequest): void {
  const { socket } = request.raw;
  const timer = setTimeout(() => {
    if (!request.raw.complete) socket.destroy();
  }, lingerMs);
  timer.unref();
  // Of the request and not of its socket, which may serve many refused requests and would gather a listener from each.
  request.raw.once('close', () => {
    clearTimeout(timer);
  });
}

/** The HTTP library's own refusals are the client's doing; everything else is ours. */
function problemOf(error: FastifyError): Problem {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { kind: 'body-too-large', message: 'The request body is too large.' };
  }
  const status = error.statusCode ?? 500;
  return typeof error.code === 'string' && error.code.startsWith('FST_ERR_') && status < 500
    ? { kind: 'bad-body', message: 'The request could not be read; check its headers and body.' }
    : { kind: 'internal' };
}

export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

/** The dialect with the longest prefix of a path, or null. */
function createDialectFinder(dialects: readonly Dialect[]): (path: string) => Dialect | null {
  const table = dialects
    .flatMap((dialect) => dialect.prefixes.map((prefix) => ({ prefix, dialect })))
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  return (path) => table.find(({ prefix }) => path.startsWith(prefix))?.dialect ?? null;
}
