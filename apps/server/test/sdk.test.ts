import { createHmac } from 'node:crypto';
import {
  createToile,
  JobError,
  type JobRequest,
  type Picture,
  ProblemError,
  ToileError,
  verifyWebhook,
  WaitTimeoutError,
} from '@toile/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import type { CapabilityName, CapabilityRequest } from '../src/capabilities/index.ts';
import { fail, succeed } from '../src/failures/failure.ts';
import type { WireJob } from '../src/dialects/toile/wire/job.ts';
import type { Core } from './core.ts';
import { startCore } from './core.ts';
import { freshDatabase } from './postgres.ts';
import type { TestDatabase } from './postgres.ts';
import { pixel, stagesAround } from './stages.ts';
import { startToile, type ToileServer } from './toile-server.ts';

let database: TestDatabase;
let core: Core;
let server: ToileServer;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await freshDatabase({ poolSize: 16 });
  core = await startCore(database);
  server = await startToile(core);
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});
afterAll(async () => {
  await server.app.close();
  expect(server.departures).toEqual([]);
  await core.stop();
  await database.drop();
});

function work(engine?: Parameters<typeof stagesAround>[0]): void {
  const worker = core.worker(stagesAround(engine));
  closers.push(() => worker.drain(0));
}

const client = (rest: Partial<Parameters<typeof createToile>[0]> = {}) =>
  createToile({ baseUrl: server.base, key: server.secret, retries: 1, ...rest });
const cutOut = {
  capability: 'background-remove',
  images: { image: 'https://example.com/a.png' },
} as const;
const png = (bytes: number) =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(bytes, 5)]);

describe('the client', () => {
  it('runs a job to its outputs, following its events, and sends bytes ahead', async () => {
    const kinds = new Set<string>();
    const taken: unknown[] = [];
    work(async ({ request, onProgress }) => {
      taken.push(request.images);
      await new Promise((resolve) => setTimeout(resolve, 300));
      onProgress(0.5, 'half');
      return succeed(pixel);
    });
    const job = await client().run(
      { ...cutOut, images: { image: png(900) } },
      { onEvent: (event) => kinds.add(event.type) },
    );
    expect(job).toMatchObject({ status: 'succeeded', outputs: [{ mediaType: 'image/png' }] });
    expect(kinds).toContain('running');
    expect(taken).toMatchObject([{ image: { from: 'upload', bytes: 908 } }]);
  });

  it('throws the failure of a job, and the refusal of a request, as errors with codes', async () => {
    work(() => fail('pose-not-found', 'No person was found.'));
    const failed = await client()
      .run(cutOut)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(JobError);
    expect(failed).toMatchObject({ code: 'pose-not-found', job: { charged: 0 } });
    const wrong = { ...cutOut, images: { image: '' } };
    const refused = await client()
      .jobs.submit(wrong)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused).toMatchObject({
      code: 'invalid-request',
      problem: { errors: [{ path: 'images.image' }] },
    });
  });

  it('polls where streams do not come through', async () => {
    const noStreams = client({
      fetch: async (url, init) =>
        url.endsWith('/events') ? new Response('', { status: 200 }) : fetch(url, init),
    });
    const submitted = await noStreams.jobs.submit(cutOut);
    work();
    expect(await noStreams.jobs.wait(submitted.id)).toMatchObject({ status: 'succeeded' });
  });

  it('goes on after a connection that broke, and does nothing twice', async () => {
    let broken = 0;
    const shaky = client({
      retries: 2,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        if (init.method === 'POST' && broken < 2) {
          broken += 1;
          await response.arrayBuffer();
          throw new TypeError('connection reset');
        }
        return response;
      },
    });
    await shaky.jobs.submit({ ...cutOut, seed: 77 });
    expect(broken).toBe(2);
    const { rows } = await database.pool.query(
      `select count(*)::int as jobs from jobs where request->>'seed' = '77'`,
    );
    expect(rows).toEqual([{ jobs: 1 }]);
  });

  it('sends large pictures in pieces and goes on where a piece was lost', async () => {
    let lost = 0;
    const shaky = client({
      fetch: async (url, init) => {
        if (init.method === 'PATCH' && lost === 0) {
          lost += 1;
          throw new TypeError('connection reset');
        }
        return fetch(url.replace('http://toile.test', server.base), init);
      },
    });
    const upload = await shaky.uploads.send(png(2500), { pieceBytes: 1000 });
    expect(upload).toMatchObject({ complete: true, bytes: 2508 });
    expect(lost).toBe(1);
  });

  it('stops waiting when told to, and cancels the job of a run', async () => {
    const toile = client();
    const { id } = await toile.jobs.submit(cutOut);
    await expect(toile.jobs.wait(id, { timeoutMs: 200 })).rejects.toBeInstanceOf(WaitTimeoutError);
    const leave = new AbortController();
    let runId = '';
    const running = toile.run(cutOut, {
      signal: leave.signal,
      onEvent: () => leave.abort(new Error('enough')),
    });
    await expect(running).rejects.toThrow('enough');
    for await (const job of toile.jobs.list()) {
      runId = job.id;
      break;
    }
    expect(await toile.jobs.get(runId)).toMatchObject({ status: 'canceled' });
    await toile.jobs.cancel(id);
  });

  it('lists through all pages, batches, quotes and manages', async () => {
    const toile = client();
    const batch = await toile.jobs.submitBatch(Array.from({ length: 60 }, () => cutOut));
    const seen: string[] = [];
    for await (const job of toile.jobs.list({ batchId: batch.batchId })) seen.push(job.id);
    expect(seen).toHaveLength(60);
    expect(await toile.quote({ ...cutOut, images: { image: png(9) } })).toMatchObject({ price: 1 });
    const key = await toile.keys.create('mine', ['run']);
    await toile.keys.revoke(key.id);
    expect((await toile.keys.list()).find(({ id }) => id === key.id)?.revokedAt).not.toBeNull();
    const { token } = await toile.createToken({ seconds: 60 });
    await expect(client({ key: () => token }).balance()).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await toile.engines()).toMatchObject([{ name: 'test' }]);
    expect(await toile.usage()).not.toEqual([]);
  });
});

