import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What a page may read beside the body. */
const exposed = [
  'request-id',
  'retry-after',
  'ratelimit',
  'ratelimit-policy',
  'preference-applied',
  'idempotent-replayed',
  'location',
  'upload-offset',
  'upload-length',
].join(', ');
/** How long a browser may remember that it was let in. */
const rememberedSeconds = 600;

export interface Cors {
  /** Whether a page of an origin that is let in sends this request. */
  isBrowser(request: FastifyRequest): boolean;
  addTo(app: FastifyInstance): void;
}

/**
 * Lets pages of the configured origins call; of no others, and of none by default. Credentials of the browser (cookies)
 * play no part: whoever is let in still needs a token.
 */
export function createCors(origins: readonly string[]): Cors {
  const allowed: ReadonlySet<string> = new Set(origins);
  const isBrowser = (request: FastifyRequest): boolean =>
    request.headers.origin !== undefined && allowed.has(request.headers.origin);
  return {
    isBrowser,
    addTo(app) {
      if (allowed.size === 0) return;
      app.addHook('onRequest', async (request, reply) => {
        void reply.header('vary', 'Origin');
        if (!isBrowser(request)) return undefined;
        void reply.headers({
          'access-control-allow-origin': request.headers.origin ?? '',
          'access-control-expose-headers': exposed,
        });
        const wanted = request.headers['access-control-request-method'];
        if (request.method !== 'OPTIONS' || wanted === undefined) return undefined;
        return reply
          .code(204)
          .headers({
            'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
            'access-control-allow-headers':
              request.headers['access-control-request-headers'] ?? 'authorization, content-type',
            'access-control-max-age': String(rememberedSeconds),
          })
          .send();
      });
    },
  };
}
