import { spawn } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryJobs, goodKey, readOnlyKey, startTestServer } from '../../test/http-memory.ts';
import type { TestServer, TestServerOptions } from '../../test/http-memory.ts';
import type { SubmitJob } from '../jobs/port.ts';

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
const tryOn = {
  model_name: 'tryon-v1.6',
  inputs: { model_image: picture, garment_image: picture },
};

describe('health', () => {
  it('answers without a key, and says which part is not ready', async () => {
    const health = { check: vi.fn(async () => ({ ready: false, parts: { storage: 'failing' } })) };
    const { call } = await start({ http: { health: health as never } });
    expect(await call('GET', '/healthz', { key: null })).toMatchObject({
      status: 200,
      json: { status: 'alive' },
    });
    const answers = await Promise.all([1, 2, 3].map(() => call('GET', '/readyz', { key: null })));
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 503,
        json: { status: 'not ready', storage: 'failing' },
      });
    }
    expect(health.check).toHaveBeenCalledTimes(1);
  });
});

describe('edges', () => {
  it.each([
    ['GET', '/v1/nothing', 404, 'NotFound'],
    ['POST', '/v1/nothing', 404, 'NotFound'],
    ['GET', '/nowhere', 404, 'NotFound'],
    ['GET', '/v1/status/%zz', 404, 'NotFound'],
    ['GET', `/v1/status/${'x'.repeat(500)}`, 404, 'NotFound'],
    ['GET', '/v1/status/%00', 404, 'NotFound'],
    ['GET', '/v1/run', 405, 'MethodNotAllowed'],
    ['PUT', '/v1/run', 405, 'MethodNotAllowed'],
    ['DELETE', '/v1/credits', 405, 'MethodNotAllowed'],
    ['POST', '/v1/status/123', 405, 'MethodNotAllowed'],
  ])('answers %s %s with %i %s', async (method, path, status, error) => {
    const { call } = await start();
    const answer = await call(method, path);
    expect(answer).toMatchObject({ status, json: { error, message: expect.any(String) } });
  });

  it('names the allowed methods, also to OPTIONS', async () => {
    const { call } = await start();
    expect((await call('GET', '/v1/run')).headers.get('allow')).toBe('POST');
    const options = await call('OPTIONS', '/v1/credits', { key: null });
    expect(options.status).toBe(204);
    expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  it('answers HEAD like GET, without a body', async () => {
    const { call } = await start();
    expect(await call('HEAD', '/v1/credits')).toMatchObject({ status: 200, text: '' });
    expect(await call('HEAD', '/v1/credits', { key: null })).toMatchObject({
      status: 401,
      text: '',
    });
    expect(await call('HEAD', '/v1/none')).toMatchObject({ status: 404, text: '' });
  });

  it('sends a request id and security headers with every answer', async () => {
    const { call } = await start();
    for (const path of ['/healthz', '/v1/credits', '/v1/none', '/v1/status/%zz']) {
      const { headers } = await call('GET', path);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('request-id'), path).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('hides what broke inside', async () => {
    const jobs = {
      ...createMemoryJobs(),
      submit: async () => {
        throw new Error('password=hunter2 at db.internal');
      },
    };
    const lines: object[] = [];
    const logger = { debug() {}, info() {}, error: (fields: object) => lines.push(fields) };
    const { call } = await start({ jobs, http: { logger } });
    const answer = await call('POST', '/v1/run', { body: tryOn });
    expect(answer).toMatchObject({ status: 500, json: { error: 'InternalServerError' } });
    expect(answer.text).not.toContain('hunter2');
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(JSON.stringify(lines)).toContain('server.test.ts');
  });
});

describe('keys', () => {
  it.each([
    [null, {}],
    [null, { authorization: goodKey }],
    [null, { authorization: `Basic ${goodKey}` }],
    [null, { authorization: 'Bearer ' }],
    ['tl_wrong', {}],
    ['x'.repeat(5000), {}],
  ])('refuses %s with 401', async (key, headers) => {
    const { call } = await start();
    const answer = await call('GET', '/v1/credits', { key, headers });
    expect(answer).toMatchObject({ status: 401, json: { error: 'UnauthorizedAccess' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('refuses a key that was made for less', async () => {
    const { call, jobs } = await start();
    expect(await call('GET', '/v1/credits', { key: readOnlyKey })).toMatchObject({ status: 200 });
    expect(await call('POST', '/v1/run', { key: readOnlyKey, body: tryOn })).toMatchObject({
      status: 403,
      json: { error: 'PermissionDenied' },
    });
    expect(jobs.submitted).toHaveLength(0);
  });

  it('slows down an address that tries keys, and spares a neighbour whose key was good before', async () => {
    const { call } = await start({ http: { limits: { wrongKeys: { requests: 3, seconds: 60 } } } });
    await call('GET', '/v1/credits');
    for (const attempt of [1, 2, 3]) {
      expect((await call('GET', '/v1/credits', { key: `wrong-${attempt}` })).status).toBe(401);
    }
    const refused = await call('GET', '/v1/credits', { key: 'wrong-4' });
    expect(refused).toMatchObject({ status: 429, json: { error: 'RateLimitExceeded' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call('GET', '/v1/credits', { key: readOnlyKey })).status).toBe(429);
    expect((await call('GET', '/v1/credits')).status).toBe(200);
  });

  it('limits each endpoint by itself and says when to come back', async () => {
    const limits = { run: null, status: null, credits: { requests: 2, seconds: 1 } };
    const { call } = await start({ fashn: { limits } });
    expect((await call('GET', '/v1/credits')).status).toBe(200);
    expect((await call('GET', '/v1/credits')).status).toBe(200);
    const refused = await call('GET', '/v1/credits');
    expect(refused).toMatchObject({ status: 429, json: { error: 'RateLimitExceeded' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await call('GET', '/v1/credits', { key: readOnlyKey })).status).toBe(200);
    expect((await call('POST', '/v1/run', { body: tryOn })).status).toBe(200);
    const pause = Number(refused.headers.get('retry-after-ms'));
    await new Promise((resolve) => {
      setTimeout(resolve, pause + 10);
    });
    expect((await call('GET', '/v1/credits')).status).toBe(200);
  });
});

/** Starts a POST and sends nothing of its body. */
function postWithoutBody(base: string, headers: Record<string, string>): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const request = httpRequest(`${base}/v1/run`, { method: 'POST', headers });
  request.on('response', (response) => {
    resolve(response.statusCode ?? 0);
    request.destroy();
  });
  request.on('error', reject);
  request.flushHeaders();
  return promise;
}

describe('closing', () => {
  it('answers requests under way, drops idle connections and takes no new ones', async () => {
    const memory = createMemoryJobs();
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const jobs = {
      ...memory,
      submit: async (job: SubmitJob) => {
        enter();
        await gate;
        return memory.submit(job);
      },
    };
    const { app, call } = await startTestServer({ jobs });
    await call('GET', '/healthz');
    const underWay = call('POST', '/v1/run', { body: tryOn });
    await entered;
    const closing = app.close();
    await vi.waitFor(async () => {
      await expect(call('GET', '/healthz')).rejects.toThrow('fetch failed');
    });
    open();
    expect((await underWay).status).toBe(200);
    await closing;
  });
});

describe('bodies', () => {
  const authorized = { authorization: `Bearer ${goodKey}`, 'content-type': 'application/json' };

  it('checks key, rate, type and size before the first byte of a body has come', async () => {
    const limits = { run: { requests: 1, seconds: 60 }, status: null, credits: null };
    const { base } = await start({ fashn: { limits } });
    const length = { 'content-length': '1000000' };
    expect(await postWithoutBody(base, length)).toBe(401);
    const xml = { ...authorized, ...length, 'content-type': 'text/xml' };
    expect(await postWithoutBody(base, xml)).toBe(400);
    expect(await postWithoutBody(base, { ...authorized, ...length })).toBe(429);
  });

  it('refuses more than 32 MB with 413, whether declared or not', async () => {
    const { base, call } = await start();
    const tooLong = { ...authorized, 'content-length': String(32 * 1024 * 1024 + 1) };
    expect(await postWithoutBody(base, tooLong)).toBe(413);
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const response = await fetch(`${base}/v1/run`, {
      method: 'POST',
      headers: authorized,
      body: endless,
      duplex: 'half',
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: 'PayloadTooLarge' });
    const text = { model_name: 'edit', inputs: { image: picture, prompt: 'no! '.repeat(400_000) } };
    expect(await call('POST', '/v1/run', { body: text })).toMatchObject({ status: 413 });
  });

  it('refuses what exceeds the memory for bodies in flight, and takes it again afterwards', async () => {
    const { base, call } = await start({ http: { limits: { bodyBudgetBytes: 3_000_000 } } });
    const opened = httpRequest(`${base}/v1/run`, {
      method: 'POST',
      headers: { ...authorized, 'content-length': '1400000' },
    });
    opened.on('error', () => {});
    opened.flushHeaders();
    const body = ' '.repeat(200_000) + JSON.stringify(tryOn);
    await vi.waitFor(async () => {
      const refused = await call('POST', '/v1/run', { body });
      expect(refused).toMatchObject({ status: 429, json: { error: 'RateLimitExceeded' } });
      expect(refused.headers.get('retry-after')).toBe('1');
    });
    opened.destroy();
    await vi.waitFor(async () => {
      expect((await call('POST', '/v1/run', { body })).status).toBe(200);
    });
  });

  it.each([
    ['', 'The request body is empty; send a JSON object.'],
    ['{', 'The request body is not valid JSON.'],
    [Uint8Array.of(0x22, 0xff, 0x22), 'The request body is not UTF-8 text.'],
    ['[]', 'The request body must be a JSON object with model_name and inputs; received an array.'],
    ['null', 'The request body must be a JSON object with model_name and inputs; received null.'],
    ['7', 'The request body must be a JSON object with model_name and inputs; received 7.'],
  ])('refuses the body %j', async (body, message) => {
    const { call } = await start();
    expect(await call('POST', '/v1/run', { body })).toMatchObject({
      status: 400,
      json: { error: 'BadRequest', message },
    });
  });

  it.each([
    [
      { 'content-type': 'application/x-www-form-urlencoded' },
      'Content-Type must be application/json',
    ],
    [{ 'content-type': 'nonsense' }, 'Content-Type must be application/json'],
    [{ 'content-type': 'application/json; charset=utf-16' }, 'charset'],
    [{ 'content-encoding': 'gzip' }, 'Content-Encoding "gzip"'],
  ])('refuses the headers %j', async (headers, message) => {
    const { call } = await start();
    expect(await call('POST', '/v1/run', { body: tryOn, headers })).toMatchObject({
      status: 400,
      json: { error: 'BadRequest', message: expect.stringContaining(message) },
    });
  });

  it('takes a picture of 30 MB for less of the event loop than reading it there would take', async () => {
    const { base, jobs } = await start();
    const worst = watchMainThread();
    expect(await postPictureFromOutside(base)).toBe(0);
    const [staged] = jobs.staged.values();
    expect(staged?.byteLength).toBe(22_500_000);
    const held = worst();
    const body = JSON.stringify({ image: Buffer.alloc(22_500_000, 7).toString('base64') });
    const { image } = JSON.parse(body) as { image: string };
    const started = processorTime();
    JSON.parse(body);
    Buffer.from(image, 'base64');
    expect(held).toBeLessThan(processorTime() - started);
  });

  it('reads a large body that does not declare its length', async () => {
    const { base, jobs } = await start();
    const image = Buffer.alloc(3_000_000, 9).toString('base64');
    const text = JSON.stringify({ model_name: 'background-remove', inputs: { image } });
    const body = ReadableStream.from([text.slice(0, 70_000), text.slice(70_000)]).pipeThrough(
      new TextEncoderStream(),
    );
    const response = await fetch(`${base}/v1/run`, {
      method: 'POST',
      headers: authorized,
      body,
      duplex: 'half',
    });
    expect(response.status).toBe(200);
    expect([...jobs.staged.values()].map((bytes) => bytes.byteLength)).toEqual([3_000_000]);
  });

  it('forgets a client that goes away in the middle, without a word in the log', async () => {
    const lines: object[] = [];
    const logger = { debug() {}, info() {}, error: (fields: object) => lines.push(fields) };
    const { base, call, jobs } = await start({ http: { logger } });
    const request = httpRequest(`${base}/v1/run`, {
      method: 'POST',
      headers: { ...authorized, 'content-length': '2000000' },
    });
    const gone = new Promise((resolve) => {
      request.on('error', resolve).on('close', resolve);
    });
    request.write('{"model_name":"edit",');
    setTimeout(() => request.destroy(), 50);
    await gone;
    expect((await call('POST', '/v1/run', { body: tryOn })).status).toBe(200);
    expect(lines).toEqual([]);
    expect(jobs.submitted).toHaveLength(1);
  });

  const many = (unit: (index: number) => string): string =>
    Array.from({ length: 262_000 / unit(10_000).length }, (_, index) => unit(index)).join('');
  it.each([
    [
      'keys of inputs',
      `{"model_name":"edit","inputs":{"image":"${picture}",${many((i) => `"k${i}":1,`)}"prompt":"x"}}`,
    ],
    ['keys at the top', `{${many((i) => `"k${i}":1,`)}"model_name":"edit"}`],
    ['empty objects', `[${many(() => '{},')}1]`],
    ['brackets', `${'['.repeat(130_000)}${']'.repeat(130_000)}`],
  ])(
    'holds up the event loop little longer for a body full of %s than its JSON takes',
    async (_, body) => {
      const { call } = await start();
      expect(body.length).toBeGreaterThan(200_000);
      await call('POST', '/v1/run', { body: tryOn });
      const worst = watchMainThread();
      expect((await call('POST', '/v1/run', { body })).status).toBeLessThan(500);
      const held = worst();
      const started = processorTime();
      for (let time = 0; time < 20; time++) JSON.parse(body);
      // What grows with the square of the text takes thousands of times as long as reading it once.
      expect(held).toBeLessThan(processorTime() - started);
    },
  );
});

/** Of this thread, in milliseconds: elapsed time would tell how busy the machine is. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The longest turn of the event loop in milliseconds of processor time, from now until it is asked for. */
function watchMainThread(): () => number {
  let worst = 0;
  let last = processorTime();
  let watching = true;
  const turn = (): void => {
    const now = processorTime();
    worst = Math.max(worst, now - last);
    last = now;
    if (watching) setImmediate(turn);
  };
  turn();
  return () => {
    watching = false;
    return worst;
  };
}

/** From another process, for writing 30 MB of JSON takes its time too. Resolves with 0 when all went well. */
async function postPictureFromOutside(base: string): Promise<number | null> {
  const script = `
    const picture = 'data:image/png;base64,' + Buffer.alloc(22_500_000, 7).toString('base64');
    const body = JSON.stringify({ model_name: 'background-remove', inputs: { image: picture } });
    const answer = await fetch('${base}/v1/run', { method: 'POST', body,
      headers: { authorization: 'Bearer ${goodKey}', 'content-type': 'application/json' } });
    process.exitCode = answer.status === 200 ? 0 : 1;`;
  const { promise, resolve } = Promise.withResolvers<number | null>();
  spawn(process.execPath, ['--input-type=module', '-e', script]).on('exit', resolve);
  return promise;
}
