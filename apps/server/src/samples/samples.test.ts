import Fastify from 'fastify';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createSamples, sampleRoutes } from './samples.ts';

describe('samples', () => {
  it.each([
    ['person.png', 900, 1200],
    ['tee.png', 1000, 1000],
  ])('draws %s', async (name, width, height) => {
    const bytes = await createSamples().read(name);
    expect(await sharp(bytes ?? undefined).metadata()).toMatchObject({
      format: 'png',
      width,
      height,
    });
  });

  it('draws each picture once', async () => {
    const samples = createSamples();
    const [first, second] = await Promise.all([samples.read('tee.png'), samples.read('tee.png')]);
    expect(first).toBe(second);
  });

  it('serves them as PNG and names them to whoever asks for another', async () => {
    const server = Fastify();
    await server.register(sampleRoutes, { samples: createSamples() });
    const found = await server.inject('/samples/tee.png');
    expect([found.statusCode, found.headers['content-type']]).toEqual([200, 'image/png']);
    const missing = await server.inject('/samples/dress.png');
    expect([missing.statusCode, missing.body]).toEqual([
      404,
      'no such sample; there are: person.png, tee.png\n',
    ]);
  });
});
