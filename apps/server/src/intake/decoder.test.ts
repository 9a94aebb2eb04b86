import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { PreparedImage } from '../engines/engine.ts';
import { createDecoder } from './decoder.ts';
import { createMediaThreads } from './media-threads.ts';

const threads = createMediaThreads();
const decoder = createDecoder({ threads });
afterAll(() => threads.close());

const decode = (bytes: Uint8Array, options: { maxPixels?: number; contentType?: string } = {}) =>
  decoder.decode(
    {
      bytes,
      subject: 'image',
      contentType: options.contentType ?? null,
      maxPixels: options.maxPixels ?? 4_000_000,
    },
    new AbortController().signal,
  );

async function picture(bytes: Uint8Array, maxPixels?: number): Promise<PreparedImage> {
  const result = await decode(bytes, maxPixels === undefined ? {} : { maxPixels });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const at = ({ width, channels, data }: PreparedImage, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels),
];
const near = (colour: readonly number[], tolerance: number) =>
  expect.toSatisfy(
    (found: number[]) =>
      found.length === colour.length &&
      found.every((value, k) => Math.abs(value - (colour[k] ?? 0)) <= tolerance),
    `within ${tolerance} of ${colour.join()}`,
  );

/** 60 x 40: red on the left, blue on the right. */
const flag = (): Sharp =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#e02010' } })
    .composite([
      {
        input: { create: { width: 30, height: 40, channels: 3, background: '#1030d0' } },
        left: 30,
        top: 0,
      },
    ])
    .removeAlpha();
