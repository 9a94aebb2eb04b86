import { createHash } from 'node:crypto';
import { giveBack, letGo } from '@toile/memory';
import { move } from 'piscina';
import sharp from '@toile/memory/sharp';
import type { PixelImage } from '../engines/engine.ts';
import { essenceOf } from './essence/essence.ts';
import { maxPixels } from './limits.ts';
import type { ImageHeader, MediaTask } from './media-tasks.ts';
import { shareAll } from './shared-bytes.ts';

/** A picture that takes longer than this to decode was made to. */
const decodeSeconds = 20;

/** Bytes that are handed over to who asked, not copied. */
type Handed = ReturnType<typeof move>;

/** What a media thread does with a task. */
export default async function work(
  task: MediaTask,
): Promise<ImageHeader | PixelImage | Handed | null> {
  const answer = await carryOut(task);
  letGo(task, answer);
  return answer;
}

async function carryOut(task: MediaTask): Promise<ImageHeader | PixelImage | Handed | null> {
  switch (task.kind) {
    case 'inspect':
      return await inspect(task);
    case 'decode':
      return await decode(task);
    case 'encode':
      return await encode(task);
  }
}

type TaskOf<Kind extends MediaTask['kind']> = Extract<MediaTask, { kind: Kind }>;

/** libvips' name of a format, which differs from ours for AVIF. */
const vipsFormat = { jpeg: 'jpeg', png: 'png', webp: 'webp', gif: 'gif', avif: 'heif' } as const;

async function inspect({ bytes, format }: TaskOf<'inspect'>): Promise<ImageHeader | null> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const parts = essenceOf(bytes, format);
  if (parts === null) return null;
  const essence = shareAll(parts);
  const header = await sharp(essence, { limitInputPixels: false, failOn: 'truncated' })
    .metadata()
    .catch(() => null);
  if (header === null || header.format !== vipsFormat[format]) return null;
  if (header.format === 'heif' && header.compression !== 'av1') return null;
  return {
    width: header.autoOrient.width,
    height: header.autoOrient.height,
    channels: header.channels,
    bytesPerSample: header.depth === 'ushort' ? 2 : 1,
    needsWhole: header.isProgressive || (header.orientation ?? 1) > 1,
    hash,
    essence,
  };
}

/**
 * Upright, in sRGB, 8 bits, without metadata, no larger than asked.
 * `truncated` is the level at which missing pixels are an error, yet a broken colour profile or stray bytes behind the
 * end, which real cameras write, are not.
 */
async function decode({ essence, ...size }: TaskOf<'decode'>): Promise<PixelImage | null> {
  try {
    const { data, info } = await sharp(essence, {
      limitInputPixels: maxPixels,
      failOn: 'truncated',
    })
      .autoOrient()
      .resize({ ...size, fit: 'fill', kernel: 'lanczos3' })
      .toColourspace('srgb')
      .timeout({ seconds: decodeSeconds })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    if (channels !== 3 && channels !== 4) return null;
    const pixels = shareAll([data]);
    // V8 does not know how large libvips' answer is.
    giveBack(data);
    return { width, height, channels, data: pixels };
  } catch {
    return null;
  }
}

async function encode({ image, format, xmp }: TaskOf<'encode'>): Promise<Handed> {
  const { width, height, channels } = image;
  const marked = sharp(image.data, { raw: { width, height, channels } }).withXmp(xmp);
  const file = await (
    format === 'png'
      ? marked.png({ compressionLevel: 4, adaptiveFiltering: true })
      : marked.jpeg({ quality: 95, chromaSubsampling: '4:4:4', optimiseCoding: true })
  ).toBuffer();
  const bytes = Uint8Array.from(file);
  // What does not lie on shared memory is a copy for this thread.
  giveBack(file, image.data);
  return move(bytes);
}
