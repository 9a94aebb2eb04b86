import type { FastifyInstance } from 'fastify';
import { assetRoutes } from './assets/routes.ts';
import type { Config } from './config/config.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { Health } from './http/health-routes.ts';
import { contractRoutes } from './http/contracts/routes.ts';
import { createHttpServer } from './http/server.ts';
import { sampleRoutes } from './samples/samples.ts';
import type { Logger } from './telemetry/logger.ts';
import { uploadRoutes } from './uploads/routes.ts';
import { type Core, openCore } from './wiring/core.ts';
import { createDialects, unknownRate } from './wiring/dialects.ts';
import { createHealth } from './wiring/health.ts';
import { createFirstAccount } from './wiring/first-account.ts';
import { serveHome, StartProblem } from './wiring/home.ts';
import { exitAfter, listenForStop, stopMarginMs } from './wiring/process.ts';
import { welcome } from './wiring/welcome.ts';
import { createWork } from './wiring/work.ts';

export interface Options {
  readonly config: Config;
  readonly logger: Logger;
  /** Speaks to the person at the terminal, apart from the log. */
  readonly say: (message: string) => void;
}

/** `toile start`: the HTTP server and a worker in one process, until SIGTERM or SIGINT. */
export async function serve({ config, logger, say }: Options): Promise<void> {
  const stop = listenForStop();
  const home = await serveHome(config.home, config.publicUrl);
  try {
    const core = await openCore(config, logger, say);
    try {
      const dialects = createDialects(core, config);
      const misspelt = unknownRate(dialects, config.dialectRates);
      if (misspelt !== null) throw new StartProblem(misspelt);
      const work = config.workerConcurrency > 0 ? createWork(core, dialects, config, logger) : null;
      const app = createApp(core, dialects, createHealth(core, work), { config, logger });
      await listen(app, config);
      await work?.start();
      const first = await createFirstAccount(core.accounts, 'first key');
      say(welcome(config.publicUrl, first?.secret ?? null));
      logger.info({ address: config.publicUrl, workers: config.workerConcurrency }, 'ready');

      const signal = await stop.asked;
      logger.info({ signal }, 'stopping');
      exitAfter(config.drainSeconds * 1000 + stopMarginMs, logger);
      stop.onHurry(() => work?.hurry());
      // Requests in flight may still submit; their jobs wait in the queue for the next start.
      await Promise.all([
        closeInTime(app, config.drainSeconds),
        work?.drain(config.drainSeconds * 1000),
      ]);
    } finally {
      await core.close();
    }
  } finally {
    await home.leave();
  }
  logger.info('stopped');
}

function createApp(
  core: Core,
  dialects: readonly Dialect[],
  health: Health,
  { config, logger }: Pick<Options, 'config' | 'logger'>,
): FastifyInstance {
  const { accounts, addresses, pictures, samples, store, uploads, uploadTickets: tickets } = core;
  return createHttpServer({
    accounts,
    dialects,
    health,
    logger,
    limits: config.http,
    rates: config.dialectRates,
    corsOrigins: config.corsOrigins,
    plugins: [
      (server) =>
        assetRoutes(server, { addresses, store, findArtifact: (id) => pictures.find(id) }),
      (server) => sampleRoutes(server, { samples }),
      (server) => uploadRoutes(server, { uploads, tickets, mostBytes: config.http.bodyBytes }),
      (server) => contractRoutes(server, { dialects, publicUrl: config.publicUrl }),
    ],
  });
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw listenProblem(error, host, port) ?? error;
  }
}

function listenProblem(error: unknown, host: string, port: number): StartProblem | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE')
    return new StartProblem(
      `Port ${port} on ${host} is taken by another program. Stop it, or set PORT to another one.`,
    );
  if (code === 'EADDRNOTAVAIL')
    return new StartProblem(
      `This machine has no address ${host}. Set HOST to one it has, or to 0.0.0.0.`,
    );
  if (code === 'EACCES')
    return new StartProblem(
      `Port ${port} needs more rights than this user has. Set PORT to one above 1023.`,
    );
  return null;
}

/** Lets requests in flight end, and cuts what is still open after as long as jobs are given. */
async function closeInTime(app: FastifyInstance, seconds: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), seconds * 1000);
  await app.close();
  clearTimeout(timer);
}
