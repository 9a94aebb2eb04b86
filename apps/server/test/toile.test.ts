import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fail, succeed } from '../src/failures/failure.ts';
import { createFinisher } from '../src/finish/finish.ts';
import type { Core } from './core.ts';
import { startCore } from './core.ts';
import { freshDatabase } from './postgres.ts';
import type { TestDatabase } from './postgres.ts';
import { pixel, stagesAround } from './stages.ts';
import { startToile, type ToileServer } from './toile-server.ts';

let database: TestDatabase;
let core: Core;
const servers: ToileServer[] = [];
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await freshDatabase({ poolSize: 16 });
  core = await startCore(database, {
    uploadLimits: { quotaBytes: 3000, hours: 1, mostBytes: 2000 },
  });
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
  for (const { app, departures } of servers.splice(0)) {
    await app.close();
    expect(departures).toEqual([]);
  }
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

async function start(options: Parameters<typeof startToile>[1] = {}): Promise<ToileServer> {
  const server = await startToile(core, options);
  servers.push(server);
  return server;
}

function work(...stages: Parameters<typeof stagesAround>): void {
  const worker = core.worker(stagesAround(...stages));
  closers.push(() => worker.drain(0));
}

const cutOut = {
  capability: 'background-remove',
  images: { image: 'https://example.com/a.png' },
} as const;
const times = (count: number) => Array.from({ length: count }, () => cutOut);
const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(900, 5)]);

