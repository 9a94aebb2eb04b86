import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { pino } from 'pino';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import type { Dialect, Endpoint } from '../src/dialects/dialect.ts';
import { openApiOf } from '../src/http/contracts/openapi.ts';
import { createHttpServer } from '../src/http/server.ts';
import type { HttpServerDependencies } from '../src/http/server.ts';
import { createWorker, type Worker } from '../src/jobs/worker.ts';
import { openCore, type Core } from '../src/wiring/core.ts';
import { createDialects } from '../src/wiring/dialects.ts';
import { type Departure, watchContracts } from './contract-check.ts';
import { greyPng } from './picture-server.ts';
import { quickPolicy } from './policy.ts';
import { freshDatabase, type TestDatabase } from './postgres.ts';
import { stagesAround } from './stages.ts';
import { send } from './vendor-server.ts';
import type { Answer, Call } from './vendor-server.ts';

/**
 * What holds for every dialect, whatever it speaks. A dialect is found by being wired; here it only says which request of its
 * is in order, and how its refusals look.
 */
interface Manner {
  /** A request that is accepted; dialects that ignore fields they do not know get one. */
  readonly path: string;
  body(picture: string): object;
  /** Absent: 200. */
  readonly accepted?: number;
  /** Credits that it costs at least; 0 where it is free. */
  readonly price: number;
  readonly outOfCredits: number;
  /** Of a request with a wrong key. */
  readonly wrongKey: number;
  readonly wrongMethod: number;
  /** Where the job of the answer can be asked for; null where nobody can. */
  statusPath(answer: Answer): string | null;
  /** Whether a body is a refusal in the dialect's shape. */
  isRefusal(json: unknown): boolean;
}

const text = (json: unknown, name: string): string =>
  String((json as Record<string, unknown> | undefined)?.[name]);
const hasText = (json: unknown, ...names: string[]): boolean =>
  names.every((name) => typeof (json as Record<string, unknown> | undefined)?.[name] === 'string');

const manners: Readonly<Record<string, Manner>> = {
  toile: {
    path: '/toile/v1/jobs',
    body: (image) => ({ capability: 'background-remove', images: { image } }),
    accepted: 202,
    price: 1,
    outOfCredits: 402,
    wrongKey: 401,
    wrongMethod: 405,
    statusPath: ({ json }) => `/toile/v1/jobs/${text(json, 'id')}`,
    isRefusal: (json) => hasText(json, 'type', 'title', 'code', 'detail'),
  },
  fashn: {
    path: '/v1/run',
    body: (picture) => ({
      model_name: 'background-remove',
      inputs: { image: picture, never_heard: 1 },
      never_heard: 1,
    }),
    price: 1,
    outOfCredits: 429,
    wrongKey: 401,
    wrongMethod: 405,
    statusPath: ({ json }) => `/v1/status/${text(json, 'id')}`,
    isRefusal: (json) => hasText(json, 'error', 'message'),
  },
  vistoure: {
    path: '/api/v2/sketchtodress/run',
    body: (picture) => ({ image: picture, never_heard: 1 }),
    price: 1,
    outOfCredits: 402,
    wrongKey: 401,
    wrongMethod: 405,
    statusPath: ({ json }) => `/api/v2/sketchtodress/status/${text(json, 'id')}`,
    isRefusal: (json) => hasText(json, 'error') && (json as { id: unknown }).id === null,
  },
  autotoon: {
    path: '/api/fashion-editorial/video/generate',
    body: (picture) => ({ imageUrl: picture, never_heard: 1 }),
    price: 10,
    outOfCredits: 402,
    wrongKey: 401,
    wrongMethod: 405,
    statusPath: ({ json }) => `/api/fashion-editorial/video/status/${text(json, 'id')}`,
    isRefusal: (json) => hasText(json, 'error', 'code'),
  },
  selfie: {
    path: '/generate_image',
    body: (picture) => ({
      selfie_base64: picture,
      clothing_description: 'a coat',
      mode: 'studio',
      never_heard: 1,
    }),
    price: 0,
    outOfCredits: 429,
    wrongKey: 403,
    wrongMethod: 404,
    statusPath: () => null,
    isRefusal: (json) => hasText(json, 'error') && Object.keys(json as object).length === 1,
  },
};

