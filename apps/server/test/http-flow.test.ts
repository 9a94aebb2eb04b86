import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import Fashn from 'fashn';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assetRoutes } from '../src/assets/routes.ts';
import { createFashnDialect } from '../src/dialects/fashn/index.ts';
import type { FashnSettings } from '../src/dialects/fashn/index.ts';
import type { EngineJob } from '../src/engines/engine.ts';
import { fail, succeed } from '../src/failures/failure.ts';
import { createHttpServer } from '../src/http/server.ts';
import { createArtifacts } from '../src/jobs/artifacts.ts';
import { watchContracts } from './contract-check.ts';
import { startCore } from './core.ts';
import type { Core } from './core.ts';
import { noLimits, noRoster } from './http-memory.ts';
import { freshDatabase } from './postgres.ts';
import type { TestDatabase } from './postgres.ts';
import { pixel, stagesAround } from './stages.ts';

let database: TestDatabase;
let core: Core;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  core = await startCore(database);
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

const picture = 'https://example.com/p.png';
const tryOn = {
  model_name: 'tryon-v1.6',
  inputs: { model_image: picture, garment_image: picture },
} as const;
const inline = `data:image/png;base64,${Buffer.alloc(2_000_000, 3).toString('base64')}`;

/** Our own HTTP server over the real core, and the official SDK with a key of a fresh account. */
async function start(settings: Partial<FashnSettings> = {}, milliCredits?: number) {
  const { jobs, ledger, accounts, logger, store, addresses } = core;
  const owner = await core.account(milliCredits);
  const artifacts = createArtifacts({ database });
  const dialects = [
    createFashnDialect({
      jobs,
      ledger,
      roster: noRoster,
      settings: { limits: noLimits, ...settings },
    }),
  ];
  const app = createHttpServer({
    accounts,
    dialects,
    health: { check: async () => ({ ready: true, parts: {} }) },
    logger,
    plugins: [
      (server) =>
        assetRoutes(server, { addresses, store, findArtifact: (id) => artifacts.find(id) }),
    ],
  });
  const departures = watchContracts(app, dialects);
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  closers.push(async () => {
    await app.close();
    expect(departures).toEqual([]);
  });
  const sdk = (apiKey: string, options = {}): Fashn =>
    new Fashn({ apiKey, baseURL: base, maxRetries: 0, logLevel: 'off', ...options });
  return { base, owner, sdk, client: sdk(owner.secret) };
}

/** A worker whose engine is the test's; it stops when the test does. */
function work(engine?: Parameters<typeof stagesAround>[0]): void {
  const worker = core.worker(stagesAround(engine));
  closers.push(() => worker.drain(0));
}

async function storedKeys(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of core.store.list('')) keys.push(key);
  return keys.toSorted();
}

const quickly = { pollInterval: 20 };