it('checks the signature of a webhook, and its age', async () => {
  const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
  const body = '{"id":"1"}';
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', Buffer.alloc(32, 3))
    .update(`m1.${timestamp}.${body}`)
    .digest('base64');
  const headers = {
    'webhook-id': 'm1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,bm8= v1,${signature}`,
  };
  expect(await verifyWebhook(secret, headers, body)).toEqual({ id: '1' });
  await expect(verifyWebhook(secret, headers, `${body} `)).rejects.toBeInstanceOf(ToileError);
  await expect(verifyWebhook(secret, headers, body, Date.now() + 600_000)).rejects.toBeInstanceOf(
    ToileError,
  );
});

describe('its types', () => {
  it('know every capability of the server, and no other', () => {
    expectTypeOf<JobRequest['capability']>().toEqualTypeOf<CapabilityName>();
  });

  it('say of a job what the server says', () => {
    type ClientJob = Awaited<ReturnType<ReturnType<typeof createToile>['run']>>;
    expectTypeOf<WireJob>().toExtend<ClientJob>();
  });

  it('have the same pictures and fields as the canonical requests', () => {
    type Of<Requests, Name> = Extract<Requests, { readonly capability: Name }>;
    type Names<Requests, Name> = keyof Of<Requests, Name> & string;
    type PictureNames<Requests, Name> = keyof (Of<Requests, Name> & { images: object })['images'];
    type SameFields = {
      [Name in CapabilityName]: [
        Exclude<Names<JobRequest, Name>, 'outputFormat'>,
        PictureNames<JobRequest, Name>,
      ];
    };
    type CanonicalFields = {
      [Name in CapabilityName]: [
        Names<CapabilityRequest, Name>,
        PictureNames<CapabilityRequest, Name>,
      ];
    };
    expectTypeOf<SameFields>().toEqualTypeOf<CanonicalFields>();
    expectTypeOf<Picture>().toEqualTypeOf<string | Blob | Uint8Array>();
  });
});