describe('jobs', () => {
  it('are accepted, followed and answered with outputs', async () => {
    const { call } = await start();
    const submitted = await call('POST', 'jobs', { body: cutOut });
    expect(submitted).toMatchObject({ status: 202, json: { status: 'queued', price: 1 } });
    expect(submitted.headers.get('location')).toBe(`/toile/v1/jobs/${submitted.json.id}`);
    work();
    const done = await call('GET', `jobs/${submitted.json.id}`, { headers: { prefer: 'wait=9' } });
    expect(done.json).toMatchObject({
      status: 'succeeded',
      charged: 1,
      outputs: [{ mediaType: 'image/png', width: 1, height: 1 }],
    });
  });

  it('are waited for with Prefer: wait, and no longer than that', async () => {
    const { call } = await start();
    const body = cutOut;
    const tooLate = await call('POST', 'jobs', { body, headers: { prefer: 'wait=1' } });
    expect(tooLate.status).toBe(202);
    expect(tooLate.headers.get('preference-applied')).toBe('wait=1');
    work();
    const inTime = await call('POST', 'jobs', {
      body,
      headers: { prefer: 'respond-async, wait=20' },
    });
    expect(inTime).toMatchObject({ status: 200, json: { status: 'succeeded' } });
  });

  it('tell why they failed, and cost nothing then', async () => {
    const { call } = await start();
    work(() => fail('pose-not-found', 'No person was found.'));
    const { json } = await call('POST', 'jobs', { body: cutOut, headers: { prefer: 'wait=9' } });
    expect(json).toMatchObject({
      status: 'failed',
      error: { code: 'pose-not-found', message: 'No person was found.' },
      charged: 0,
    });
    expect((await call('GET', 'balance')).json).toMatchObject({ available: 1000, held: 0 });
  });

  it('come in batches, whole or not at all', async () => {
    const { call } = await start({ milliCredits: 3000 });
    const tooMany = await call('POST', 'jobs', { body: { jobs: times(4) } });
    expect(tooMany).toMatchObject({
      status: 402,
      json: { code: 'out-of-credits', available: 3, required: 4 },
    });
    const wrong = await call('POST', 'jobs', {
      body: { jobs: [cutOut, { ...cutOut, count: 9 }] },
    });
    expect(wrong.json.errors).toEqual([{ path: 'jobs.1.count', message: 'must be at most 4.' }]);
    expect((await call('GET', 'jobs')).json.jobs).toEqual([]);
    work();
    const batch = await call('POST', 'jobs', {
      body: { jobs: times(3) },
      headers: { prefer: 'wait=9' },
    });
    expect(batch.status).toBe(200);
    expect(batch.json.jobs.map((job: { status: string }) => job.status)).toEqual(
      Array(3).fill('succeeded'),
    );
    const listed = await call('GET', `jobs?batch=${batch.json.batchId}&limit=2`);
    expect(listed.json.jobs).toHaveLength(2);
    const rest = await call('GET', `jobs?limit=2&cursor=${listed.json.next}`);
    expect(rest.json).toMatchObject({ jobs: [{ batchId: batch.json.batchId }], next: null });
  });

  it('end by the deadline of their caller, free of charge', async () => {
    const { call } = await start();
    const headers = { 'toile-deadline': '1', prefer: 'wait=9' };
    work(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return fail('engine-failed', 'stopped', 'later');
    });
    const { json } = await call('POST', 'jobs', { body: cutOut, headers });
    expect(json).toMatchObject({ status: 'canceled', charged: 0 });
    const wrong = await call('POST', 'jobs', { body: cutOut, headers: { 'toile-deadline': 'x' } });
    expect(wrong).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
  });

  it('can be canceled before and while they run', async () => {
    const { call } = await start();
    const queued = await call('POST', 'jobs', { body: cutOut });
    expect(await call('POST', `jobs/${queued.json.id}/cancel`)).toMatchObject({
      status: 200,
      json: { status: 'canceled' },
    });
    const started = Promise.withResolvers<void>();
    work(async ({ signal }) => {
      started.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return fail('engine-failed', 'stopped', 'later');
    });
    const running = await call('POST', 'jobs', { body: cutOut });
    await started.promise;
    expect(await call('POST', `jobs/${running.json.id}/cancel`)).toMatchObject({
      status: 200,
      json: { status: 'canceled', charged: 0 },
    });
  });

  it('take no other model than the one they name, where their account wishes so', async () => {
    const { call, owner } = await start();
    const asked: unknown[] = [];
    work(({ request }) => {
      asked.push([request.aiModel, request.aiModelOnly]);
      return succeed(pixel);
    });
    const run = (body: object) => call('POST', 'jobs', { body, headers: { prefer: 'wait=9' } });
    await run({ ...cutOut, aiModel: 'some-model' });
    expect((await call('GET', 'account')).json).toMatchObject({ fallback: true });
    expect(await call('POST', 'account', { body: { fallback: false } })).toMatchObject({
      status: 200,
      json: { id: owner.accountId, fallback: false },
    });
    await run({ ...cutOut, aiModel: 'some-model' });
    await run(cutOut);
    expect(asked.slice(-3)).toEqual([
      ['some-model', undefined],
      ['some-model', true],
      [undefined, undefined],
    ]);
  });

  it('are quoted with price, ability and, once there were some, seconds', async () => {
    const { call } = await start();
    const tryOn = { capability: 'try-on', images: { model: 'a', garment: 'b' }, count: 2 };
    const { json } = await call('POST', 'quotes', { body: { jobs: [cutOut, tryOn] } });
    expect(json).toMatchObject({
      price: 3,
      affordable: true,
      jobs: [
        { possible: true, reason: null },
        { possible: false, reason: 'This engine only cuts out.' },
      ],
    });
  });

  it.each([
    [{}, 'capability'],
    [{ capability: 'tryon' }, 'capability'],
    [{ ...cutOut, images: {} }, 'images.image'],
    [{ ...cutOut, images: { image: 7 } }, 'images.image'],
    [{ ...cutOut, seed: -1 }, 'seed'],
    [{ ...cutOut, webhookUrl: 'ftp://x' }, 'webhookUrl'],
    [{ ...cutOut, images: { image: 'upload:nothing' } }, 'images.image'],
    [{ capability: 'relight', images: { image: 'x' } }, 'direction'],
  ])('that are wrong, as %j, are refused by the name of the field', async (body, path) => {
    const { call } = await start();
    const answer = await call('POST', 'jobs', { body });
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
    expect(answer.json.errors[0].path).toBe(path);
  });
});

