import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { createToileDialect, type ToileSettings } from '../src/dialects/toile/index.ts';
import type { Engine } from '../src/engines/engine.ts';
import { fail, succeed } from '../src/failures/failure.ts';
import { contractRoutes } from '../src/http/contracts/routes.ts';
import { createHttpServer, type HttpServerDependencies } from '../src/http/server.ts';
import { createFetchGuard } from '../src/intake/fetch-guard.ts';
import { createIntake } from '../src/intake/intake.ts';
import { createArtifacts } from '../src/jobs/artifacts.ts';
import { createPreflights } from '../src/preflights/preflights.ts';
import { createPreviews } from '../src/previews/previews.ts';
import { createRoster } from '../src/roster/roster.ts';
import { createSamples } from '../src/samples/samples.ts';
import { uploadRoutes } from '../src/uploads/routes.ts';
import { catalogOf } from '../src/wiring/core.ts';
import { type Departure, watchContracts } from './contract-check.ts';
import type { Core } from './core.ts';

export const unlimited: ToileSettings['limits'] = {
  jobs: null,
  read: null,
  uploads: null,
  manage: null,
  preflights: null,
};

/** Takes background-remove, without running: what runs is the worker's. It looks at pictures by the address they came from. */
const engine: Engine = {
  name: 'test',
  version: '1',
  licence: 'Apache-2.0',
  capabilities: ['background-remove', 'try-on'],
  accepts: (request) =>
    request.capability === 'background-remove'
      ? succeed(null)
      : fail('unsupported', 'This engine only cuts out.'),
  run: async () => fail('unsupported', 'This engine never runs.'),
  preflight: async ({ images, signal }) => {
    const size = images['image']?.data.byteLength ?? 0;
    if (size === 0) await once(signal, 'abort');
    return succeed([
      size > 100
        ? { name: 'image', doubts: ['It is dark.'], problem: null }
        : { name: 'image', doubts: [], problem: fail('pose-not-found', 'Nobody.').failure },
    ]);
  },
  close: async () => undefined,
};

export interface ToileServer {
  readonly app: FastifyInstance;
  readonly base: string;
  readonly secret: string;
  readonly owner: { readonly accountId: string; readonly keyId: string };
  readonly departures: readonly Departure[];
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
}

export interface CallOptions {
  readonly key?: string;
  readonly body?: unknown;
  readonly raw?: RequestInit['body'];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at whatever came
  readonly json: any;
}

/** Our own dialect on the real core, with a key of a fresh account. */
export async function startToile(
  core: Core,
  {
    settings = {},
    http = {},
    milliCredits,
  }: {
    settings?: Partial<ToileSettings>;
    http?: Partial<HttpServerDependencies>;
    milliCredits?: number;
  } = {},
): Promise<ToileServer> {
  const { secret, ...owner } = await core.account(milliCredits);
  const { database, store, addresses, logger, accounts, uploads, uploadTickets } = core;
  const roster = createRoster({
    database,
    store,
    addresses,
    files: {
      load: async () => fail('input-unreachable', 'The portrait image could not be loaded.'),
      check: async (bytes) => succeed({ bytes, mime: 'image/png' }),
    },
  });
  const preflights = createPreflights({
    engines: [engine],
    most: 1,
    timeoutMs: 500,
    intake: {
      prepare: async (request, _account, _signal, bytesOf) => {
        const source = Object.values(request.images)[0];
        const data = source && bytesOf?.(source);
        if (source?.from === 'url' && source.url.includes('missing')) {
          return fail('input-unreachable', 'Error loading image: it is not there.');
        }
        const bytes = data ?? new Uint8Array();
        const image = { width: 1, height: 1, channels: 3, data: bytes, hash: '' } as const;
        return succeed({ image });
      },
    },
  });
  const previews = createPreviews({
    ...core,
    threads: core.media,
    intake: createIntake({
      ...core,
      threads: core.media,
      artifacts: createArtifacts({ database }),
      samples: createSamples(),
      fetchGuard: createFetchGuard({ allow: [] }),
    }),
  });
  const dialect = createToileDialect(
    { ...core, roster, preflights, previews, engines: catalogOf([engine], async () => new Map()) },
    { limits: unlimited, ...settings },
  );
  const dialects = [dialect];
  const app = createHttpServer({
    accounts,
    dialects,
    logger,
    health: { check: async () => ({ ready: true, parts: {} }) },
    plugins: [
      (server) => uploadRoutes(server, { uploads, tickets: uploadTickets, mostBytes: 1_000_000 }),
      (server) => contractRoutes(server, { dialects, publicUrl: 'http://toile.test' }),
    ],
    ...http,
  });
  const departures = watchContracts(app, dialects);
  const base = await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    app,
    base,
    secret,
    owner,
    departures,
    async call(method, path, { key = secret, body, raw, headers = {} } = {}) {
      const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(`${base}${path.startsWith('/') ? path : `/toile/v1/${path}`}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(payload !== undefined && { body: payload }),
      });
      const text = await response.text();
      expect(response.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
      return {
        status: response.status,
        headers: response.headers,
        json: text.startsWith('{') ? JSON.parse(text) : text,
      };
    },
  };
}
