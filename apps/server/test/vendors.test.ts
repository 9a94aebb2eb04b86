import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { capabilityRequestSchema } from '../src/capabilities/index.ts';
import { aiModels } from '../src/dialects/autotoon/wire.ts';
import { statusSchemas } from '../src/dialects/vistoure/wire.ts';
import { fail } from '../src/failures/failure.ts';
import { greyPng } from './picture-server.ts';
import { keysOf, vendorExamples } from './vendor-examples.ts';
import type { Example } from './vendor-examples.ts';
import { paintGrey, send, startVendors } from './vendor-server.ts';
import type { Answer, Call, VendorServer } from './vendor-server.ts';

let server: VendorServer;
let base: string;
let owner: { accountId: string; keyId: string; secret: string };
let selfie: string;

beforeAll(async () => {
  server = await startVendors();
  base = await server.listen();
  owner = await server.core.account();
  selfie = (await greyPng(40, 50)).toString('base64');
});
afterEach(() => {
  server.engine.paint = paintGrey;
  server.engine.aiModels = [];
  server.engine.seen.length = 0;
});
afterAll(() => server.stop());

const call = (method: string, path: string, options?: Call): Promise<Answer> =>
  send(base, owner.secret, method, path, options);
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  call('POST', path, { body, headers });
const field = (answer: Answer, name: string): string =>
  String((answer.json as Record<string, unknown>)[name]);
const editorial = '/api/fashion-editorial';
const picture = (): string => `${server.pictures}/p.png`;
const look = () => ({
  models: [{ imageUrl: picture(), clothingImageUrls: [`${server.pictures}/g.png`] }],
});
const left = async (): Promise<number> => {
  const { subscription, onDemand } = await server.core.ledger.balance(owner.accountId);
  return (subscription + onDemand) / 1000;
};

async function ended(path: string): Promise<Answer> {
  const giveUpAt = Date.now() + 15_000;
  for (;;) {
    const answer = await call('GET', path);
    if (/"status":"(completed|failed)"/.test(answer.text) || answer.status !== 200) return answer;
    if (Date.now() > giveUpAt) throw new Error(`still ${answer.text}`);
    await pause(10);
  }
}

describe('the examples of the pages', () => {
  const places = {
    pictures: 'P',
    models: ['M0', 'M1'],
    output: 'O',
    selfie: 'S',
  } as const;

  it.each(vendorExamples(places).map(({ name }, index) => [name, index] as const))(
    'answer %s with exactly the documented fields, and can be fed on',
    async (_, index) => {
      server.engine.aiModels = [...aiModels];
      const saved = await Promise.all(
        ['one', 'two'].map(async (name) => {
          const list = (await call('GET', '/api/fashion-model/list')).json as {
            models: { id: string; name: string }[];
          };
          const before = list.models.find((model) => model.name === `${name} ${index}`);
          if (before) return before.id;
          const body = { name: `${name} ${index}`, imageUrl: picture() };
          return field(await post('/api/fashion-model', body), 'id');
        }),
      );
      const output = field(await post(`${editorial}/generate`, look()), 'imageUrl');
      const example = vendorExamples({
        pictures: server.pictures,
        models: [saved[0] ?? '', saved[1] ?? ''],
        output,
        selfie,
      })[index] as Example;
      const answer = await post(example.path, example.body);
      expect(answer.json).toEqual(expect.anything());
      expect({ status: answer.status, keys: keysOf(answer.json) }).toEqual({
        status: 200,
        keys: example.fields,
      });
      if (example.statusPath === null) return;
      const status = await ended(`${example.statusPath}${field(answer, 'id')}`);
      expect({ status: status.status, keys: keysOf(status.json) }).toEqual({
        status: 200,
        keys: example.statusFields,
      });
      expect(field(status, 'status')).toBe('completed');
    },
  );
});

