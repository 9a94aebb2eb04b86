import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accepted, type Core, ended, startCore, submission } from '../../test/core.ts';
import { freshDatabase, type TestDatabase } from '../../test/postgres.ts';
import type { JobView } from '../jobs/port.ts';
import { createWebhooks, retryDelaysSeconds, type Webhooks } from './webhooks.ts';

let database: TestDatabase;
let core: Core;
let receiver: Server;
let url: string;
let received: { body: unknown; type: string | undefined; path: string | undefined }[];
/** Of the same deliveries: what signatures are made of. */
let signed: { text: string; headers: IncomingMessage['headers'] }[];
/** The receiver's answers, one after the other; the last one stays. */
let answers: (number | 'hang up' | 'redirect')[];
let started: Webhooks[];

beforeAll(async () => {
  database = await freshDatabase();
  receiver = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
beforeEach(async () => {
  received = [];
  signed = [];
  answers = [204];
  started = [];
  core = await startCore(database);
  core.worker();
});
afterEach(async () => {
  await Promise.all(started.map((webhooks) => webhooks.stop()));
  await core.stop();
});
afterAll(async () => {
  await new Promise((resolve) => receiver.close(resolve));
  await database.drop();
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await read(request);
  signed.push({ text, headers: request.headers });
  received.push({
    body: JSON.parse(text),
    type: request.headers['content-type'],
    path: request.url,
  });
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  if (answer === 'hang up') response.destroy();
  else if (answer === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end();
  else response.writeHead(answer ?? 204).end('thanks');
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

const render = (_dialect: string, job: JobView) => ({ id: job.id, status: job.state.status });

function startWebhooks(): Webhooks {
  const webhooks = createWebhooks({
    database,
    jobs: core.jobs,
    fetch,
    render,
    seal: core.seal,
    signals: core.signals,
    logger: core.logger,
    pollSeconds: 0.05,
    delaysSeconds: [0.02, 0.02, 0.02, 0.02, 0.02],
  });
  started.push(webhooks);
  webhooks.start();
  return webhooks;
}

async function finishedJob(): Promise<string> {
  const owner = await core.account();
  const jobId = await accepted(core.jobs, submission(owner, { webhookUrl: url }));
  await ended(core.jobs, owner.accountId, jobId);
  return jobId;
}

async function settled(jobId: string): Promise<Record<string, unknown>> {
  for (const giveUpAt = Date.now() + 5000; Date.now() < giveUpAt;) {
    const { rows } = await database.pool.query<Record<string, unknown>>(
      `select tries, last_result, delivered_at is not null as delivered, abandoned_at is not null as abandoned
       from webhook_deliveries where job_id = $1`,
      [jobId],
    );
    if (rows[0]?.['delivered'] === true || rows[0]?.['abandoned'] === true) return rows[0];
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('neither delivered nor abandoned');
}

describe('webhooks', () => {
  it('tell the receiver once what a poll would say', async () => {
    startWebhooks();
    const jobId = await finishedJob();
    expect(await settled(jobId)).toEqual({
      tries: 1,
      last_result: 'status 204',
      delivered: true,
      abandoned: false,
    });
    expect(received).toEqual([
      { body: { id: jobId, status: 'succeeded' }, type: 'application/json', path: '/hook' },
    ]);
  });

  it('are sent again after an error, a hang-up or a redirect, which is not followed', async () => {
    answers = [500, 'hang up', 'redirect', 200];
    startWebhooks();
    const jobId = await finishedJob();
    expect(await settled(jobId)).toMatchObject({ tries: 4, delivered: true });
    expect(received.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook', '/hook']);
  });

  it('are given up after five retries', async () => {
    answers = [503];
    startWebhooks();
    const jobId = await finishedJob();
    expect(await settled(jobId)).toEqual({
      tries: 6,
      last_result: 'status 503',
      delivered: false,
      abandoned: true,
    });
    expect(received).toHaveLength(6);
  });

  it('are over within five minutes, even when every try times out', () => {
    expect(retryDelaysSeconds).toHaveLength(5);
    const total = retryDelaysSeconds.reduce((sum, delay) => sum + delay, 0) + 6 * 10;
    expect(total).toBeLessThanOrEqual(300);
  });

  it('outlive the process that owed them', async () => {
    const jobId = await finishedJob();
    // As a sender that was killed in the middle leaves it: tried once, lease running out.
    await database.pool.query(
      `update webhook_deliveries set tries = 1, next_try_at = now() + interval '50 ms' where job_id = $1`,
      [jobId],
    );
    startWebhooks();
    expect(await settled(jobId)).toMatchObject({ tries: 2, delivered: true });
  });

  it('are sent by one of several senders', async () => {
    startWebhooks();
    startWebhooks();
    const ids = await Promise.all(Array.from({ length: 10 }, finishedJob));
    await Promise.all(ids.map(settled));
    expect(received).toHaveLength(10);
  });
});

describe('receivers of an account', () => {
  const toileJob = async () => {
    const owner = await core.account();
    const created = await core.webhookEndpoints.create(owner.accountId, url);
    if (!created) throw new Error('no receiver was made');
    return { owner, ...created };
  };

  it('get a delivery each, signed so that a receiver can check it, with one id through all tries', async () => {
    answers = [500, 204];
    const { owner, secret } = await toileJob();
    startWebhooks();
    await accepted(core.jobs, submission(owner, { dialect: 'toile' }));
    await expect.poll(() => signed.length, { timeout: 5000 }).toBe(2);
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    for (const { text, headers } of signed) {
      const content = [headers['webhook-id'], headers['webhook-timestamp'], text].join('.');
      const expected = createHmac('sha256', key).update(content).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    }
    expect(new Set(signed.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('get nothing of other accounts, of other dialects, or after they were removed', async () => {
    const { owner, endpoint } = await toileJob();
    const other = await core.account();
    await accepted(core.jobs, submission(other, { dialect: 'toile' }));
    await accepted(core.jobs, submission(owner, { dialect: 'fashn' }));
    const last = await accepted(core.jobs, submission(owner, { dialect: 'toile' }));
    expect(await core.webhookEndpoints.remove(other.accountId, endpoint.id)).toBe(false);
    await core.jobs.waitFor(owner.accountId, 'toile', last, { timeoutMs: 5000 });
    expect(await core.webhookEndpoints.remove(owner.accountId, endpoint.id)).toBe(true);
    startWebhooks();
    expect(await settled(last)).toMatchObject({
      abandoned: true,
      last_result: 'the receiver was removed',
    });
    expect(received).toEqual([]);
  });
});
