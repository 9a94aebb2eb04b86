import Fastify from 'fastify';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawings } from './drawings/index.ts';
import { createSamples, sampleRoutes } from './samples.ts';

describe('samples', () => {
  it.each([
    ['person.png', 900, 1200],
    ['tee.png', 1000, 1000],
  ])('serves %s', async (name, width, height) => {
    const bytes = await createSamples().read(name);
    expect(await sharp(bytes ?? undefined).metadata()).toMatchObject({
      format: 'png',
      width,
      height,
    });
  });

  it.each(['person', 'tee'] as const)('keeps the %s as its drawing has it', async (name) => {
    const drawn = await sharp(Buffer.from(drawings[name])).removeAlpha().raw().toBuffer();
    const kept = await sharp((await createSamples().read(`${name}.png`)) ?? undefined)
      .removeAlpha()
      .raw()
      .toBuffer();
    let sum = 0;
    for (let i = 0; i < drawn.length; i++) sum += ((drawn[i] ?? 0) - (kept[i] ?? 0)) ** 2;
    const psnr = 10 * Math.log10((255 ** 2 * drawn.length) / sum);
    expect(psnr).toBeGreaterThan(36);
  });

  it('decodes each picture once', async () => {
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