describe('Auto Toon', () => {
  it('feeds an output to the next call: generate, then relight, then upscale', async () => {
    const balance = await left();
    const made = await post(`${editorial}/generate`, {
      ...look(),
      styleData: { style: 'lookbook' },
    });
    expect(made.json).toEqual({
      imageUrl: expect.stringMatching(/\.png$/),
      creditsRemaining: balance - 3,
      prompt: expect.stringContaining('A fashion editorial photo of a model wearing'),
      fallbackUsed: false,
    });
    const lit = await post(`${editorial}/relight`, {
      baseImageUrl: field(made, 'imageUrl'),
      lightPosition: 'above-left at 45 degrees',
    });
    expect(lit.json).toMatchObject({ creditsRemaining: balance - 6 });
    const large = await post(`${editorial}/upscale`, {
      imageUrl: field(lit, 'imageUrl'),
      scale: 1.5,
    });
    expect(large.json).toMatchObject({ creditsRemaining: balance - 8 });
    expect((await call('GET', '/api/credits/balance')).json).toEqual({ balance: balance - 8 });
  });

  it('puts clothing of the top and of each model on the right people', async () => {
    const shared = `${server.pictures}/scarf.png`;
    await post(`${editorial}/generate`, {
      clothingImageUrls: [shared],
      models: [
        { imageUrl: picture(), clothingImageUrls: [shared, `${server.pictures}/a.png`] },
        { imageUrl: picture(), prompt: 'laughing' },
      ],
    });
    const request = server.engine.seen[0]?.request;
    expect(request).toMatchObject({
      capability: 'editorial',
      people: [
        { portrait: 'portrait-1', garments: ['garment-1-1', 'garment-1-2'] },
        { portrait: 'portrait-2', garments: ['garment-2-1'], prompt: 'laughing' },
      ],
    });
    expect(capabilityRequestSchema.safeParse(request).success).toBe(true);
  });

  it('lets another engine step in for a model that is not there, at the lower price, and says so', async () => {
    const balance = await left();
    const body = { ...look(), aiModel: 'bytedance/seedream-4.5' };
    expect((await post(`${editorial}/generate`, body)).json).toMatchObject({
      fallbackUsed: true,
      creditsRemaining: balance - 1,
    });
    await server.pinning.pin(owner.accountId, true);
    expect(await post(`${editorial}/generate`, body)).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining('serves the model bytedance/seedream-4.5') },
    });
    server.engine.aiModels = ['bytedance/seedream-4.5'];
    expect((await post(`${editorial}/generate`, body)).json).toMatchObject({ fallbackUsed: false });
    await server.pinning.pin(owner.accountId, false);
  });

  it('tells of wishes that could not be followed', async () => {
    const warning = 'The hair of the request could not be followed.';
    server.engine.paint = async (job) => {
      const painted = await paintGrey(job);
      return painted.ok
        ? { ...painted, value: { ...painted.value, warnings: [warning] } }
        : painted;
    };
    const body = { ...look(), hairstyleAnalysis: 'long' };
    expect((await post(`${editorial}/generate`, body)).json).toMatchObject({ warnings: [warning] });
  });

  it.each([
    ['generate', {}, 'modelId is required unless models is given.'],
    ['generate', { models: [] }, 'modelId is required unless models is given.'],
    ['generate', { modelId: 'x' }, 'clothingImageUrls is required; it must hold'],
    ['generate', { models: [{}] }, 'models[0].modelId is required unless'],
    [
      'generate',
      { models: [{ imageUrl: 'P' }] },
      'clothingImageUrls is required, at the top or in',
    ],
    ['generate', { modelId: 'x', clothingImageUrls: 'P' }, 'clothingImageUrls must be an array'],
    [
      'generate',
      { modelId: 'x', clothingImageUrls: ['P'], aiModel: 'dall-e' },
      'aiModel must be one of',
    ],
    [
      'generate',
      { modelId: 'x', clothingImageUrls: ['P'], styleData: 'x' },
      'styleData must be an object',
    ],
    ['relight', { baseImageUrl: 'P' }, 'lighting is required unless lightPosition is given.'],
    [
      'relight',
      { baseImageUrl: 'P', lighting: 'disco' },
      'golden-hour, blue-hour, studio-soft, dramatic, neon, natural-window, backlit, moonlight',
    ],
    ['upscale', {}, 'imageUrl is required'],
    ['upscale', { imageUrl: 'P', scale: 1 }, 'scale must be a number above 1 and up to 4'],
    ['upscale', { imageUrl: 'P', scale: 4.1 }, 'scale must be a number above 1 and up to 4'],
    [
      'variations',
      { baseImageUrl: 'P', styleData: { style: 'vogue' } },
      'styleData.style must be one of fashion-editorial, surreal-product-hero',
    ],
    ['variations', { baseImageUrl: 'P', aspectRatio: '1:7' }, 'aspectRatio must be one of'],
    ['video/generate', { imageUrl: 'P', duration: 7 }, 'duration must be 5 or 10'],
  ])('refuses %s %j', async (endpoint, body, error) => {
    const answer = await post(`${editorial}/${endpoint}`, body);
    expect(answer).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining(error), code: 'BAD_REQUEST' },
    });
  });

  it('answers 404 for a model that is not saved, or is saved by somebody else', async () => {
    const other = await server.core.account();
    const theirs = await send(base, other.secret, 'POST', '/api/fashion-model', {
      body: { name: 'Ava', imageUrl: picture() },
    });
    for (const modelId of ['clx9abc123def456', field(theirs, 'id')]) {
      expect(
        await post(`${editorial}/generate`, { modelId, clothingImageUrls: [picture()] }),
      ).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
      expect(await call('DELETE', `/api/fashion-model/${modelId}`)).toMatchObject({ status: 404 });
    }
    // Nor can its picture be used by address.
    const address = field(theirs, 'imageUrl');
    expect(await post(`${editorial}/upscale`, { imageUrl: address })).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining('no longer available') },
    });
  });

  it('saves a model, lists it, serves its picture, and deletes it', async () => {
    const sheet = `data:image/png;base64,${(await greyPng(9, 9)).toString('base64')}`;
    const made = await post('/api/fashion-model', {
      name: 'Bo',
      imageUrl: picture(),
      prompt: 'freckles',
      characterSheetUrl: sheet,
    });
    expect(made.json).toEqual({
      id: expect.stringMatching(/^cl[0-9a-z]{23}$/),
      name: 'Bo',
      imageUrl: expect.stringContaining('/artifacts/'),
      prompt: 'freckles',
      characterSheetUrl: expect.stringContaining('/artifacts/'),
      createdAt: expect.stringMatching(/Z$/),
    });
    const { models } = (await call('GET', '/api/fashion-model/list')).json as { models: object[] };
    expect(models).toContainEqual(made.json);
    const served = await fetch(field(made, 'imageUrl').replace('http://toile.test', base));
    expect(served.headers.get('content-type')).toBe('image/png');
    await served.arrayBuffer();
    expect(await post('/api/fashion-model', { name: 'Bo', imageUrl: picture() })).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining('"Bo" is saved already') },
    });
    expect(
      await post('/api/fashion-model', { name: 'Cy', imageUrl: `${server.pictures}/text` }),
    ).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining("Error loading imageUrl: The URL's Content-Type") },
    });
    // FASHN's clients know it by its name.
    const run = await post('/v1/run', {
      model_name: 'tryon-v1.6',
      inputs: { model_image: 'saved:Bo', garment_image: picture() },
    });
    expect((await ended(`/v1/status/${field(run, 'id')}`)).json).toMatchObject({
      status: 'completed',
    });
    expect(await call('DELETE', `/api/fashion-model/${field(made, 'id')}`)).toMatchObject({
      status: 200,
      json: { success: true },
    });
    const gone = await post('/v1/run', {
      model_name: 'tryon-v1.6',
      inputs: { model_image: 'saved:Bo', garment_image: picture() },
    });
    expect(gone).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('inputs.model_image names the saved model "Bo"') },
    });
  });

  it('answers 402 with what is missing', async () => {
    const poor = await server.core.account(0);
    const answer = await send(base, poor.secret, 'POST', `${editorial}/generate`, { body: look() });
    expect(answer).toMatchObject({ status: 402 });
    expect(answer.json).toEqual({
      error: 'Insufficient credits',
      code: 'INSUFFICIENT_CREDITS',
      balance: 0,
      required: 3,
      needsTopUp: true,
    });
  });

  it.each([
    ['a picture at fault', fail('pose-not-found', 'No person.'), 400, 'BAD_REQUEST'],
    ['what no engine offers', fail('unsupported', 'Not here.'), 400, 'BAD_REQUEST'],
    ['what moderation blocks', fail('content-blocked', 'No.'), 400, 'SAFETY_BLOCK'],
    ['a breakdown', fail('engine-failed', 'Broken.'), 500, 'INTERNAL_ERROR'],
  ])('answers %s, and charges nothing', async (_, failure, status, code) => {
    const balance = await left();
    server.engine.paint = () => failure;
    const answer = await post(`${editorial}/generate`, look());
    expect(answer).toMatchObject({ status, json: { code } });
    if (status === 500) {
      const { jobId } = answer.json as { jobId: string };
      expect((await call('GET', `/api/jobs/${jobId}`)).json).toMatchObject({ status: 'failed' });
    }
    expect(await left()).toBe(balance);
  });

  it('names the field of a picture that can not be loaded', async () => {
    const models = [
      { imageUrl: picture(), clothingImageUrls: [picture(), `${server.pictures}/missing`] },
    ];
    expect(await post(`${editorial}/generate`, { models })).toMatchObject({
      status: 400,
      json: {
        error: expect.stringContaining(
          'Error loading models[0].clothingImageUrls[1]: The URL answered',
        ),
      },
    });
  });

  it('tells of the limit on every answer, the refused ones included', async () => {
    const limited = await server.listen({ autotoon: { limit: { requests: 2, seconds: 60 } } });
    const key = (await server.core.account()).secret;
    const seen: (string | null)[] = [];
    const paths = [
      '/api/credits/balance',
      '/api/fashion-model/list',
      '/api/credits/balance',
      '/api/none',
    ];
    for (const path of paths) {
      const { status, headers, json } = await send(limited, key, 'GET', path);
      seen.push(
        `${status} ${headers.get('x-ratelimit-limit')} ${headers.get('x-ratelimit-remaining')}`,
      );
      expect(Number(headers.get('x-ratelimit-reset')) - Date.now() / 1000).toBeLessThanOrEqual(61);
      if (status === 429) {
        expect(json).toMatchObject({ error: 'Rate limit exceeded', code: 'RATE_LIMITED' });
        expect(headers.get('retry-after')).toBe(
          String((json as { retryAfter: number }).retryAfter),
        );
      }
    }
    expect(seen).toEqual(['200 2 1', '200 2 0', '429 2 0', '404 2 2']);
  });

  it('keeps videos in a list, newest first, failed ones among them', async () => {
    const own = await server.core.account();
    const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
      send(base, own.secret, method, path, { body });
    const started = async (): Promise<string> =>
      field(await ask('POST', `${editorial}/video/generate`, { imageUrl: picture() }), 'id');
    const settle = async (id: string): Promise<void> => {
      await expect
        .poll(async () => (await ask('GET', `${editorial}/video/status/${id}`)).text)
        .not.toContain('processing');
    };
    const first = await started();
    expect(first).toMatch(/^vid_[0-9a-f-]{36}$/);
    await settle(first);
    server.engine.paint = () => fail('engine-failed', 'Broken.');
    const second = await started();
    expect(second).not.toBe(first);
    await settle(second);
    const { videos } = (await ask('GET', `${editorial}/videos`)).json as { videos: object[] };
    expect(videos).toMatchObject([
      { id: second, status: 'failed', videoUrl: null, error: 'Broken.' },
      { id: first, status: 'completed', videoUrl: expect.stringMatching(/^http/) },
    ]);
    expect(keysOf(videos[1])).toEqual(['id', 'status', 'videoUrl', 'createdAt']);
    const page = await ask('GET', `${editorial}/videos?limit=1`);
    expect(page.json).toMatchObject({ videos: [{ id: second }], nextCursor: second });
    expect((await ask('GET', `${editorial}/videos?limit=1&cursor=${second}`)).json).toMatchObject({
      videos: [{ id: first }],
    });
    expect(await ask('GET', `${editorial}/videos?limit=x`)).toMatchObject({ status: 400 });
    expect(await call('GET', `${editorial}/video/status/${first}`)).toMatchObject({ status: 404 });
  });

  it('makes an equal video anew once the first has ended, pictures inside included', async () => {
    const imageUrl = `data:image/png;base64,${(await greyPng(21, 21)).toString('base64')}`;
    const start = async (): Promise<string> =>
      field(await post(`${editorial}/video/generate`, { imageUrl }), 'id');
    const { release } = hold();
    const first = await start();
    expect(await start()).toBe(first);
    release();
    await ended(`${editorial}/video/status/${first}`);
    const next = await start();
    expect(next).not.toBe(first);
    expect((await ended(`${editorial}/video/status/${next}`)).text).toContain('completed');
  });

  it('answers with the video of a call that broke off, and is billed once', async () => {
    const imageUrl = `data:image/png;base64,${(await greyPng(23, 23)).toString('base64')}`;
    const balance = await left();
    const leaving = new AbortController();
    const submit = server.core.jobs.submit.bind(server.core.jobs);
    server.core.jobs.submit = async (job) => {
      const outcome = await submit(job);
      leaving.abort();
      // As long as the server needs to learn that nobody listens.
      await pause(100);
      return outcome;
    };
    const dropped = call('POST', `${editorial}/video/generate`, {
      body: { imageUrl },
      signal: leaving.signal,
    });
    await expect(dropped).rejects.toThrow();
    const newest = async () => (await call('GET', `${editorial}/videos?limit=1`)).text;
    await expect.poll(newest).toContain('"completed"');
    server.core.jobs.submit = submit;
    const start = () => post(`${editorial}/video/generate`, { imageUrl });
    expect((await start()).json).toMatchObject({ status: 'completed' });
    expect(await left()).toBe(balance - 10);
    expect((await start()).json).toMatchObject({ status: 'processing' });
  });

  it('lets an admin key manage keys, and no other key', async () => {
    const { accountId } = owner;
    const admin = await server.core.accounts.createKey(accountId, 'admin', ['admin']);
    const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
      send(base, admin.secret, method, path, { body });
    expect(await call('GET', '/api/keys')).toMatchObject({
      status: 403,
      json: { code: 'FORBIDDEN' },
    });
    expect(await ask('GET', '/api/credits/balance')).toMatchObject({ status: 403 });
    const made = await ask('POST', '/api/keys', { name: 'shop' });
    expect(keysOf(made.json)).toEqual(['id', 'key', 'name', 'prefix', 'createdAt']);
    const key = field(made, 'key');
    expect(await send(base, key, 'GET', '/api/credits/balance')).toMatchObject({ status: 200 });
    const { keys } = (await ask('GET', '/api/keys')).json as { keys: { id: string }[] };
    expect(keysOf(keys.find(({ id }) => id === field(made, 'id')))).toEqual([
      'id',
      'name',
      'prefix',
      'lastUsedAt',
      'createdAt',
    ]);
    expect((await ask('DELETE', `/api/keys/${field(made, 'id')}`)).json).toEqual({ success: true });
    expect(await ask('DELETE', `/api/keys/${field(made, 'id')}`)).toMatchObject({ status: 404 });
    await expect
      .poll(async () => (await send(base, key, 'GET', '/api/credits/balance')).status, {
        timeout: 2500,
      })
      .toBe(401);
  });
});

