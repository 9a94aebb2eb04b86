import type { PixelImage } from '../engines/engine.ts';
import type { MediaThreads } from '../intake/media-threads.ts';
import { provenanceXmp } from './provenance.ts';

/** An encoded output. `extension` has no dot and belongs to `mime`. */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  readonly mime: 'image/png' | 'image/jpeg';
  readonly extension: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
}

/** Turns an engine's pixels into a file. */
export interface Finisher {
  /** A picture with an alpha channel becomes a PNG whatever was asked. The same pixels give the same bytes. */
  finish(image: PixelImage, format: 'png' | 'jpeg', signal: AbortSignal): Promise<EncodedImage>;
}

export function createFinisher({ threads }: { readonly threads: MediaThreads }): Finisher {
  return {
    async finish(image, wanted, signal) {
      signal.throwIfAborted();
      const format = image.channels === 4 ? 'png' : wanted;
      const bytes = await threads.encode({ image, format, xmp: provenanceXmp });
      signal.throwIfAborted();
      const { width, height } = image;
      return { bytes, mime: `image/${format}`, extension: format, width, height };
    },
  };
}