let database: TestDatabase;
let core: Core;
let worker: Worker;
let home: string;
let picture: string;
let base: string;
let owner: { accountId: string; secret: string };
const apps: FastifyInstance[] = [];
const departures: (readonly Departure[])[] = [];
const logger = pino({ level: 'silent' });
let dialects: readonly Dialect[];

beforeAll(async () => {
  database = await freshDatabase({ poolSize: 4 });
  home = await mkdtemp(join(tmpdir(), 'toile-dialects-'));
  const config = readConfig({
    TOILE_HOME: home,
    DATABASE_URL: database.url,
    TOILE_RUN_RATE: 'none',
    TOILE_STATUS_RATE: 'none',
    TOILE_CREDITS_RATE: 'none',
    TOILE_ACCOUNT_CONCURRENCY: 'none',
    TOILE_WAIT_SECONDS: '20',
  });
  core = await openCore(config, logger, () => undefined);
  dialects = createDialects(core, config);
  const { store, signals, addresses } = core;
  worker = createWorker({
    database: core.database,
    store,
    signals,
    addresses,
    logger,
    stages: stagesAround(),
    workerId: 'test',
    concurrency: 4,
    policy: quickPolicy,
  });
  worker.start();
  picture = `data:image/png;base64,${(await greyPng(16, 16)).toString('base64')}`;
  base = await listen({ rates: unlimited() });
  owner = await account();
});
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await worker.drain(0);
  await core.close();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

async function account(credits = 100_000): Promise<{ accountId: string; secret: string }> {
  const { id } = await core.accounts.createAccount('test');
  if (credits > 0) await core.ledger.grant(id, 'on-demand', credits * 1000, 'test');
  return {
    accountId: id,
    secret: (await core.accounts.createKey(id, 'test', ['*', 'admin'])).secret,
  };
}

const bucketsOf = (dialect: Dialect): string[] =>
  dialect.endpoints.map(({ bucket, name }) => `${dialect.name}.${bucket ?? name}`);
const unlimited = (): ReadonlyMap<string, null> =>
  new Map(dialects.flatMap(bucketsOf).map((bucket) => [bucket, null]));

async function listen(http: Partial<HttpServerDependencies>): Promise<string> {
  const app = createHttpServer({
    accounts: core.accounts,
    dialects,
    health: { check: async () => ({ ready: true, parts: {} }) },
    logger,
    ...http,
    limits: { wrongKeys: null, ...http.limits },
  });
  departures.push(watchContracts(app, dialects));
  apps.push(app);
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

it('shows, for every endpoint with a body, one that its document allows', () => {
  const shown = dialects.flatMap((dialect) => {
    const document = openApiOf(dialect, 'http://toile.test');
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    return Object.entries(document?.paths ?? {}).flatMap(([path, { post }]) => {
      const { schema, example } = post?.requestBody?.content['application/json'] ?? {};
      if (schema === undefined) return [];
      const { components } = document ?? {};
      return [
        { at: `${dialect.name} ${path}`, ok: ajv.validate({ ...schema, components }, example) },
      ];
    });
  });
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter(({ ok }) => !ok)).toEqual([]);
});

it('asks for no query and no header without which its endpoints work', () => {
  const demanded = dialects.flatMap(({ name, endpoints }) =>
    endpoints.flatMap(({ path, contract }) =>
      Object.entries({ ...contract?.query, ...contract?.headers })
        .filter(([, schema]) => !schema.isOptional())
        .map(([field]) => `${name} ${path} ${field}`),
    ),
  );
  expect(demanded).toEqual([]);
});

