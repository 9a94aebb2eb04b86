import type { ImageFormat } from '../sniff.ts';
import { gifEssence } from './gif.ts';
import { jpegEssence } from './jpeg.ts';
import { pngEssence } from './png.ts';
import { webpEssence } from './webp.ts';

/**
 * A file's parts in order, views on the bytes given, or null when the file ends before its picture does.
 * Only what the first frame's pixels, colours, transparency and orientation need is kept. Decoders then never meet what
 * strangers hang on a picture: videos and gain maps behind its end, a million frames or text chunks, GPS positions in XMP.
 */
export type Essence = readonly Uint8Array[] | null;

const readers: Readonly<Record<ImageFormat, (bytes: Uint8Array) => Essence>> = {
  jpeg: jpegEssence,
  png: pngEssence,
  gif: gifEssence,
  webp: webpEssence,
  // Its boxes refer to one another by position; libheif keeps limits of its own.
  avif: (bytes) => [bytes],
};

export const essenceOf = (bytes: Uint8Array, format: ImageFormat): Essence =>
  readers[format](bytes);
