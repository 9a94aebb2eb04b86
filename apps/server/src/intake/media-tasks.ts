import { z } from 'zod';
import type { PixelImage } from '../engines/engine.ts';
import type { ImageFormat } from './sniff.ts';

/** What media threads can be asked to do. */
export type MediaTask =
  | { readonly kind: 'inspect'; readonly bytes: Uint8Array; readonly format: ImageFormat }
  | {
      readonly kind: 'decode';
      readonly essence: Uint8Array;
      /** Of the answer, upright; not larger than the picture. */
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'encode';
      readonly image: PixelImage;
      readonly format: 'png' | 'jpeg';
      /** XMP packet to write into the file. */
      readonly xmp: string;
    };

/** On whatever buffer: ours are shared, so that a picture goes from thread to thread without a copy. */
const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** A picture's header. */
export const imageHeaderSchema = z.object({
  /** Of the upright picture. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Samples a pixel in the file. */
  channels: z.int().positive(),
  bytesPerSample: z.int().positive(),
  /** Whether a decoder must hold all of the picture at once: progressive, interlaced, or turned by its orientation. */
  needsWhole: z.boolean(),
  /** SHA-256 (hex) of the file. */
  hash: z.string(),
  /** The file without everything that its first frame can do without. */
  essence: bytesSchema,
});

export type ImageHeader = Readonly<z.infer<typeof imageHeaderSchema>>;

export const pixelImageSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  channels: z.union([z.literal(3), z.literal(4)]),
  data: bytesSchema,
});
