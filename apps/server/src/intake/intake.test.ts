import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAddresses } from '../assets/addresses.ts';
import { createLocalStore } from '../assets/local-store.ts';
import type { ObjectStore } from '../assets/object-store.ts';
import type { ImageSource } from '../capabilities/image-source.ts';
import type { RequestFor } from '../capabilities/index.ts';
import { createFetchGuard } from './fetch-guard.ts';
import { createIntake, type Intake } from './intake.ts';
import { createMediaThreads } from './media-threads.ts';

const threads = createMediaThreads();
const fetchGuard = createFetchGuard({ allow: [] });
const addresses = createAddresses({
  publicUrl: 'http://127.0.0.1:4040',
  secret: Buffer.alloc(32, 3),
});
const address = addresses.sign({
  artifactId: 'one',
  name: 'output_0.png',
  expiresAt: new Date('2100-01-01'),
});
const signal = new AbortController().signal;

let folder: string;
let store: ObjectStore;
let intake: Intake;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'toile-intake-'));
  store = createLocalStore(folder);
  const png = await sharp({ create: { width: 8, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  await store.put('outputs/one.png', png);
  await store.put('inputs/good', png);
  await store.put('inputs/bad', Buffer.from('no picture'));
  intake = createIntake({
    fetchGuard,
    threads,
    store,
    addresses,
    artifacts: {
      find: async (id) =>
        id === 'one' ? { accountId: 'ann', storageKey: 'outputs/one.png' } : null,
    },
    samples: { read: async (name) => (name === 'tee.png' ? png : null) },
  });
});
afterAll(async () => {
  await Promise.all([threads.close(), fetchGuard.close()]);
  await rm(folder, { recursive: true });
});

const tryOn = (model: ImageSource, garment: ImageSource): RequestFor<'try-on'> => ({
  capability: 'try-on',
  images: { model, garment },
  garmentKind: 'auto',
  photoType: 'auto',
  seed: 1,
  count: 1,
  moderation: 'permissive',
});
const upload: ImageSource = { from: 'upload', key: 'inputs/good', bytes: 100 };
const url = (text: string): ImageSource => ({ from: 'url', url: text });

describe('intake', () => {
  it.each([
    ['an upload', upload],
    ['an artifact', { from: 'artifact', artifactId: 'one' }],
    ['a sample', { from: 'sample', name: 'tee.png' }],
    ["this server's own artifact by its address, though loopback is refused", url(address)],
    ["this server's own sample by its address", url(addresses.sample('tee.png'))],
  ] satisfies [string, ImageSource][])('reads %s', async (_, source) => {
    const result = await intake.prepare(tryOn(upload, source), 'ann', signal);
    expect(result).toMatchObject({
      ok: true,
      value: { model: { width: 8, height: 9 }, garment: { width: 8, height: 9 } },
    });
  });

  it.each([
    ['an artifact of another account', 'bob', { from: 'artifact', artifactId: 'one' }],
    ['its address', 'bob', url(address)],
    ['a forged address', 'ann', url(address.replace('/one/', '/two/'))],
    ['an unknown artifact', 'ann', { from: 'artifact', artifactId: 'none' }],
    ['an unknown sample', 'ann', { from: 'sample', name: 'none.png' }],
    ['another path of this server', 'ann', url('http://127.0.0.1:4040/v1/credits')],
  ] satisfies [string, string, ImageSource][])('does not give out %s', async (_, who, source) => {
    const result = await intake.prepare(tryOn(upload, source), who, signal);
    expect(result).toMatchObject({
      ok: false,
      failure: {
        code: 'input-unreachable',
        message: 'Error loading garment image: It does not exist or is no longer available.',
      },
    });
  });

  it('names the picture that cannot be read', async () => {
    const bad: ImageSource = { from: 'upload', key: 'inputs/bad', bytes: 10 };
    expect(await intake.prepare(tryOn(bad, upload), 'ann', signal)).toMatchObject({
      ok: false,
      failure: {
        code: 'input-unreadable',
        message: expect.stringMatching(/^Error loading model image: /),
      },
    });
  });

  it('refuses what is not this server and not public', async () => {
    const result = await intake.prepare(
      tryOn(upload, url('http://127.0.0.1:4041/x')),
      'ann',
      signal,
    );
    expect(result).toMatchObject({ ok: false, failure: { code: 'input-unreachable' } });
  });

  it('does without the pictures that a capability may do without', async () => {
    const request: RequestFor<'model-create'> = {
      capability: 'model-create',
      images: { face: upload },
      referenceUse: 'pose',
      faceMode: 'match-base',
      prompt: 'a model',
      seed: 1,
      count: 1,
      moderation: 'none',
    };
    const result = await intake.prepare(request, 'ann', signal);
    expect(result.ok && Object.keys(result.value)).toEqual(['face']);
  });
});