describe('the official SDK', () => {
  it('subscribes to a try-on and gets a picture, its credits and its price', async () => {
    const { client, base } = await start();
    work();
    const seen: string[] = [];
    const result = await client.predictions.subscribe({
      ...tryOn,
      ...quickly,
      onQueueUpdate: ({ status }) => seen.push(status),
    });
    expect(result).toMatchObject({ status: 'completed', error: null, creditsUsed: 1 });
    expect(seen.at(-1)).toBe('completed');
    const [address = ''] = result.output ?? [];
    expect(address).toMatch(/^http:\/\/toile\.test\/.*\.png$/);
    const response = await fetch(address.replace('http://toile.test', base));
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(Array.from(await response.bytes())).toEqual([128, 128, 128]);
    const again = await client.predictions.status(result.id);
    expect(again.output).toEqual(result.output);
  });

  it('pays from the subscription first, and for what succeeded only', async () => {
    const { client } = await start({}, 20_000);
    const credits = () => client.get<object>('/v1/credits', {}) as Promise<{ credits: object }>;
    expect((await credits()).credits).toEqual({ total: 20, subscription: 10, on_demand: 10 });
    let failing = false;
    work(() => (failing ? fail('pose-not-found', 'No person in model image.') : succeed(pixel)));
    const inputs = { product_image: picture, resolution: '4k', num_images: 1 } as const;
    const product = { model_name: 'product-to-model', inputs, ...quickly } as const;
    expect(await client.predictions.subscribe(product)).toMatchObject({ creditsUsed: 5 });
    failing = true;
    expect(await client.predictions.subscribe(product)).toMatchObject({
      status: 'failed',
      error: { name: 'PoseError', message: 'No person in model image.' },
      creditsUsed: 0,
    });
    expect((await credits()).credits).toEqual({ total: 15, subscription: 5, on_demand: 10 });
  });

  it('sends pictures inside the request and gets them back so', async () => {
    const { client } = await start();
    const seen: EngineJob['request'][] = [];
    work((job) => {
      seen.push(job.request);
      return succeed(pixel);
    });
    const inputs = { image: inline, return_base64: true };
    const result = await client.predictions.subscribe({
      model_name: 'background-remove',
      inputs,
      ...quickly,
    });
    expect(result.output).toEqual([
      `data:image/png;base64,${Buffer.alloc(3, 128).toString('base64')}`,
    ]);
    expect(seen).toMatchObject([{ images: { image: { from: 'upload', bytes: 2_000_000 } } }]);
    const staged = seen[0]?.images as { image: { key: string } };
    await expect.poll(() => core.store.get(staged.image.key)).toBeNull();
  });

  it('raises its own classes for what is refused', async () => {
    const { sdk, client } = await start({}, 900);
    await expect(sdk('fa-wrong').predictions.run(tryOn)).rejects.toBeInstanceOf(
      Fashn.AuthenticationError,
    );
    await expect(client.predictions.status('nobody')).rejects.toBeInstanceOf(Fashn.NotFoundError);
    const shirt = { ...tryOn.inputs, category: 'shirt' as never };
    const refused = client.predictions.run({ ...tryOn, inputs: shirt });
    await expect(refused).rejects.toBeInstanceOf(Fashn.BadRequestError);
    await expect(refused).rejects.toMatchObject({
      error: {
        error: 'BadRequest',
        message:
          'inputs.category must be one of auto, tops, bottoms, one-pieces; received "shirt".',
      },
    });
    await expect(client.predictions.run(tryOn)).rejects.toMatchObject({
      status: 429,
      error: { error: 'OutOfCredits', message: 'This request costs 1 credit and 0 are left.' },
    });
  });

  it('leaves nothing in storage of a request that was refused for its credits', async () => {
    const { client } = await start({}, 900);
    const before = await storedKeys();
    const inputs = { image: inline };
    await expect(
      client.predictions.run({ model_name: 'background-remove', inputs }),
    ).rejects.toMatchObject({ status: 429 });
    expect(await storedKeys()).toEqual(before);
  });

  it('does not show one account the predictions of another', async () => {
    const { client, sdk } = await start();
    const { id } = await client.predictions.run(tryOn);
    const other = sdk((await core.account()).secret);
    await expect(other.predictions.status(id)).rejects.toBeInstanceOf(Fashn.NotFoundError);
    work();
  });

  it('meets the limit of predictions at once, and passes it when one has ended', async () => {
    const { client, sdk, owner } = await start({ concurrency: 2 });
    await Promise.all([client.predictions.run(tryOn), client.predictions.run(tryOn)]);
    await expect(client.predictions.run(tryOn)).rejects.toMatchObject({
      status: 429,
      error: { error: 'ConcurrencyLimitExceeded' },
    });
    work();
    const patient = sdk(owner.secret, { maxRetries: 3 });
    expect(await patient.predictions.run(tryOn)).toMatchObject({ error: null });
  });

  it('retries a request limit after as long as it was told', async () => {
    const limits = { ...noLimits, status: { requests: 2, seconds: 1 } };
    const { client, sdk, owner } = await start({ limits });
    work();
    const { id } = await client.predictions.run(tryOn);
    const patient = sdk(owner.secret, { maxRetries: 3 });
    const before = performance.now();
    for (let poll = 0; poll < 4; poll += 1) await patient.predictions.status(id);
    expect(performance.now() - before).toBeGreaterThan(900);
  });
});

/** A proxy that passes everything on, and its first answer only after the client has given up. */
async function slowProxy(target: string): Promise<string> {
  let first = true;
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const delay = first ? 700 : 0;
    first = false;
    const headers: [string, string][] = [
      'authorization',
      'content-type',
      'x-stainless-retry-count',
    ].map((name) => [name, String(request.headers[name])]);
    const body = await buffer(request);
    const answer = await fetch(`${target}${request.url}`, { method: 'POST', headers, body });
    await pause(delay);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  };
  const proxy = createServer((request, response) => void pass(request, response));
  const { promise, resolve } = Promise.withResolvers<void>();
  proxy.listen(0, '127.0.0.1', () => {
    resolve();
  });
  await promise;
  closers.push(async () => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return `http://127.0.0.1:${(proxy.address() as { port: number }).port}`;
}

describe('a run that timed out and is sent again by the SDK', () => {
  it.each([
    ['with addresses', tryOn.inputs],
    ['with pictures inside', { ...tryOn.inputs, model_image: inline }],
  ])('is one prediction and billed once, %s', async (_, inputs) => {
    const { base, owner, sdk, client } = await start({}, 10_000);
    const impatient = sdk(owner.secret, {
      baseURL: await slowProxy(base),
      timeout: 400,
      maxRetries: 2,
    });
    const { id } = await impatient.predictions.run({ ...tryOn, inputs });
    work();
    const giveUpAt = Date.now() + 5000;
    while ((await client.predictions.status(id)).status !== 'completed') {
      expect(Date.now()).toBeLessThan(giveUpAt);
      await pause(20);
    }
    const { subscription, onDemand, held } = await core.ledger.balance(owner.accountId);
    expect({ left: subscription + onDemand, held }).toEqual({ left: 9_000, held: 0 });
  });
});

describe('a key that was revoked', () => {
  it('is refused within two seconds', async () => {
    const { client, owner } = await start();
    await client.predictions.run(tryOn);
    expect(await core.accounts.revokeKey(owner.accountId, owner.keyId)).toBe(true);
    await expect
      .poll(
        () => client.predictions.run(tryOn).catch((error: { status: number }) => error.status),
        {
          timeout: 2000,
        },
      )
      .toBe(401);
    work();
  });
});
