import type { FastifyInstance } from 'fastify';
import { createPinning } from '../src/accounts/pinning.ts';
import { assetRoutes } from '../src/assets/routes.ts';
import type { CapabilityName } from '../src/capabilities/index.ts';
import { createAutotoonDialect } from '../src/dialects/autotoon/index.ts';
import type { AutotoonSettings } from '../src/dialects/autotoon/index.ts';
import type { Dialect } from '../src/dialects/dialect.ts';
import { createFashnDialect } from '../src/dialects/fashn/index.ts';
import type { FashnSettings } from '../src/dialects/fashn/index.ts';
import { createSelfieDialect } from '../src/dialects/selfie/index.ts';
import type { SelfieSettings } from '../src/dialects/selfie/index.ts';
import { createVistoureDialect } from '../src/dialects/vistoure/index.ts';
import type { VistoureSettings } from '../src/dialects/vistoure/index.ts';
import type { Engine, EngineJob, EngineOutput } from '../src/engines/engine.ts';
import { createRouter } from '../src/engines/router.ts';
import { type Result, succeed } from '../src/failures/failure.ts';
import { createFinisher } from '../src/finish/finish.ts';
import { createHttpServer } from '../src/http/server.ts';
import type { HttpServerDependencies } from '../src/http/server.ts';
import { createFetchGuard } from '../src/intake/fetch-guard.ts';
import { createIntake } from '../src/intake/intake.ts';
import { createMediaThreads } from '../src/intake/media-threads.ts';
import { createAnswers } from '../src/jobs/answers.ts';
import { type Artifacts, createArtifacts } from '../src/jobs/artifacts.ts';
import { createJobRequests } from '../src/jobs/requests.ts';
import { createRosterPictures } from '../src/roster/pictures.ts';
import { createRoster } from '../src/roster/roster.ts';
import { createSamples } from '../src/samples/samples.ts';
import { type Departure, watchContracts } from './contract-check.ts';
import { startCore } from './core.ts';
import { servePictures } from './picture-server.ts';
import { freshDatabase } from './postgres.ts';
import { stagesAround } from './stages.ts';

const capabilities: readonly CapabilityName[] = [
  'try-on',
  'product-to-model',
  'face-to-model',
  'model-create',
  'model-swap',
  'editorial',
  'variations',
  'edit',
  'relight',
  'upscale',
  'fabric-change',
  'sketch-to-garment',
  'reframe',
  'background-change',
  'background-remove',
  'image-to-video',
];

type Paint = (job: EngineJob) => Promise<Result<EngineOutput>> | Result<EngineOutput>;

const grey = { width: 8, height: 8, channels: 3, data: new Uint8Array(192).fill(90) } as const;
/** As many grey pictures as were asked for. */
export const paintGrey: Paint = ({ request }) =>
  succeed({ images: Array.from({ length: request.count }, () => grey), warnings: [] });

export interface VendorOptions {
  readonly fashn?: Partial<FashnSettings>;
  readonly vistoure?: Partial<VistoureSettings>;
  readonly autotoon?: Partial<AutotoonSettings>;
  readonly selfie?: Partial<SelfieSettings>;
  readonly http?: Partial<HttpServerDependencies>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export type VendorServer = Awaited<ReturnType<typeof startVendors>>;

/**
 * Every vendor's dialect over HTTP, on a real core, intake, router and finisher, around an engine of the test's own that can
 * do everything. `paint` and `aiModels` may be changed at any time.
 */
export async function startVendors() {
  const database = await freshDatabase({ poolSize: 10 });
  const core = await startCore(database);
  const pictures = await servePictures();
  const { jobs, ledger, accounts, logger, store, addresses } = core;
  const fetchGuard = createFetchGuard({ allow: ['127.0.0.1'] });
  const threads = createMediaThreads();
  const artifacts = createArtifacts({ database });
  const rosterPictures = createRosterPictures({ database });
  const kept: Artifacts = {
    find: async (id) => (await artifacts.find(id)) ?? (await rosterPictures.find(id)),
  };
  const intake = createIntake({
    fetchGuard,
    threads,
    store,
    addresses,
    artifacts: kept,
    samples: createSamples(),
  });
  const engine: { paint: Paint; aiModels: string[]; seen: EngineJob[] } = {
    paint: paintGrey,
    aiModels: [],
    seen: [],
  };
  const testEngine: Engine = {
    name: 'test',
    version: '1',
    capabilities,
    get aiModels() {
      return engine.aiModels;
    },
    accepts: () => succeed(null),
    run: async (job) => {
      engine.seen.push(job);
      return await engine.paint(job);
    },
    close: async () => undefined,
  };
  const router = createRouter([testEngine]);
  const finisher = createFinisher({ threads });
  core.worker(
    stagesAround(undefined, {
      intake: (request, accountId, signal) => intake.prepare(request, accountId, signal),
      route: (job) => router.route(job),
      finish: (image, format, signal) => finisher.finish(image, format, signal),
    }),
    { concurrency: 4 },
  );
  const roster = createRoster({ database, store, addresses, files: intake });
  const parts = {
    jobs,
    ledger,
    roster,
    answers: createAnswers({ database }),
    requests: createJobRequests({ database }),
    keys: accounts,
    pinning: createPinning({ database }),
  };
  const apps: FastifyInstance[] = [];
  const departures: (readonly Departure[])[] = [];

  return {
    database,
    core,
    roster,
    pinning: parts.pinning,
    engine,
    pictures: pictures.base,
    /** Answers that the OpenAPI documents do not describe. */
    departures: () => departures.flat(),

    dialects: (options: VendorOptions = {}): readonly Dialect[] => [
      createFashnDialect({
        ...parts,
        settings: { limits: { run: null, status: null, credits: null }, ...options.fashn },
      }),
      createVistoureDialect({
        ...parts,
        settings: { limits: { run: null, status: null, tokens: null }, ...options.vistoure },
      }),
      createAutotoonDialect({ ...parts, settings: { limit: null, ...options.autotoon } }),
      createSelfieDialect({ ...parts, settings: options.selfie ?? {} }),
    ],

    /** An HTTP server over the same core; without rate limits unless given. */
    async listen(options: VendorOptions = {}) {
      const dialects = this.dialects(options);
      const app = createHttpServer({
        accounts,
        dialects,
        health: { check: async () => ({ ready: true, parts: {} }) },
        logger,
        plugins: [
          (server) =>
            assetRoutes(server, { addresses, store, findArtifact: (id) => kept.find(id) }),
        ],
        limits: { wrongKeys: null },
        ...options.http,
      });
      departures.push(watchContracts(app, dialects));
      apps.push(app);
      return await app.listen({ host: '127.0.0.1', port: 0 });
    },

    async stop() {
      await Promise.all(apps.map((app) => app.close()));
      await core.stop();
      await Promise.all([threads.close(), fetchGuard.close(), pictures.close()]);
      await database.drop();
    },
  };
}

export interface Call {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Sends one request with the key in both headers that the dialects know; `key` null sends none. */
export async function send(
  base: string,
  key: string | null,
  method: string,
  path: string,
  { body, headers = {}, signal }: Call = {},
): Promise<Answer> {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { 'x-api-key': key, authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}
