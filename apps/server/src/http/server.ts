import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Dialect, RateLimit } from '../dialects/dialect.ts';
import { createAdmission } from './admission.ts';
import type { Authenticator, RateOverrides } from './admission.ts';
import { createBodyParser } from './body/body-parser.ts';
import { createByteBudget } from './body/byte-budget.ts';
import { createCors } from './cors.ts';
import { addDialect } from './dialect-routes.ts';
import { createEdges } from './edges.ts';
import { addHealthRoutes } from './health-routes.ts';
import type { Health } from './health-routes.ts';
import type { HttpLogger } from './logger.ts';
import { createRateLimiter } from './rate-limit.ts';
import { createStreams } from './streams.ts';

export interface HttpLimits {
  /** A larger body is refused with 413. */
  readonly bodyBytes: number;
  /** All bodies in flight together; beyond it requests are refused with 429. */
  readonly bodyBudgetBytes: number;
  /** Wrong keys that one client address may send; null = no limit. */
  readonly wrongKeys: RateLimit | null;
  /** Event streams open at once in this process; one account may have half of them. */
  readonly streams: number;
}

export const defaultHttpLimits: HttpLimits = {
  bodyBytes: 32 * 1024 * 1024,
  bodyBudgetBytes: 256 * 1024 * 1024,
  wrongKeys: { requests: 20, seconds: 60 },
  streams: 10_000,
};

export interface HttpServerDependencies {
  readonly accounts: Authenticator;
  readonly dialects: readonly Dialect[];
  readonly health: Health;
  readonly logger: HttpLogger;
  /** Routes that are no dialect's: pictures, samples, studio. */
  readonly plugins?: readonly FastifyPluginAsync[];
  readonly limits?: Partial<HttpLimits>;
  /** Limits in place of the dialects' own. */
  readonly rates?: RateOverrides;
  /** Origins whose pages may call; none by default. */
  readonly corsOrigins?: readonly string[];
}

/** A whole request, body included, must have arrived by then. */
const requestTimeoutMs = 120_000;
/** Longer than the idle time of common proxies, so that it is they who close a connection. */
const keepAliveTimeoutMs = 65_000;

/**
 * The HTTP side of the server, ready to `listen`. `close` lets requests under way finish and drops idle connections.
 * Proxies are not trusted: the address of a client is that of its socket.
 */
export function createHttpServer(dependencies: HttpServerDependencies): FastifyInstance {
  const limits = { ...defaultHttpLimits, ...dependencies.limits };
  const edges = createEdges(dependencies.dialects, dependencies.logger);
  const app = Fastify({
    genReqId: () => randomUUID(),
    trustProxy: false,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    http: { headersTimeout: 20_000 },
    frameworkErrors: (_error, request, reply) => {
      edges.refuseAddress(request, reply);
    },
  });
  // Bodies are read by the endpoint, after its key and rate were checked; nothing is parsed on the way in.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => {
    done(null);
  });

  const limiter = createRateLimiter();
  const parser = createBodyParser();
  app.addHook('preClose', async () => {
    // Connections that are busy now would be kept open for reuse after their answer, and hold up the end.
    app.server.keepAliveTimeout = 1;
  });
  app.addHook('onClose', () => parser.close());
  edges.addTo(app);
  const cors = createCors(dependencies.corsOrigins ?? []);
  cors.addTo(app);
  addHealthRoutes(app, dependencies.health);
  const admit = createAdmission({
    accounts: dependencies.accounts,
    limiter,
    wrongKeys: limits.wrongKeys,
    rates: dependencies.rates ?? new Map(),
  });
  const bodies = {
    parser,
    budget: createByteBudget(limits.bodyBudgetBytes),
    limitBytes: limits.bodyBytes,
  };
  const shared = {
    admit,
    bodies,
    cors,
    streams: createStreams(app),
    streamBudget: createByteBudget(limits.streams),
  };
  for (const dialect of dependencies.dialects) addDialect(app, dialect, shared);
  for (const plugin of dependencies.plugins ?? []) void app.register(plugin);
  return app;
}
