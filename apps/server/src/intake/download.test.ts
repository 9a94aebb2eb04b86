import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download } from './download.ts';
import { createFetchGuard } from './fetch-guard.ts';
import { createPostingFetch } from './guarded-fetch.ts';
import { maxFileBytes } from './limits.ts';

let server: Server;
let origin: string;
let hits: string[] = [];
const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/ok': (_, response) => response.setHeader('content-type', 'image/png').end('picture'),
  '/again': (_, response) => response.writeHead(302, { location: '/ok' }).end(),
  '/again/2': (_, response) => response.writeHead(301, { location: `${origin}/again` }).end(),
  '/again/3': (_, response) => response.writeHead(307, { location: '/again/2' }).end(),
  '/again/4': (_, response) => response.writeHead(308, { location: '/again/3' }).end(),
  '/to-metadata': (_, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  '/to-neighbour': (_, response) =>
    response.writeHead(302, { location: `${origin.replace('127.0.0.1', '127.0.0.2')}/ok` }).end(),
  '/to-file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/missing': (_, response) => response.writeHead(404).end('no'),
  '/broken': (_, response) => response.writeHead(503).end('no'),
  '/announced': (_, response) =>
    response.writeHead(200, { 'content-length': maxFileBytes + 1 }).write('x'),
  '/endless': (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(1_000_000)));
    };
    response.on('drain', more);
    more();
  },
  '/slow': (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => undefined,
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half');
    setTimeout(() => response.destroy(), 20);
  },
};

beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(request.url ?? '');
    const route = routes[request.url ?? ''];
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const open = createFetchGuard({ allow: ['127.0.0.1'] });
const closed = createFetchGuard({ allow: [] });
afterAll(() => Promise.all([open.close(), closed.close()]));

const get = (path: string, options: { guard?: typeof open; signal?: AbortSignal } = {}) =>
  download(options.guard ?? open, {
    url: path.startsWith('/') ? origin + path : path,
    subject: 'model image',
    signal: options.signal ?? new AbortController().signal,
    seconds: 1,
  });

const refused = (message: string | RegExp, code = 'input-unreachable') => ({
  ok: false,
  failure: { code, message: expect.stringMatching(message) },
});

describe('fetching a picture', () => {
  it('brings its bytes and what its server claims it to be', async () => {
    const result = await get('/ok');
    expect(result).toMatchObject({ ok: true, value: { contentType: 'image/png' } });
    expect(result.ok && Buffer.from(result.value.bytes).toString()).toBe('picture');
  });

  it('follows three redirects and no fourth', async () => {
    expect(await get('/again/3')).toMatchObject({ ok: true });
    expect(await get('/again/4')).toMatchObject(refused('redirects too many times'));
  });

  it('refuses a private address by number and by name, before a byte is sent', async () => {
    hits = [];
    const { port } = new URL(origin);
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0x7f.1',
      '2130706433',
    ]) {
      const result = await get(`http://${host}:${port}/ok`, { guard: closed });
      expect(result, host).toMatchObject(refused('does not lead to a public address'));
    }
    expect(hits).toEqual([]);
  });

  it('checks again after a redirect, and does not tell where it led', async () => {
    for (const path of ['/to-metadata', '/to-neighbour']) {
      const result = await get(path);
      expect(result).toMatchObject(refused('does not lead to a public address'));
      expect(JSON.stringify(result)).not.toMatch(/169\.254|127\.0/);
    }
    expect(await get('/to-file')).toMatchObject(refused('Invalid URL format'));
  });

  it.each([
    'ftp://example.com/a',
    'file:///etc/passwd',
    'http://user:secret@example.com/a',
    'nonsense',
    'http://',
  ])('refuses %s for its form', async (url) => {
    expect(await get(url)).toMatchObject(
      refused('^Error loading model image: Invalid URL format$'),
    );
  });

  it('passes on the status of a refusal, with the advice to retry only where it may help', async () => {
    expect(await get('/missing')).toMatchObject({
      failure: { retry: 'never', message: expect.stringContaining('404') },
    });
    expect(await get('/broken')).toMatchObject({
      failure: { retry: 'later', message: expect.stringContaining('503') },
    });
  });

  it('stops at 30 MB, announced or not', async () => {
    expect(await get('/announced')).toMatchObject(refused('larger than 30 MB', 'input-unreadable'));
    expect(await get('/endless')).toMatchObject(refused('larger than 30 MB', 'input-unreadable'));
  });

  it('gives up in time on a server that drips or keeps silent', async () => {
    for (const path of ['/slow', '/silent']) {
      const start = performance.now();
      expect(await get(path)).toMatchObject(refused('did not arrive within 1 seconds'));
      expect(performance.now() - start).toBeLessThan(1_500);
    }
  });

  it('says when the connection broke off, or was never made', async () => {
    expect(await get('/cut')).toMatchObject(refused('broke off'));
    expect(await get('http://127.0.0.1:1/x')).toMatchObject(refused('could not be reached'));
  });

  it('says when there is no such host', async () => {
    expect(await get('http://no-such-host.invalid/x')).toMatchObject(
      refused(/host was not found|could not be reached/),
    );
  });

  it('throws when its job is canceled, rather than blaming the picture', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await expect(get('/silent', { signal: controller.signal })).rejects.toThrow();
  });
});

describe('sending a webhook through the guard', () => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    redirect: 'manual',
  } as const;

  it('delivers to an allowed address and does not follow a redirect', async () => {
    const post = createPostingFetch(open);
    const signal = AbortSignal.timeout(1_000);
    expect((await post(`${origin}/ok`, { ...init, signal })).status).toBe(200);
    const redirect = await post(`${origin}/again`, { ...init, signal });
    expect(redirect.status).toBe(302);
    await redirect.body?.cancel();
  });

  it('throws with the kind of the refusal for a private one', async () => {
    const post = createPostingFetch(closed);
    const signal = AbortSignal.timeout(1_000);
    await expect(post(`${origin}/ok`, { ...init, signal })).rejects.toMatchObject({
      cause: { code: 'forbidden-address' },
    });
  });
});