it('is wired for every dialect that there is', async () => {
  const folders = await readdir(new URL('../src/dialects', import.meta.url), {
    withFileTypes: true,
  });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(dialects.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  expect(names.toSorted()).toEqual(Object.keys(manners).toSorted());
});

/** The dialect's endpoints, with an id of nobody in place of parameters. */
const endpointsOf = (name: string): { endpoint: Endpoint; path: string }[] =>
  (dialects.find((dialect) => dialect.name === name)?.endpoints ?? []).map((endpoint) => ({
    endpoint,
    path: endpoint.path.replaceAll(/:\w+/g, '00000000-0000-7000-8000-000000000000'),
  }));

describe.each(Object.keys(manners))('the dialect %s', (name) => {
  const manner = manners[name] as Manner;
  const call = (method: string, path: string, options?: Call): Promise<Answer> =>
    send(base, owner.secret, method, path, options);
  const refused = (answer: Answer, status: number, what: string): void => {
    expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBe(status);
    expect(manner.isRefusal(answer.json), `${what}: ${answer.text.slice(0, 200)}`).toBe(true);
    expect(answer.headers.get('request-id'), what).toBeTruthy();
  };
  const bodies = (): { endpoint: Endpoint; path: string }[] =>
    endpointsOf(name).filter(
      ({ endpoint }) =>
        endpoint.method === 'POST' &&
        endpoint.bodyKind !== 'bytes' &&
        endpoint.contract?.request !== undefined,
    );

  it('accepts a request in order, and ignores fields that it does not know', async () => {
    const answer = await call('POST', manner.path, { body: manner.body(picture) });
    expect(answer.status, answer.text).toBe(manner.accepted ?? 200);
  });

  it('refuses bodies that are no JSON object, wherever one is expected', async () => {
    for (const { path } of bodies()) {
      for (const body of ['', '{', '{"a":', 'null', '[]', '7', '"text"', '\u0000']) {
        refused(await call('POST', path, { body }), 400, `${path} ${body}`);
      }
      refused(await call('POST', path, { body: new Uint8Array([0xff, 0xfe, 0x7b]) }), 400, path);
      const headers = { 'content-type': 'text/plain' };
      refused(await call('POST', path, { body: '{}', headers }), 400, path);
    }
  });

  it('takes nothing from under __proto__, however it is spelt', async () => {
    const hidden = JSON.stringify(manner.body(picture));
    for (const key of ['__proto__', String.raw`\u005f_proto__`]) {
      refused(await call('POST', manner.path, { body: `{"${key}":${hidden}}` }), 400, key);
    }
  });

  it('refuses every field of a wrong type, by name', async () => {
    const body = manner.body(picture);
    const fields = Object.keys(body).filter((field) => field !== 'never_heard');
    for (const field of fields) {
      for (const wrong of [7, true, ['x'], { x: 1 }]) {
        if (typeof Reflect.get(body, field) === 'object' && typeof wrong === 'object') continue;
        const answer = await call('POST', manner.path, { body: { ...body, [field]: wrong } });
        refused(answer, 400, field);
        expect(answer.text).toContain(field);
      }
    }
  });

  it('asks for a key, and refuses one that is wrong, revoked, or made for something else', async () => {
    const { accounts } = core;
    const revoked = await accounts.createKey(owner.accountId, 'revoked');
    await accounts.revokeKey(owner.accountId, revoked.key.id);
    const readOnly = await accounts.createKey(owner.accountId, 'read only', ['read']);
    for (const { endpoint, path } of endpointsOf(name)) {
      const { method } = endpoint;
      const body = method === 'POST' ? { body: {} } : {};
      refused(await send(base, null, method, path, body), 401, `no key ${path}`);
      for (const key of ['nonsense', 'x'.repeat(3000), revoked.secret]) {
        refused(await send(base, key, method, path, body), manner.wrongKey, `wrong key ${path}`);
      }
      if (endpoint.scope === 'read') continue;
      refused(await send(base, readOnly.secret, method, path, body), 403, `read only ${path}`);
    }
  });

  it('does not know the job of another account', async () => {
    const answer = await call('POST', manner.path, { body: manner.body(picture) });
    const path = manner.statusPath(answer);
    if (path === null) return;
    expect((await call('GET', path)).status).toBe(200);
    const other = await account(0);
    refused(await send(base, other.secret, 'GET', path), 404, path);
  });

  it('takes a token of a browser only where it is kept to its own jobs', async () => {
    const { keyId } = (await core.accounts.authenticate(owner.secret)) ?? { keyId: '' };
    const token = await core.accounts.createToken(
      { accountId: owner.accountId, keyId },
      ['run', 'read'],
      60,
    );
    const options = { body: manner.body(picture) };
    const answer = await send(base, token.secret, 'POST', manner.path, options);
    if (name === 'toile') expect(answer.status).toBe(manner.accepted);
    else refused(answer, manner.wrongKey, 'a token');
  });

  it('refuses what can not be paid, and makes nothing of it', async () => {
    if (manner.price === 0) return;
    const poor = await account(0);
    const options = { body: manner.body(picture) };
    refused(await send(base, poor.secret, 'POST', manner.path, options), manner.outOfCredits, name);
    const rows = await database.pool.query('select 1 from jobs where account_id = $1', [
      poor.accountId,
    ]);
    expect(rows.rowCount).toBe(0);
  });

  it('counts requests and says when to come back', async () => {
    const dialect = dialects.find((each) => each.name === name) as Dialect;
    const rates = new Map(
      bucketsOf(dialect).map((bucket) => [bucket, { requests: 1, seconds: 60 }]),
    );
    const limited = await listen({ rates });
    for (const { endpoint, path } of endpointsOf(name)) {
      const { secret } = await account(0);
      const body = endpoint.method === 'POST' ? { body: {} } : {};
      await send(limited, secret, endpoint.method, path, body);
      const answer = await send(limited, secret, endpoint.method, path, body);
      refused(answer, 429, path);
      expect(Number(answer.headers.get('retry-after')), path).toBeGreaterThan(0);
    }
  });

  it('refuses a body that is too large, declared or not', async () => {
    const small = await listen({ rates: unlimited(), limits: { bodyBytes: 2048 } });
    const body = JSON.stringify({ ...manner.body(picture), padding: 'x'.repeat(4096) });
    for (const { path } of bodies()) {
      refused(await send(small, owner.secret, 'POST', path, { body }), 413, path);
    }
    refused(
      await call('POST', manner.path, { body: { padding: 'x y '.repeat(100_000) } }),
      413,
      'text alone',
    );
  });

  it('refuses other methods, answers OPTIONS with those that there are, and HEAD like GET', async () => {
    for (const { endpoint, path } of endpointsOf(name)) {
      const served = endpointsOf(name)
        .filter((each) => each.path === path)
        .map((each) => each.endpoint.method as string);
      for (const method of ['PUT', 'PATCH', 'DELETE', 'POST', 'GET']) {
        if (served.includes(method)) continue;
        refused(await call(method, path), manner.wrongMethod, `${method} ${path}`);
      }
      const options = await call('OPTIONS', path);
      expect(options.status).toBe(204);
      expect(options.headers.get('allow')).toContain(endpoint.method);
      expect(options.headers.get('access-control-allow-origin')).toBeNull();
      if (endpoint.method !== 'GET') continue;
      const [head, get] = [await call('HEAD', path), await call('GET', path)];
      expect({ status: head.status, text: head.text }).toEqual({ status: get.status, text: '' });
    }
    refused(await call('GET', `${manner.path}/nothing/here`), 404, 'an unknown path');
  });

  it('knows nobody by an odd id', async () => {
    const known = dialects.find((dialect) => dialect.name === name)?.endpoints ?? [];
    for (const { method, path } of known.filter((endpoint) => endpoint.path.includes(':'))) {
      for (const id of [
        '%00',
        'x',
        '%F0%9F%91%97',
        'gen_',
        "'; drop table jobs",
        'a'.repeat(150),
      ]) {
        const at = path.replaceAll(/:\w+/g, encodeURI(decodeURI(id)));
        const answer = await call(method, at, method === 'POST' ? { body: {} } : {});
        expect([400, 404], `${method} ${at} ${answer.text}`).toContain(answer.status);
      }
    }
  });

  it('answers any query, wherever something is read', async () => {
    const reads = endpointsOf(name).filter(({ endpoint }) => endpoint.method === 'GET');
    if (reads.length === 0) return;
    const named = ['limit', 'cursor', 'status', 'capability', 'batch', 'from', 'to', '__proto__'];
    const odd = ['', '\u0000', '0', '-1', '1e9', '0000-01-01', '9999-12-31', 'x', '💃', "';--"];
    const value = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...reads.map(({ path }) => path)),
        fc.array(fc.tuple(fc.constantFrom(...named), value), { maxLength: 3 }),
        async (path, query) => {
          const answer = await call('GET', `${path}?${new URLSearchParams(query).toString()}`);
          expect(answer.status, `${path} ${answer.text}`).toBeLessThan(500);
          if (answer.status >= 400) expect(manner.isRefusal(answer.json), path).toBe(true);
        },
      ),
      { numRuns: 80, examples: [[reads[0]?.path ?? '', [['from', '0000-01-01']]]] },
    );
  });

  it('answers any JSON, anywhere, with success or a refusal in its shape', async () => {
    const good = manner.body(picture);
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(picture, 'saved:x', 'https://', '\u0000', '\ud800', 1e308, -1, '', null),
    );
    const keys = [...new Set([...Object.keys(good), ...fieldsOf(name)])];
    const mixed = fc
      .tuple(fc.boolean(), fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 }))
      .map(([based, fields]) => (based ? { ...good, ...fields } : fields));
    const paths = bodies().map(({ path }) => path);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.oneof({ weight: 4, arbitrary: mixed }, { weight: 1, arbitrary: value }),
        async (path, body) => {
          const answer = await call('POST', path, { body: JSON.stringify(body) });
          expect(answer.status, `${path} ${answer.text}`).toBeLessThan(500);
          if (answer.status >= 400) {
            expect(manner.isRefusal(answer.json), `${path} ${answer.text}`).toBe(true);
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});

/** The names of the fields that a dialect's endpoints know. */
function fieldsOf(name: string): string[] {
  const known: Readonly<Record<string, readonly string[]>> = {
    toile: [
      'capability',
      'images',
      'image',
      'jobs',
      'seed',
      'count',
      'url',
      'name',
      'scopes',
      'webhookUrl',
    ],
    fashn: ['model_name', 'inputs', 'model_image', 'garment_image'],
    vistoure:
      'category model_image garment_image garment_description seed model_name garment_size aspect_ratio pose_image style_image ethnicity gender dresstype background age improve_prompt closeup face_reference num_outputs fabric_image fabric_description upscale image mode'.split(
        ' ',
      ),
    autotoon:
      'modelId models clothingImageUrls aiModel makeupAnalysis hairstyleAnalysis styleData backgroundData promptModifier brandAnalysis baseImageUrl modelImageUrls aspectRatio lighting lightPosition lightColor imageUrl scale duration name prompt characterSheetUrl'.split(
        ' ',
      ),
    selfie: 'selfie_base64 clothing_description clothing_image_url mode'.split(' '),
  };
  return [...(known[name] ?? [])];
}

it('has answered nothing that its OpenAPI documents do not say', () => {
  expect(departures.flat()).toEqual([]);
});
