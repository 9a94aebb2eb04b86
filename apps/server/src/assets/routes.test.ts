import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAddresses } from './addresses.ts';
import { createLocalStore } from './local-store.ts';
import { assetRoutes, type ServedArtifact } from './routes.ts';

const addresses = createAddresses({
  publicUrl: 'http://127.0.0.1:4040',
  secret: Buffer.alloc(32, 1),
});
const expiresAt = new Date('2026-12-01T00:00:00Z');
const content = Buffer.from('0123456789');
const artifacts = new Map<string, ServedArtifact>([
  ['one', { storageKey: 'outputs/one.png', mime: 'image/png', bytes: 10, expiresAt }],
  ['swept', { storageKey: 'outputs/swept.png', mime: 'image/png', bytes: 10, expiresAt }],
  ['odd', { storageKey: 'outputs/one.png', mime: 'text/html', bytes: 10, expiresAt }],
]);
const pathOf = (artifactId: string): string =>
  new URL(addresses.sign({ artifactId, name: 'output_0.png', expiresAt })).pathname;

let folder: string;
let server: FastifyInstance;
let now = new Date('2026-11-30T00:00:00Z');
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'toile-assets-'));
  const store = createLocalStore(folder);
  await store.put('outputs/one.png', content);
  server = Fastify();
  await server.register(assetRoutes, {
    addresses,
    store,
    findArtifact: async (id) => artifacts.get(id) ?? null,
    now: () => now,
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('serving artifacts', () => {
  it('sends the bytes with a fixed type that no browser guesses around', async () => {
    const answer = await server.inject(pathOf('one'));
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload).toEqual(content);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': '10',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline; filename="output_0.png"',
      'cache-control': 'private, max-age=86400, immutable',
    });
  });

  it('never serves a type that could carry a script', async () => {
    const answer = await server.inject(pathOf('odd'));
    expect(answer.headers['content-type']).toBe('application/octet-stream');
  });

  it('answers HEAD with the same headers and no body', async () => {
    const answer = await server.inject({ method: 'HEAD', url: pathOf('one') });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-length']).toBe('10');
    expect(answer.rawPayload).toHaveLength(0);
  });

  it('sends one range, and says when it lies outside', async () => {
    const part = await server.inject({ url: pathOf('one'), headers: { range: 'bytes=2-4' } });
    expect(part.statusCode).toBe(206);
    expect(part.payload).toBe('234');
    expect(part.headers['content-range']).toBe('bytes 2-4/10');
    const outside = await server.inject({ url: pathOf('one'), headers: { range: 'bytes=50-' } });
    expect(outside.statusCode).toBe(416);
    expect(outside.headers['content-range']).toBe('bytes */10');
  });

  it('answers 304 to who has it already', async () => {
    const { headers } = await server.inject(pathOf('one'));
    const again = await server.inject({
      url: pathOf('one'),
      headers: { 'if-none-match': String(headers['etag']) },
    });
    expect(again.statusCode).toBe(304);
  });

  it('answers 404 to a wrong signature, an unknown artifact and one whose bytes are gone', async () => {
    const forged = pathOf('one').replace('/one/', '/two/');
    for (const url of [
      forged,
      pathOf('none'),
      pathOf('swept'),
      '/artifacts/one/1-x/output_0.png',
    ]) {
      const answer = await server.inject(url);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('answers 410 once retention has ended', async () => {
    const before = now;
    now = expiresAt;
    expect((await server.inject(pathOf('one'))).statusCode).toBe(410);
    now = before;
  });
});