/** An engine that holds its jobs until they are let go. */
function hold(): { release: () => void; begun: () => number } {
  const gate = Promise.withResolvers<void>();
  let begun = 0;
  server.engine.paint = async (job) => {
    begun += 1;
    await gate.promise;
    return await paintGrey(job);
  };
  return { release: () => gate.resolve(), begun: () => begun };
}

describe.each([
  ['Auto Toon', `${editorial}/generate`, () => look()],
  [
    'the selfie API',
    '/generate_image',
    () => ({ selfie_base64: selfie, clothing_description: 'a coat', mode: 'studio' }),
  ],
] as const)('an equal call of %s', (name, path, body) => {
  const priced = { selfie: { prices: { generateImage: 3 } } };

  it('joins the one under way, is billed once, and is a new one after the answer has arrived', async () => {
    const address = await server.listen(priced);
    const ask = (): Promise<Answer> => send(address, owner.secret, 'POST', path, { body: body() });
    const balance = await left();
    const { release, begun } = hold();
    const calls = [ask(), ask(), ask()];
    await expect.poll(begun).toBe(1);
    release();
    const texts = (await Promise.all(calls)).map(({ status }) => status);
    expect(texts).toEqual([200, 200, 200]);
    expect(await left()).toBe(balance - 3);
    expect((await ask()).status).toBe(200);
    expect(await left()).toBe(balance - 6);
  });

  it('gets the picture of a call whose connection broke, before or after the end, and is billed once', async () => {
    const address = await server.listen(priced);
    const balance = await left();
    const { release, begun } = hold();
    const leaving = new AbortController();
    const dropped = send(address, owner.secret, 'POST', path, {
      body: body(),
      signal: leaving.signal,
    });
    await expect.poll(begun).toBe(1);
    leaving.abort();
    await expect(dropped).rejects.toThrow();
    release();
    await expect.poll(left).toBe(balance - 3);
    const again = await send(address, owner.secret, 'POST', path, { body: body() });
    expect(again.status).toBe(200);
    expect(await left()).toBe(balance - 3);
    expect(server.engine.seen).toHaveLength(1);
  });

  it('gets the picture of a call that timed out, and is billed once', async () => {
    const waitSeconds = 0.3;
    const address = await server.listen({
      autotoon: { waitSeconds },
      selfie: { ...priced.selfie, waitSeconds },
    });
    const balance = await left();
    const { release } = hold();
    const ask = (): Promise<Answer> => send(address, owner.secret, 'POST', path, { body: body() });
    const late = await ask();
    expect(late).toMatchObject({
      status: 500,
      json: { error: expect.stringMatching(/Job [0-9a-f-]{36} goes on/) },
    });
    expect(keysOf(late.json)).toEqual(
      name === 'Auto Toon' ? ['error', 'code', 'jobId'] : ['error'],
    );
    release();
    await expect.poll(left).toBe(balance - 3);
    expect((await ask()).status).toBe(200);
    expect(await left()).toBe(balance - 3);
  });

  it('has the same picture for a day with an Idempotency-Key, and another request with it is refused', async () => {
    const address = await server.listen(priced);
    const balance = await left();
    const headers = { 'idempotency-key': `of ${name}`.replaceAll(' ', '-') };
    const ask = (extra: object = {}): Promise<Answer> =>
      send(address, owner.secret, 'POST', path, { body: { ...body(), ...extra }, headers });
    const first = await ask();
    const again = await ask();
    expect(again.status).toBe(200);
    const picture = name === 'Auto Toon' ? 'imageUrl' : 'image_base64';
    expect(field(again, picture)).toBe(field(first, picture));
    expect(await left()).toBe(balance - 3);
    expect(await ask({ extra: 1 })).toMatchObject({ status: 409 });
  });
});

