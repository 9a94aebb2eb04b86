import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { PixelImage } from '../engines/engine.ts';
import { createMediaThreads } from '../intake/media-threads.ts';
import { createFinisher } from './finish.ts';

const threads = createMediaThreads();
const finisher = createFinisher({ threads });
afterAll(() => threads.close());
const signal = new AbortController().signal;

function gradient(channels: 3 | 4): PixelImage {
  const width = 64;
  const height = 48;
  const data = new Uint8Array(new SharedArrayBuffer(width * height * channels));
  for (let k = 0; k < data.length; k += 1) data[k] = (k * 7) % 256;
  return { width, height, channels, data };
}

describe('finishing', () => {
  it('keeps every pixel in a PNG', async () => {
    for (const channels of [3, 4] as const) {
      const image = gradient(channels);
      const file = await finisher.finish(image, 'png', signal);
      expect(file).toMatchObject({ mime: 'image/png', extension: 'png', width: 64, height: 48 });
      expect(await sharp(file.bytes).raw().toBuffer()).toEqual(Buffer.from(image.data));
    }
  });

  it('writes a JPEG with all of its colour, and a PNG where one was asked for a picture with alpha', async () => {
    const jpeg = await finisher.finish(gradient(3), 'jpeg', signal);
    expect(jpeg).toMatchObject({ mime: 'image/jpeg', extension: 'jpeg' });
    expect(await sharp(jpeg.bytes).metadata()).toMatchObject({ chromaSubsampling: '4:4:4' });
    expect(await finisher.finish(gradient(4), 'jpeg', signal)).toMatchObject({ mime: 'image/png' });
  });

  it('says in the file that the picture is synthetic, and nothing else', async () => {
    for (const format of ['png', 'jpeg'] as const) {
      const { bytes } = await finisher.finish(gradient(3), format, signal);
      const { xmpAsString, exif } = await sharp(bytes).metadata();
      expect(xmpAsString).toContain('digitalsourcetype/compositeSynthetic');
      expect(exif).toBeUndefined();
    }
  });

  it('gives the same bytes for the same pixels', async () => {
    for (const format of ['png', 'jpeg'] as const) {
      const once = await finisher.finish(gradient(3), format, signal);
      expect(await finisher.finish(gradient(3), format, signal)).toEqual(once);
    }
  });

  it('does nothing for a job that is over', async () => {
    await expect(finisher.finish(gradient(3), 'png', AbortSignal.abort())).rejects.toThrow();
  });
});
