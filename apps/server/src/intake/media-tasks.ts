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

/** A picture's header; `width` and `height` are those of the upright picture. */
export interface ImageHeader {
  readonly width: number;
  readonly height: number;
  /** Samples a pixel in the file. */
  readonly channels: number;
  readonly bytesPerSample: number;
  /** Whether a decoder must hold all of the picture at once: progressive, interlaced, or turned by its orientation. */
  readonly needsWhole: boolean;
  /** SHA-256 (hex) of the file. */
  readonly hash: string;
  /** The file without everything that its first frame can do without. */
  readonly essence: Uint8Array;
}

export interface MediaAnswers {
  readonly inspect: ImageHeader;
  readonly decode: PixelImage;
  readonly encode: Uint8Array;
}

/** `null` when the bytes cannot be read as the picture they claim to be. */
export type MediaAnswer<Kind extends MediaTask['kind']> = MediaAnswers[Kind] | null;