describe('preflights', () => {
  const data = (bytes: number) =>
    `data:image/png;base64,${Buffer.concat([png.subarray(0, 8), Buffer.alloc(bytes)]).toString('base64')}`;

  it('tell what is wrong with a picture, or what may turn out less well, for nothing', async () => {
    const { call, owner } = await start();
    const look = (image: string) =>
      call('POST', 'preflights', { body: { ...cutOut, images: { image } } });
    expect(await look(data(500))).toMatchObject({
      status: 200,
      json: {
        capability: 'background-remove',
        usable: true,
        engine: 'test',
        problem: null,
        pictures: [{ name: 'image', usable: true, doubts: ['It is dark.'], problem: null }],
      },
    });
    expect((await look(data(50))).json).toMatchObject({
      usable: false,
      pictures: [{ usable: false, problem: { code: 'pose-not-found', message: 'Nobody.' } }],
    });
    expect((await look('https://example.com/missing.png')).json).toMatchObject({
      usable: false,
      problem: { code: 'input-unreachable' },
      pictures: [],
    });
    const rows = await database.pool.query('select 1 from jobs where account_id = $1', [
      owner.accountId,
    ]);
    expect(rows.rowCount).toBe(0);
  });

  it('refuse what no engine does, batches, and more at once than the server takes', async () => {
    const { call } = await start();
    const relight = {
      capability: 'relight',
      images: { image: data(500) },
      direction: { light: { preset: 'neon' } },
    };
    expect((await call('POST', 'preflights', { body: relight })).json).toMatchObject({
      usable: false,
      engine: null,
      problem: { code: 'unsupported', message: expect.stringContaining("can do 'relight'") },
    });
    expect(await call('POST', 'preflights', { body: { jobs: [cutOut] } })).toMatchObject({
      status: 400,
    });
    // The address is of no bytes, and such a picture is looked at until time is over.
    const answers = await Promise.all(
      [0, 1].map(() => call('POST', 'preflights', { body: cutOut })),
    );
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 429, json: { code: 'too-busy', retryAfter: 3 } });
    }
    expect(
      (await call('POST', 'preflights', { body: { ...cutOut, images: { image: data(500) } } }))
        .status,
    ).toBe(200);
  });
});

describe('an Idempotency-Key', () => {
  it('has a job done once, and is refused with another body', async () => {
    const { call } = await start();
    const headers = { 'idempotency-key': 'order-1' };
    const [first, second] = await Promise.all([
      call('POST', 'jobs', { body: cutOut, headers }),
      call('POST', 'jobs', { body: cutOut, headers }),
    ]);
    expect(first.json.id).toBe(second.json.id);
    const other = await call('POST', 'jobs', { body: { ...cutOut, seed: 2 }, headers });
    expect(other).toMatchObject({ status: 409, json: { code: 'idempotency-conflict' } });
  });

  it('gives the same secret again, which lies nowhere in the open', async () => {
    const { call } = await start();
    const headers = { 'idempotency-key': 'key-1' };
    const first = await call('POST', 'keys', { body: { name: 'shop' }, headers });
    const again = await call('POST', 'keys', { body: { name: 'shop' }, headers });
    expect(first.status).toBe(201);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const { rows } = await database.pool.query('select sealed_reply from replies');
    expect(JSON.stringify(rows.map((row) => row.sealed_reply.toString('latin1')))).not.toContain(
      first.json.secret.slice(20),
    );
    const other = await call('POST', 'keys', { body: { name: 'else' }, headers });
    expect(other).toMatchObject({ status: 409, json: { code: 'idempotency-conflict' } });
  });
});

interface Event {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Events of a stream until it ends. */
async function eventsOf({ base, secret }: ToileServer, id: string, last?: string, query = '') {
  const response = await fetch(`${base}/toile/v1/jobs/${id}/events${query}`, {
    headers: {
      authorization: `Bearer ${secret}`,
      ...(last !== undefined && { 'last-event-id': last }),
    },
  });
  const events = (await response.text()).split('\n\n').flatMap((block): Event[] => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const event = field('event');
    if (event === undefined) return [];
    return [{ id: field('id') ?? '', event, data: JSON.parse(field('data') ?? 'null') }];
  });
  return { status: response.status, type: response.headers.get('content-type'), events };
}

