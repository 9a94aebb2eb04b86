import { type Result, succeed } from '../failures/failure.ts';
import type { PreparedImage } from '../engines/engine.ts';
import { largePixels, maxFileBytes, maxPixels } from './limits.ts';
import type { ImageHeader } from './media-tasks.ts';
import type { MediaThreads } from './media-threads.ts';
import { createMemoryBudget } from './memory-budget.ts';
import { refuse } from './problems.ts';
import { type ImageFormat, sniff } from './sniff.ts';
import { targetSize } from './target-size.ts';

export interface PictureFile {
  /** Best on a SharedArrayBuffer, which threads read without a copy. */
  readonly bytes: Uint8Array;
  /** How messages call the picture: 'model image'. */
  readonly subject: string;
  /** What the server it came from claims it to be; null when it came inside a request. */
  readonly contentType: string | null;
  /** Pixels beyond this are dropped while loading. */
  readonly maxPixels: number;
}

/** Turns a file from a stranger into pixels, or says why not. */
export interface Decoder {
  decode(file: PictureFile, signal: AbortSignal): Promise<Result<PreparedImage>>;
}

export interface DecoderOptions {
  readonly threads: MediaThreads;
  /** Bytes that all pictures being decoded may take together; default 1.5 GiB, what the largest AVIF takes. */
  readonly memory?: number;
}

/** The header is read and judged first; pixels only when there is room for them. */
export function createDecoder({ threads, memory = 1536 * 1024 * 1024 }: DecoderOptions): Decoder {
  const budget = createMemoryBudget(memory);
  const large = createMemoryBudget(1);

  async function whenThereIsRoom<Value>(
    header: ImageHeader,
    cost: number,
    signal: AbortSignal,
    work: () => Promise<Value>,
  ): Promise<Value> {
    const isLarge = header.width * header.height > largePixels;
    const leaveLarge = isLarge ? await large.acquire(1, signal) : () => undefined;
    try {
      const giveBack = await budget.acquire(cost, signal);
      try {
        return await work();
      } finally {
        giveBack();
      }
    } finally {
      leaveLarge();
    }
  }

  return {
    async decode({ bytes, subject, contentType, maxPixels: wanted }, signal) {
      const checked = checkFile(bytes, subject, contentType);
      if (!checked.ok) return checked;
      const format = checked.value;
      const header = await threads.inspect({ bytes, format });
      if (header === null) return refuse.damaged(subject);
      const { width, height, hash, essence } = header;
      if (width * height > maxPixels) return refuse.tooManyPixels(subject, width, height);
      signal.throwIfAborted();
      const cost = decodingBytes(format, header, wanted);
      const pixels = await whenThereIsRoom(header, cost, signal, () =>
        threads.decode({ essence, ...targetSize(width, height, wanted) }),
      );
      return pixels === null ? refuse.damaged(subject) : succeed({ ...pixels, hash });
    },
  };
}

function checkFile(
  bytes: Uint8Array,
  subject: string,
  contentType: string | null,
): Result<ImageFormat> {
  if (bytes.byteLength > maxFileBytes) return refuse.tooLarge(subject);
  const sniffed = sniff(bytes);
  switch (sniffed.kind) {
    case 'image':
      return succeed(sniffed.format);
    case 'refused':
      return refuse.format(subject, sniffed.format);
    case 'unknown':
      return bytes.byteLength === 0 ? refuse.empty(subject) : refuse.noImage(subject, contentType);
  }
}

/**
 * Memory that decoding takes at its height, from above: what the format's decoder holds, and the result twice, in
 * libvips and in shared memory.
 */
function decodingBytes(format: ImageFormat, header: ImageHeader, wanted: number): number {
  const pixels = header.width * header.height;
  const whole = pixels * header.channels * header.bytesPerSample;
  const result = Math.min(pixels, wanted) * 4 * 2;
  switch (format) {
    case 'jpeg':
      // A progressive file keeps its coefficients, two bytes each, besides the pixels.
      return result + (header.needsWhole ? whole * 3 : 0);
    case 'png':
      return result + (header.needsWhole ? whole : 0);
    case 'gif':
      return result + pixels * 8;
    case 'webp':
      return result + pixels * 8;
    case 'avif':
      return result + pixels * 18;
  }
}