const red = [0xe0, 0x20, 0x10];
const blue = [0x10, 0x30, 0xd0];

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** A PNG that claims a size and holds `rows` rows. */
function handmadePng(width: number, height: number, rows: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(rows * (width * 3 + 1)), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const formats = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const;

describe('decoding', () => {
  it.each(formats)(
    'reads %s as upright sRGB on shared memory, named by its hash',
    async (format) => {
      const bytes = await flag().toFormat(format).toBuffer();
      const image = await picture(bytes);
      expect(image).toMatchObject({ width: 60, height: 40 });
      expect(at(image, 10, 20).slice(0, 3)).toEqual(near(red, 8));
      expect(at(image, 50, 20).slice(0, 3)).toEqual(near(blue, 8));
      expect(image.data.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(image.hash).toBe(createHash('sha256').update(bytes).digest('hex'));
    },
  );

  it('gives the same pixels for the same bytes', async () => {
    const bytes = await flag().jpeg().toBuffer();
    expect(await picture(bytes)).toEqual(await picture(bytes));
  });

  it.each([
    [1, 60, 40, red],
    [2, 60, 40, blue],
    [3, 60, 40, blue],
    [6, 40, 60, red],
    [8, 40, 60, blue],
  ] as const)('applies orientation %i', async (orientation, width, height, topLeft) => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const bytes = await flag().withMetadata({ orientation }).toFormat(format).toBuffer();
      const image = await picture(bytes);
      expect(image).toMatchObject({ width, height });
      expect(at(image, 5, 5)).toEqual(near(topLeft, 10));
    }
  });

  it('brings a wide gamut into sRGB', async () => {
    const bytes = await flag().withIccProfile('p3').png().toBuffer();
    const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    expect([...stored.subarray(0, 3)]).not.toEqual(near(red, 8));
    expect(at(await picture(bytes), 10, 20)).toEqual(near(red, 3));
  });

  it('reads CMYK, grey and 16-bit pictures as three or four channels of 8 bits', async () => {
    const cmyk = await flag().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer();
    expect(at(await picture(cmyk), 10, 20)).toEqual(near(red, 40));
    const grey = await picture(await flag().toColourspace('b-w').png().toBuffer());
    const [r, g, b] = at(grey, 10, 20);
    expect([grey.channels, r, g]).toEqual([3, b, b]);
    const deep = await picture(await flag().toColourspace('rgb16').png().toBuffer());
    expect(at(deep, 10, 20)).toEqual(near(red, 2));
  });

  it('keeps alpha', async () => {
    const glass = { width: 20, height: 20, channels: 4 as const, background: '#ff000080' };
    for (const format of ['png', 'webp'] as const) {
      const image = await picture(await sharp({ create: glass }).toFormat(format).toBuffer());
      expect(at(image, 5, 5)).toEqual(near([255, 0, 0, 128], 2));
    }
  });

  it('reduces to what is needed and never enlarges', async () => {
    const large = await sharp({
      create: { width: 3000, height: 1500, channels: 3, background: '#808080' },
    })
      .jpeg()
      .toBuffer();
    const image = await picture(large, 500_000);
    expect(image.width * image.height).toBeLessThanOrEqual(500_000);
    expect(image.width / image.height).toBeCloseTo(2, 2);
    expect(await picture(large)).toMatchObject({ width: 2828, height: 1414 });
    expect(await picture(large, 10_000_000)).toMatchObject({ width: 3000, height: 1500 });
  });

  it.each(formats)('drops what follows a %s', async (format) => {
    const bytes = await flag().toFormat(format).toBuffer();
    const motion = Buffer.concat([bytes, Buffer.from('ftypmp42'), Buffer.alloc(9_999, 0xff)]);
    expect(await picture(motion)).toMatchObject({ width: 60, height: 40 });
  });

  it.each(formats)('refuses a %s that is cut short', async (format) => {
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    const whole = await sharp({
      create: { width: 300, height: 300, channels: 3, background: 'red', noise },
    })
      .toFormat(format)
      .toBuffer();
    for (const share of [0.01, 0.3, 0.7, 0.95]) {
      const cut = whole.subarray(0, Math.max(12, Math.floor(whole.length * share)));
      expect(await decode(cut)).toMatchObject({
        ok: false,
        failure: { code: 'input-unreadable', message: expect.stringContaining('damaged or cut') },
      });
    }
  });

  it('shows the first frame of an animation', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#0000ff'].map((background) =>
        sharp({ create: { width: 20, height: 20, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    for (const format of ['gif', 'webp'] as const) {
      const animated = await sharp(frames, { join: { animated: true } })
        .toFormat(format)
        .toBuffer();
      const image = await picture(animated);
      expect(image).toMatchObject({ width: 20, height: 20 });
      expect(at(image, 10, 10).slice(0, 3)).toEqual(near([255, 0, 0], 8));
    }
  });
});

describe('refusing', () => {
  const refusal = (message: string) => ({
    ok: false,
    failure: { code: 'input-unreadable', message: expect.stringContaining(message) },
  });

  it.each([
    ['SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['SVG', '\xef\xbb\xbf  <!-- x --><svg/>'],
    ['TIFF', 'II*\0........'],
    ['TIFF', 'MM\0*........'],
    ['PDF', '%PDF-1.7 ...'],
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['BMP', 'BM....\0\0\0\0........'],
  ])('names %s as what it does not take', async (format, text) => {
    expect(await decode(Buffer.from(text, 'latin1'))).toMatchObject(
      refusal(`${format} files are not supported. Use JPEG, PNG, WebP, AVIF or GIF.`),
    );
  });

  it('quotes the Content-Type of what is no picture, and believes none', async () => {
    const html = Buffer.from('<html>not found</html>');
    expect(await decode(html, { contentType: 'text/plain;charset=UTF-8' })).toMatchObject(
      refusal(
        "Error loading image: The URL's Content-Type is not an image. Content-Type: text/plain;charset=UTF-8",
      ),
    );
    expect(await decode(html, { contentType: 'image/png' })).toMatchObject(
      refusal("The URL's content is not an image"),
    );
    expect(await decode(html)).toMatchObject(refusal('The data is not an image'));
    expect(await decode(Buffer.alloc(0))).toMatchObject(refusal('empty'));
    const png = await flag().png().toBuffer();
    expect(await decode(png, { contentType: 'text/html' })).toMatchObject({ ok: true });
  });

  /** Peak growth of resident memory and milliseconds of a piece of work. */
  async function measured(work: () => Promise<unknown>): Promise<{ ms: number; bytes: number }> {
    const before = process.memoryUsage().rss;
    let peak = before;
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 2);
    const start = performance.now();
    await work();
    clearInterval(timer);
    return { ms: performance.now() - start, bytes: peak - before };
  }

  it('judges a bomb by its header, quickly and in little memory', async () => {
    await decode(await flag().png().toBuffer());
    const cost = await measured(async () => {
      expect(await decode(handmadePng(50_000, 50_000, 100))).toMatchObject(
        refusal('50000 x 50000 pixels, more than 80 megapixels'),
      );
      expect(await decode(handmadePng(8_900, 8_900, 10))).toMatchObject(refusal('damaged'));
      expect(await decode(handmadePng(2 ** 31 - 1, 2 ** 31 - 1, 0))).toMatchObject(
        refusal('damaged'),
      );
    });
    expect(cost.ms).toBeLessThan(1_000);
    expect(cost.bytes).toBeLessThan(200_000_000);
  });

  it('does not drown in a flood of frames', async () => {
    const frame = Buffer.from([
      0x21, 0xf9, 4, 0, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0,
    ]);
    const header = [
      0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 9, 0, 9, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
    ];
    const gif = Buffer.concat([Buffer.from(header), Buffer.alloc(23 * 1_000_000, frame)]);
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .webp({ lossless: true })
      .toBuffer();
    const anmf = Buffer.concat([Buffer.alloc(8 + 16), dot.subarray(12)]);
    anmf.write('ANMF', 0, 'latin1');
    anmf.writeUInt32LE(anmf.length - 8, 4);
    const webp = Buffer.concat([
      Buffer.from(
        'RIFF....WEBPVP8X\x0a\0\0\0\x02\0\0\0\0\0\0\0\0\0ANIM\x06\0\0\0\0\0\0\0\0\0',
        'latin1',
      ),
      Buffer.alloc(anmf.length * 400_000, anmf),
    ]);
    webp.writeUInt32LE(webp.length - 8, 4);
    const cost = await measured(async () => {
      expect(await picture(gif)).toMatchObject({ width: 9, height: 9 });
      expect(await picture(webp)).toMatchObject({ width: 1, height: 1 });
    });
    expect(cost.ms).toBeLessThan(2_000);
    expect(cost.bytes).toBeLessThan(200_000_000);
  });

  it('refuses a JPEG of endless scans', async () => {
    const bytes = await flag().jpeg({ progressive: true }).toBuffer();
    const lastScan = bytes.lastIndexOf(Buffer.from([0xff, 0xda]));
    const scan = bytes.subarray(lastScan, -2);
    const bomb = Buffer.concat([
      bytes.subarray(0, -2),
      Buffer.alloc(scan.length * 500, scan),
      bytes.subarray(-2),
    ]);
    expect(await decode(bomb)).toMatchObject(refusal('damaged'));
  });
});