describe('event streams', () => {
  it('tell the place in the queue, the progress and the end, and then end', async () => {
    const server = await start();
    const { json } = await server.call('POST', 'jobs', { body: cutOut });
    const following = eventsOf(server, json.id);
    await new Promise((resolve) => setTimeout(resolve, 150));
    work(async ({ onProgress }) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      onProgress(0.5, 'half');
      return succeed(pixel);
    });
    const { type, events } = await following;
    expect(type).toBe('text/event-stream; charset=utf-8');
    expect(events[0]).toMatchObject({ event: 'queued', data: { position: expect.any(Number) } });
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'running', data: { progress: 0.5 } }),
    );
    expect(events.at(-1)).toMatchObject({ event: 'ended', data: { status: 'succeeded' } });
  });

  it('go on where a client left off, and tell a finished one to stay away', async () => {
    const server = await start();
    work();
    const { json } = await server.call('POST', 'jobs', {
      body: cutOut,
      headers: { prefer: 'wait=9' },
    });
    expect((await eventsOf(server, json.id, 'queued-3')).events).toMatchObject([
      { id: 'ended', data: { id: json.id } },
    ]);
    expect(await eventsOf(server, json.id, 'ended')).toMatchObject({ status: 204, events: [] });
    const { json: next } = await server.call('POST', 'jobs', { body: cutOut });
    expect((await eventsOf(server, next.id, 'nonsense')).events.at(-1)?.event).toBe('ended');
  });

  it('tell the end also to a client that claims to know it already', async () => {
    const server = await start();
    const { json } = await server.call('POST', 'jobs', { body: cutOut });
    const following = eventsOf(server, json.id, 'ended');
    work();
    expect((await following).events.at(-1)).toMatchObject({ event: 'ended' });
  });

  it('show small copies of what was made, to those who ask for them', async () => {
    const server = await start();
    const finisher = createFinisher({ threads: core.media });
    const side = 600;
    const large = {
      width: side,
      height: side,
      channels: 3,
      data: new Uint8Array(3 * side ** 2),
    } as const;
    work(() => succeed({ images: [large, large], warnings: [] }), {
      finish: (image, format, signal) => finisher.finish(image, format, signal),
    });
    const { json } = await server.call('POST', 'jobs', {
      body: cutOut,
      headers: { prefer: 'wait=9' },
    });
    const { events } = await eventsOf(server, `${json.id}`, undefined, '?previews=true');
    expect(events.map(({ event }) => event)).toEqual(['preview', 'ended']);
    const preview = {
      dataUri: expect.stringMatching(/^data:image\/jpeg;base64,\/9j\//),
      width: 220,
      height: 220,
    };
    expect(events[0]?.data).toEqual({
      previews: [
        { output: 0, ...preview },
        { output: 1, ...preview },
      ],
    });
    const resumed = await eventsOf(server, json.id, 'preview', '?previews=true');
    expect(resumed.events.map(({ event }) => event)).toEqual(['ended']);
    expect((await eventsOf(server, json.id)).events.map(({ event }) => event)).toEqual(['ended']);
  });

  it('end when the server closes, and cost nothing when their clients vanish', async () => {
    const server = await start();
    const { json } = await server.call('POST', 'jobs', { body: cutOut });
    const gone = httpRequest(`${server.base}/toile/v1/jobs/${json.id}/events`, {
      headers: { authorization: `Bearer ${server.secret}` },
    });
    gone.on('error', () => undefined);
    gone.end();
    await new Promise((resolve) => gone.on('response', resolve));
    gone.destroy();
    const head = await server.call('HEAD', `jobs/${json.id}/events`);
    expect(head.headers.get('content-type')).toContain('text/event-stream');
    const open = eventsOf(server, json.id);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.app.close();
    expect((await open).events.every(({ event }) => event === 'queued')).toBe(true);
  });
});