describe('VistoureAI', () => {
  const tryon = () => ({
    category: 'top',
    model_image: picture(),
    garment_image: picture(),
  });

  it('repeats the input of a try-on, with <base64> for pictures that came inside', async () => {
    const garment = `data:image/png;base64,${(await greyPng(200, 200)).toString('base64')}`;
    const body = {
      ...tryon(),
      garment_image: garment,
      garment_description: 'black leather jacket',
    };
    const run = await post('/api/v2/tryon/run', body);
    expect(field(run, 'id')).toMatch(/^gen_[0-9a-f-]{36}$/);
    const { json } = await ended(`/api/v2/tryon/status/${field(run, 'id')}`);
    expect(json).toMatchObject({
      status: 'completed',
      output: [expect.stringMatching(/\.png$/)],
      error: null,
      model_name: 'Turbo',
      input: {
        category: 'top',
        model_image: picture(),
        garment_image: '<base64>',
        garment_description: 'black leather jacket',
        seed: 42,
        model_name: 'Turbo',
      },
    });
    expect(() => statusSchemas.tryon.parse(json)).not.toThrow();
  });

  it.each([
    ['tryon', 'gen_', { category: 'dresses' }, 'one-pieces'],
    ['tryon', 'gen_', { category: 'bottom' }, 'bottoms'],
    ['tryon/pro', 'gen_pro_', { category: 'accessory', model_name: '' }, 'accessories'],
    ['tryon/pro', 'gen_pro_', { category: 'dress', garment_size: 'L' }, 'one-pieces'],
    ['fabric', 'gen_fab_', { category: 'bottom', fabric_description: 'tweed' }, 'bottoms'],
  ])('%s: %s… takes %j', async (tool, prefix, extra, kind) => {
    const run = await post(`/api/v2/${tool}/run`, { ...tryon(), ...extra });
    expect(field(run, 'id').replace(/[0-9a-f-]{36}$/, '')).toBe(prefix);
    await ended(`/api/v2/${tool}/status/${field(run, 'id')}`);
    expect(server.engine.seen[0]?.request).toMatchObject({ garmentKind: kind });
  });

  it('has one output for fabric and as many as asked for a virtual model', async () => {
    const fabric = await post('/api/v2/fabric/run', {
      category: 'top',
      model_image: picture(),
      fabric_image: picture(),
    });
    expect(await ended(`/api/v2/fabric/status/${field(fabric, 'id')}`)).toMatchObject({
      json: { output: expect.stringMatching(/^http/) },
    });
    const model = await post('/api/v2/virtualmodel/run', {
      model_name: 'Plus',
      ethnicity: 'Asian',
      gender: 'male',
      dresstype: 'suit',
      background: 'studio-white',
      closeup: true,
      face_reference: picture(),
      num_outputs: 3,
    });
    expect(field(model, 'id')).toMatch(/^gen_model_/);
    const { json } = await ended(`/api/v2/virtualmodel/status/${field(model, 'id')}`);
    expect((json as { output: string[] }).output).toHaveLength(3);
  });

  it('costs tokens, and tells what is left', async () => {
    const tokens = async (): Promise<number> =>
      Number(field(await call('GET', '/api/v2/user/tokens'), 'tokens'));
    const before = await tokens();
    const run = await post('/api/v2/tryon/run', tryon());
    await ended(`/api/v2/tryon/status/${field(run, 'id')}`);
    expect(await tokens()).toBe(before - 100);
    const poor = await server.core.account(500);
    expect(
      await send(base, poor.secret, 'POST', '/api/v2/tryon/run', { body: tryon() }),
    ).toMatchObject({
      status: 402,
      json: { id: null, error: 'This run costs 100 tokens and 50 are left.' },
    });
  });

  it('tells of wishes that could not be followed in a header', async () => {
    server.engine.paint = async (job) => {
      const painted = await paintGrey(job);
      return painted.ok
        ? { ...painted, value: { ...painted.value, warnings: ['Café: no.'] } }
        : painted;
    };
    const run = await post('/api/v2/tryon/run', { ...tryon(), garment_description: 'tweed' });
    const { headers } = await ended(`/api/v2/tryon/status/${field(run, 'id')}`);
    expect(JSON.parse(headers.get('x-toile-warnings') ?? '')).toEqual(['Café: no.']);
  });

  it('tells why a run failed, in its status', async () => {
    server.engine.paint = () => fail('garment-not-found', 'No garment in garment image.');
    const run = await post('/api/v2/tryon/pro/run', tryon());
    expect((await ended(`/api/v2/tryon/pro/status/${field(run, 'id')}`)).json).toEqual({
      id: field(run, 'id'),
      status: 'failed',
      output: null,
      error: 'No garment in garment image.',
      model_name: 'Pro',
    });
  });

  it.each([
    ['tryon', { category: 'dress' }, 'category must be one of top, bottom, dresses'],
    ['tryon/pro', { category: 'dresses' }, 'category must be one of top, bottom, dress, accessory'],
    ['fabric', { category: 'accessory' }, 'category must be one of top, bottom, dress'],
    ['tryon', { category: 'top', model_image: null }, 'model_image is required'],
    ['tryon', { category: 'top', model_image: 'P', garment_image: 'P', seed: -1 }, 'seed must be'],
    [
      'tryon',
      { category: 'top', model_image: 'P', garment_image: 'P', model_name: 'Pro' },
      'model_name must be one of Beta, Turbo',
    ],
    [
      'fabric',
      { category: 'top', model_image: 'P' },
      'fabric_image is required unless fabric_description is given.',
    ],
    ['virtualmodel', { model_name: 'Basic' }, 'model_name must be one of Standard, Pro, Plus'],
    [
      'virtualmodel',
      { model_name: 'Standard', ethnicity: 'x', gender: 'Other' },
      'gender must be female or male',
    ],
    [
      'virtualmodel',
      {
        model_name: 'Standard',
        ethnicity: 'x',
        gender: 'Male',
        dresstype: 'x',
        background: 'x',
        num_outputs: 5,
      },
      'num_outputs must be an integer between 1 and 4',
    ],
    [
      'virtualmodel',
      {
        model_name: 'Standard',
        ethnicity: 'x',
        gender: 'Male',
        dresstype: 'x',
        background: 'x',
        face_reference: 'P',
      },
      'face_reference needs model_name Pro or Plus',
    ],
    ['sketchtodress', { image: 'P', mode: 'paint' }, 'mode must be one of draw, upload'],
  ])('refuses %s %j', async (tool, body, error) => {
    const answer = await post(`/api/v2/${tool}/run`, body);
    expect(answer).toMatchObject({
      status: 400,
      json: { id: null, error: expect.stringContaining(error) },
    });
  });

  it('knows a run by the tool and the account that made it, and by no other', async () => {
    const id = field(await post('/api/v2/tryon/run', tryon()), 'id');
    const other = await server.core.account();
    for (const path of [
      `/api/v2/tryon/pro/status/${id}`,
      `/api/v2/tryon/pro/status/${id.replace('gen_', 'gen_pro_')}`,
      `/api/v2/tryon/status/${id.replace('gen_', '')}`,
      `/v1/status/${id.replace('gen_', '')}`,
    ]) {
      expect((await call('GET', path)).status, path).toBe(404);
    }
    expect(await send(base, other.secret, 'GET', `/api/v2/tryon/status/${id}`)).toMatchObject({
      status: 404,
      json: { id: null, error: 'No run has this id; it may have expired.' },
    });
  });

  it('takes 60 runs a minute and 50 polls in ten seconds, and says when to come back', async () => {
    const { defaultVistoureSettings } = await import('../src/dialects/vistoure/index.ts');
    const limited = await server.listen({ vistoure: { limits: defaultVistoureSettings.limits } });
    const key = (await server.core.account()).secret;
    const statuses = await Promise.all(
      Array.from({ length: 61 }, () =>
        send(limited, key, 'POST', '/api/v2/tryon/run', { body: {} }),
      ),
    );
    expect(statuses.filter(({ status }) => status === 429)).toHaveLength(1);
    const polls = await Promise.all(
      Array.from({ length: 51 }, () => send(limited, key, 'GET', '/api/v2/fabric/status/x')),
    );
    const refused = polls.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the selfie API', () => {
  const body = () => ({ selfie_base64: selfie, clothing_description: 'a coat', mode: 'studio' });

  it('answers with a bare base64 JPEG, free of charge', async () => {
    const balance = await left();
    const answer = await post('/generate_image', {
      ...body(),
      selfie_base64: `data:image/png;base64,${selfie}`,
    });
    expect(answer.json).toEqual({
      image_base64: expect.stringMatching(/^\/9j\//),
      mime_type: 'image/jpeg',
    });
    expect(await left()).toBe(balance);
  });

  it.each([
    [{}, 'selfie_base64 is required'],
    [{ selfie_base64: '' }, 'selfie_base64 is required'],
    [{ selfie_base64: 'x' }, 'clothing_description is required'],
    [{ selfie_base64: 'x', clothing_description: ' ' }, 'clothing_description is required'],
    [{ selfie_base64: 'x', clothing_description: 'a coat' }, 'mode is required'],
    [
      { selfie_base64: 'x', clothing_description: 'a coat', mode: 'Studio' },
      'mode must be "studio" or "environment"',
    ],
    [
      { selfie_base64: 'x', clothing_description: 'a coat', mode: 'studio' },
      'selfie_base64 is not a valid image',
    ],
    [
      { selfie_base64: 'A'.repeat(80), clothing_description: 'a coat', mode: 'studio' },
      'selfie_base64 is not a valid image',
    ],
    [{ selfie_base64: 7 }, 'selfie_base64 must be a string'],
    [[], 'The request body must be a JSON object'],
  ])('refuses %j', async (wrong, error) => {
    expect(await post('/generate_image', wrong)).toMatchObject({ status: 400, json: { error } });
  });

  it('tells what became of the clothing picture', async () => {
    const clothing = { clothing_image_url: `${server.pictures}/missing` };
    expect(await post('/generate_image', { ...body(), ...clothing })).toMatchObject({
      status: 400,
      json: { error: 'clothing_image_url could not be loaded' },
    });
  });

  it('tells a missing key (401) from a wrong one (403), and knows no other path or method', async () => {
    expect(await send(base, null, 'POST', '/generate_image', { body: body() })).toMatchObject({
      status: 401,
    });
    expect(await send(base, 'ss_wrong', 'POST', '/generate_image', { body: body() })).toMatchObject(
      { status: 403 },
    );
    expect(await call('GET', '/generate_image')).toMatchObject({ status: 404 });
  });

  it('costs what an operator asks, and refuses with 429 when it can not be paid', async () => {
    const address = await server.listen({ selfie: { prices: { generateImage: 2.5 } } });
    const poor = await server.core.account(2000);
    expect(
      await send(address, poor.secret, 'POST', '/generate_image', { body: body() }),
    ).toMatchObject({ status: 429, json: { error: expect.stringContaining('no credits') } });
  });
});

it('has answered nothing that the OpenAPI documents do not say', () => {
  expect(server.departures()).toEqual([]);
});
