import fc from 'fast-check';
import Fashn from 'fashn';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryJobs, goodKey, startTestServer } from '../../../test/http-memory.ts';
import type { TestServer, TestServerOptions } from '../../../test/http-memory.ts';
import { models, modelNames } from './wire.ts';

const started: TestServer[] = [];
const start = async (options?: TestServerOptions): Promise<TestServer> => {
  const server = await startTestServer(options);
  started.push(server);
  return server;
};

afterEach(async () => {
  for (const { app, departures } of started.splice(0)) {
    await app.close();
    expect(departures).toEqual([]);
  }
});

const picture = 'https://example.com/p.png';
const inputs = { model_image: picture, garment_image: picture };
const tryOn = { model_name: 'tryon-v1.6', inputs } as const;
const sdkFor = (server: TestServer, options = {}): Fashn =>
  new Fashn({ apiKey: goodKey, baseURL: server.base, maxRetries: 0, logLevel: 'off', ...options });

describe('POST /v1/run', () => {
  it('answers with an id, a null error and the price', async () => {
    const server = await start();
    const { data, response } = await sdkFor(server).predictions.run(tryOn).withResponse();
    expect(data).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), error: null });
    expect(response.headers.get('x-fashn-credits-used')).toBe('1');
    expect(server.jobs.submitted[0]?.job).toMatchObject({
      accountId: 'account-1',
      dialect: 'fashn',
      operation: 'tryon-v1.6',
      price: 1000,
      delivery: 'address',
      outputFormat: 'png',
      webhookUrl: null,
      concurrencyLimit: 6,
    });
  });

  it('asks prices, limits and credits as configured', async () => {
    const { prices } = (await import('./settings.ts')).defaultFashnSettings;
    const fashn = {
      prices: { ...prices, tryOn: 3 },
      milliCreditsPerCredit: 500,
      concurrency: null,
    };
    const { call, jobs } = await start({ fashn });
    const answer = await call('POST', '/v1/run', { body: tryOn });
    expect(answer.headers.get('x-fashn-credits-used')).toBe('3');
    expect(jobs.submitted[0]?.job).toMatchObject({ price: 1500, concurrencyLimit: null });
    expect((await call('GET', '/v1/credits')).json).toEqual({
      credits: { total: 469, subscription: 201, on_demand: 268 },
    });
  });

  it('stages inline pictures, small and large, where the prediction is accepted', async () => {
    const { call, jobs } = await start();
    const small = Buffer.alloc(600, 1);
    const large = Buffer.alloc(3_000_000, 2);
    const body = {
      ...tryOn,
      inputs: {
        model_image: `data:image/jpg;base64,${small.toString('base64')}`,
        garment_image: large.toString('base64'),
        return_base64: true,
      },
    };
    expect((await call('POST', '/v1/run', { body })).status).toBe(200);
    expect([...jobs.staged.values()].map((bytes) => Buffer.from(bytes).equals(small))).toEqual([
      true,
      false,
    ]);
    expect(jobs.submitted[0]).toMatchObject({
      job: { delivery: 'base64' },
      request: {
        images: {
          model: { from: 'upload', key: expect.stringMatching(/^inputs\//), bytes: 600 },
          garment: { from: 'upload', key: expect.stringMatching(/^inputs\//), bytes: 3_000_000 },
        },
      },
    });
  });

  it.each([
    ['out-of-credits', 'OutOfCredits', 429, 'This request costs 1 credit and 0 are left.'],
    ['too-many-running', 'ConcurrencyLimitExceeded', 429, '6 predictions are running already'],
    ['repeat-mismatch', 'IdempotencyKeyReused', 422, 'was used before with another request'],
  ] as const)('tells %s as %s', async (kind, error, status, message) => {
    const jobs = createMemoryJobs();
    jobs.refuseWith({ kind, available: 200, required: 1000, limit: 6 });
    const { call } = await start({ jobs });
    const answer = await call('POST', '/v1/run', { body: tryOn });
    expect(answer).toMatchObject({
      status,
      json: { error, message: expect.stringContaining(message) },
    });
    expect(answer.headers.get('x-should-retry')).toBe(kind === 'out-of-credits' ? 'false' : null);
    expect(answer.headers.get('retry-after')).toBe(kind === 'too-many-running' ? '2' : null);
  });

  it('does not let the SDK retry when credits are out', async () => {
    const jobs = createMemoryJobs();
    jobs.refuseWith({ kind: 'out-of-credits', available: 0, required: 1000 });
    const server = await start({ jobs });
    const before = performance.now();
    await expect(sdkFor(server, { maxRetries: 3 }).predictions.run(tryOn)).rejects.toMatchObject({
      status: 429,
      error: { error: 'OutOfCredits' },
    });
    expect(performance.now() - before).toBeLessThan(1500);
  });

  it.each([
    ['https://example.com/hook?x=1', 'https://example.com/hook?x=1'],
    ['http://example.com', 'http://example.com/'],
    ['', null],
  ])('takes the webhook_url %j', async (webhookUrl, expected) => {
    const { call, jobs } = await start();
    const path = `/v1/run?webhook_url=${encodeURIComponent(webhookUrl)}`;
    expect((await call('POST', path, { body: tryOn })).status).toBe(200);
    expect(jobs.submitted[0]?.job.webhookUrl).toBe(expected);
  });

  it.each([
    ['ftp://example.com', 'must be an http or https address'],
    ['example.com', 'must be an http or https address; received "example.com"'],
    ['https://user:secret@example.com', 'must not contain a user name'],
    [`https://example.com/${'x'.repeat(2048)}`, 'at most 2048 characters'],
    ['https://a.example&webhook_url=https://b.example', 'must be given once'],
  ])('refuses the webhook_url %j', async (webhookUrl, message) => {
    const { call, jobs } = await start();
    const query = webhookUrl.includes('&') ? webhookUrl : encodeURIComponent(webhookUrl);
    expect(await call('POST', `/v1/run?webhook_url=${query}`, { body: tryOn })).toMatchObject({
      status: 400,
      json: { error: 'BadRequest', message: expect.stringContaining(message) },
    });
    expect(jobs.submitted).toHaveLength(0);
  });
});

describe('a repeated run', () => {
  const idOf = (answer: { json: unknown }): unknown => (answer.json as { id: string }).id;

  it('is a new prediction, unless the SDK says that it is a retry', async () => {
    const { call, jobs } = await start();
    const post = (headers = {}, body: object = tryOn) => call('POST', '/v1/run', { body, headers });
    const first = await post({ 'x-stainless-retry-count': '0' });
    const second = await post();
    const retry = await post({ 'x-stainless-retry-count': '1' });
    expect(idOf(second)).not.toBe(idOf(first));
    expect(idOf(retry)).toBe(idOf(second));
    const other = await post({ 'x-stainless-retry-count': '1' }, { ...tryOn, extra: 1 });
    expect(idOf(other)).not.toBe(idOf(second));
    expect(jobs.submitted).toHaveLength(3);
    expect(jobs.submitted.map(({ job }) => job.repeat.windowSeconds)).toEqual([600, 600, 600]);
  });

  it('is told by its Idempotency-Key, and refused when that came with another body', async () => {
    const { call } = await start();
    const headers = { 'idempotency-key': 'order-1' };
    const first = await call('POST', '/v1/run', { body: tryOn, headers });
    const second = await call('POST', '/v1/run', { body: tryOn, headers });
    expect(idOf(second)).toBe(idOf(first));
    const other = await call('POST', '/v1/run', { body: { ...tryOn, extra: 1 }, headers });
    expect(other).toMatchObject({ status: 422, json: { error: 'IdempotencyKeyReused' } });
  });

  it('refuses an Idempotency-Key that is none', async () => {
    const { call } = await start();
    const headers = { 'idempotency-key': 'x'.repeat(256) };
    expect((await call('POST', '/v1/run', { body: tryOn, headers })).status).toBe(400);
  });
});

describe('GET /v1/status', () => {
  it('tells how far a prediction is, and its credits once it has ended', async () => {
    const { call, jobs } = await start();
    const { id } = (await call('POST', '/v1/run', { body: tryOn })).json as { id: string };
    const status = () => call('GET', `/v1/status/${id}`);
    expect((await status()).json).toMatchObject({ id, output: null, error: null });
    jobs.set(id, { status: 'running', progress: 0.2 });
    const running = await status();
    expect(running.json).toEqual({ id, status: 'processing', output: null, error: null });
    expect(running.headers.get('x-fashn-credits-used')).toBeNull();
    jobs.set(id, {
      status: 'succeeded',
      outputs: [
        {
          kind: 'address',
          address: 'https://x/o.png',
          mime: 'image/png',
          width: 1,
          height: 1,
          bytes: 1,
        },
      ],
    });
    const done = await status();
    expect(done.json).toEqual({
      id,
      status: 'completed',
      output: ['https://x/o.png'],
      error: null,
    });
    expect(done.headers.get('x-fashn-credits-used')).toBe('1');
    jobs.set(id, {
      status: 'failed',
      failure: { code: 'input-unreadable', message: 'Error loading model image', retry: 'never' },
    });
    const failed = await status();
    expect(failed).toMatchObject({ status: 200 });
    expect(failed.json).toEqual({
      id,
      status: 'failed',
      error: { name: 'ImageLoadError', message: 'Error loading model image' },
    });
    expect(failed.headers.get('x-fashn-credits-used')).toBe('0');
  });

  it.each([
    '0190c2a4-0000-7000-8000-000000000000',
    '123a87r9-4129-4bb3-be18-9c9fb5bd7fc1-u1',
    '%00',
    '..%2F..',
    "1'%20or%201=1",
  ])('does not find %s', async (id) => {
    const { call } = await start();
    expect(await call('GET', `/v1/status/${id}`)).toMatchObject({
      status: 404,
      json: { error: 'NotFound', message: expect.any(String) },
    });
  });

  it('streams large pictures inside the answer', async () => {
    const dataUri = `data:image/png;base64,${'QUJD'.repeat(1_000_000)}`;
    const outputs = [{ kind: 'base64', dataUri } as const, { kind: 'base64', dataUri } as const];
    const { call } = await start({ jobs: createMemoryJobs({ status: 'succeeded', outputs }) });
    const { id } = (await call('POST', '/v1/run', { body: tryOn })).json as { id: string };
    const { json } = await call('GET', `/v1/status/${id}`);
    expect((json as { output: string[] }).output.every((output) => output === dataUri)).toBe(true);
  });
});

const escapePath = (text: string): string => encodeURIComponent(text.toWellFormed());

describe('any JSON', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(async () => {
    await server.app.close();
    expect(server.departures).toEqual([]);
  });

  const parameters = [...new Set(Object.values(models).flatMap(({ shape }) => Object.keys(shape)))];
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.constantFrom(
      picture,
      '',
      'data:',
      'data:,',
      'data:image/png;base64,////',
      'saved:',
      'http://',
      null,
    ),
    fc.constantFrom('auto', 'png', '1k', '4k', 'quality', '1:1', 1, 4, true),
  );
  const nearlyValid = fc.record(
    {
      model_name: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...modelNames) }, odd),
      inputs: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.dictionary(fc.constantFrom(...parameters), odd, { maxKeys: 12 }),
        },
        odd,
      ),
    },
    { requiredKeys: [] },
  );

  it('is answered with 200 or a refusal in shape, never with 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), nearlyValid), async (body) => {
        const answer = await server.call('POST', '/v1/run', { body: JSON.stringify(body) ?? '' });
        if (answer.status === 200) {
          expect(answer.json).toEqual({ id: expect.any(String), error: null });
        } else {
          expect(answer.status).toBe(400);
          expect(answer.json).toEqual({ error: 'BadRequest', message: expect.any(String) });
        }
      }),
      { numRuns: 400 },
    );
  });

  it('and any path and method are answered without 5xx', async () => {
    const segment = fc.oneof(fc.webSegment(), fc.string({ unit: 'binary' }).map(escapePath));
    const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD');
    await fc.assert(
      fc.asyncProperty(methods, fc.array(segment, { maxLength: 3 }), async (method, segments) => {
        for (const prefix of ['/v1/status/', '/v1/', '/']) {
          const { status } = await server.call(method, `${prefix}${segments.join('/')}`);
          expect(status).toBeLessThan(500);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is answered so too when it is no JSON at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (body) => {
        const answer = await server.call('POST', '/v1/run', { body });
        expect(answer.status).toBe(400);
        expect(answer.json).toMatchObject({ error: 'BadRequest' });
      }),
      { numRuns: 100 },
    );
  });
});