describe('uploads', () => {
  it('come as a body, in a form or in pieces, and serve as pictures of jobs', async () => {
    const { base, call } = await start();
    const direct = await call('POST', 'uploads', {
      raw: png,
      headers: { 'content-type': 'image/png' },
    });
    expect(direct).toMatchObject({
      status: 201,
      json: { complete: true, bytes: png.byteLength, mediaType: 'image/png' },
    });
    const form = new FormData();
    form.append('picture', new File([png], 'a.png'));
    expect((await call('POST', 'uploads', { raw: form })).json.bytes).toBe(png.byteLength);

    const begun = await call('POST', 'uploads', { body: { bytes: png.byteLength } });
    expect(begun.json).toMatchObject({ complete: false, received: 0 });
    const address = `${base}${new URL(begun.json.uploadUrl).pathname}`;
    const send = (from: number, to: number) =>
      fetch(address, {
        method: 'PATCH',
        headers: { 'upload-offset': String(from) },
        body: png.subarray(from, to),
      });
    expect((await send(0, 300)).headers.get('upload-offset')).toBe('300');
    expect((await send(0, 300)).status).toBe(409);
    expect((await fetch(address, { method: 'HEAD' })).headers.get('upload-offset')).toBe('300');
    expect((await send(300, 908)).headers.get('upload-complete')).toBe('?1');
    expect((await fetch(address.replace(/.$/, ''), { method: 'HEAD' })).status).toBe(404);

    const taken: unknown[] = [];
    work(({ request }) => {
      taken.push(request.images);
      return succeed(pixel);
    });
    const body = { ...cutOut, images: { image: begun.json.picture } };
    const job = await call('POST', 'jobs', { body, headers: { prefer: 'wait=9' } });
    expect(job.json.status).toBe('succeeded');
    expect(taken).toContainEqual({
      image: { from: 'upload', key: expect.stringContaining(begun.json.id), bytes: 908 },
    });
    expect((await call('GET', `uploads/${begun.json.id}`)).json.complete).toBe(true);
  });

  it('are held to their size, their quota and to being pictures', async () => {
    const { call } = await start();
    const send = (raw: Buffer) =>
      call('POST', 'uploads', { raw, headers: { 'content-type': 'image/png' } });
    expect(await send(Buffer.from('no picture'))).toMatchObject({ status: 415 });
    expect(await send(Buffer.concat([png, Buffer.alloc(2000)]))).toMatchObject({ status: 413 });
    const first = await send(png);
    expect((await send(png)).status).toBe(201);
    expect((await send(png)).status).toBe(201);
    expect(await send(png)).toMatchObject({ status: 413, json: { code: 'quota-exceeded' } });
    expect((await call('DELETE', `uploads/${first.json.id}`)).status).toBe(204);
    expect((await send(png)).status).toBe(201);
  });
});

describe('accounts', () => {
  it('see nothing of each other, by any route', async () => {
    const mine = await start();
    const theirs = await start();
    const { json: job } = await mine.call('POST', 'jobs', { body: cutOut });
    const { json: upload } = await mine.call('POST', 'uploads', {
      raw: png,
      headers: { 'content-type': 'image/png' },
    });
    const { json: key } = await mine.call('POST', 'keys', { body: { name: 'k' } });
    const { json: endpoint } = await mine.call('POST', 'webhook-endpoints', {
      body: { url: 'https://example.com/hook' },
    });
    const portrait = `data:image/png;base64,${png.toString('base64')}`;
    const { json: model } = await mine.call('POST', 'models', {
      body: { name: 'Ava', portrait },
    });
    expect(model.picture).toBe('saved:Ava');
    for (const [method, path] of [
      ['GET', `jobs/${job.id}`],
      ['GET', `jobs/${job.id}/events`],
      ['POST', `jobs/${job.id}/cancel`],
      ['GET', `uploads/${upload.id}`],
      ['DELETE', `uploads/${upload.id}`],
      ['GET', `models/${model.id}`],
      ['DELETE', `models/${model.id}`],
      ['DELETE', `keys/${key.id}`],
      ['DELETE', `webhook-endpoints/${endpoint.id}`],
    ] as const) {
      const answer = await theirs.call(method, path);
      expect([path, answer.status, answer.json.code]).toEqual([path, 404, 'not-found']);
    }
    for (const picture of [upload.picture, model.picture]) {
      const body = { ...cutOut, images: { image: picture } };
      expect((await theirs.call('POST', 'jobs', { body })).status).toBe(400);
      expect((await mine.call('POST', 'jobs', { body })).status).toBe(202);
    }
    for (const list of ['jobs', 'models', 'webhook-endpoints', 'usage']) {
      const { json } = await theirs.call('GET', list);
      expect(Object.values(json).find(Array.isArray)).toEqual([]);
    }
    expect((await theirs.call('GET', 'keys')).json.keys).toHaveLength(1);
  });

  it('count usage by day, capability and key, tokens with their key', async () => {
    const { call, owner } = await start();
    work();
    const { json: token } = await call('POST', 'tokens', { body: {} });
    const options = { body: cutOut, headers: { prefer: 'wait=9' } };
    await call('POST', 'jobs', options);
    await call('POST', 'jobs', { ...options, key: token.token });
    expect((await call('GET', 'usage')).json.rows).toEqual([
      expect.objectContaining({
        capability: 'background-remove',
        keyId: owner.keyId,
        jobs: 2,
        succeeded: 2,
        charged: 2,
      }),
    ]);
    expect(await call('GET', 'usage?from=2020-01-01&to=2026-01-01')).toMatchObject({ status: 400 });
  });
});

describe('tokens', () => {
  const origin = 'https://shop.example';

  it('do what they were made for, see what is theirs, and end with their key', async () => {
    const { call } = await start();
    const { json: key } = await call('POST', 'keys', { body: { name: 'k' } });
    const { json } = await call('POST', 'tokens', {
      key: key.secret,
      body: { scopes: ['run', 'read'] },
    });
    const asToken = { key: json.token };
    const hidden = await call('POST', 'jobs', { body: cutOut });
    const own = await call('POST', 'jobs', { ...asToken, body: cutOut });
    expect(own.status).toBe(202);
    expect((await call('GET', 'jobs', asToken)).json.jobs).toMatchObject([{ id: own.json.id }]);
    expect((await call('GET', `jobs/${hidden.json.id}`, asToken)).status).toBe(404);
    for (const path of ['keys', 'webhook-endpoints', 'balance', 'usage', 'models']) {
      expect((await call('GET', path, asToken)).status).toBe(403);
    }
    expect((await call('POST', 'uploads', { ...asToken, raw: png })).status).toBe(403);
    await call('DELETE', `keys/${key.id}`);
    await expect
      .poll(async () => (await call('GET', 'jobs', asToken)).status, { timeout: 4000 })
      .toBe(401);
  });

  it('are what browsers use, where an origin is let in; account keys are refused there', async () => {
    const { base, call, secret } = await start({ http: { corsOrigins: [origin] } });
    const { json } = await call('POST', 'tokens', { body: {} });
    const preflight = await fetch(`${base}/toile/v1/jobs`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    const good = await call('GET', 'jobs', { key: json.token, headers: { origin } });
    expect(good.headers.get('access-control-allow-origin')).toBe(origin);
    expect(await call('GET', 'jobs', { key: secret, headers: { origin } })).toMatchObject({
      status: 403,
      json: { code: 'key-in-browser' },
    });
    const stranger = await call('GET', 'jobs', { headers: { origin: 'https://evil.example' } });
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('open nothing to browsers by default', async () => {
    const { call } = await start();
    const { headers } = await call('GET', 'jobs', { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('limits', () => {
  it('are told on every answer and can be set by name', async () => {
    const { call } = await start({
      http: { rates: new Map([['toile.read', { requests: 2, seconds: 60 }]]) },
    });
    const { headers } = await call('GET', 'account');
    expect(headers.get('ratelimit-policy')).toBe('"read";q=2;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"read";r=1;t=(60|59)$/);
    await call('GET', 'balance');
    const refused = await call('GET', 'jobs');
    expect(refused).toMatchObject({ status: 429, json: { code: 'rate-limited' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call('POST', 'jobs', { body: cutOut })).status).toBe(202);
  });
});

describe('documents', () => {
  it('are served for programs and for people', async () => {
    const { base } = await start();
    const document = await (await fetch(`${base}/docs/toile/openapi.json`)).json();
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Toile' } });
    const page = await fetch(`${base}/docs/toile`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await page.text();
    expect(text).toContain('/toile/v1/jobs/{id}/events');
    expect(text).toContain('curl -X POST http://toile.test/toile/v1/jobs');
    expect(text).not.toMatch(/<script|src=|@import|url\(/);
    expect(await (await fetch(`${base}/docs`)).text()).toContain('href="/docs/toile"');
  });

  it('list every capability with a schema and whether an engine does it', async () => {
    const { call } = await start();
    const { json } = await call('GET', 'capabilities');
    expect(json.capabilities).toHaveLength(16);
    expect(json.capabilities).toContainEqual(
      expect.objectContaining({ name: 'background-remove', available: true, engines: ['test'] }),
    );
    const { json: presets } = await call('GET', 'presets');
    expect(presets.vocabularies).toContainEqual(
      expect.objectContaining({
        field: 'light.preset',
        open: false,
        presets: expect.arrayContaining([{ id: 'neon', words: expect.stringContaining('neon') }]),
      }),
    );
    expect((await call('GET', 'engines')).json.engines[0]).toMatchObject({ name: 'test' });
  });
});
