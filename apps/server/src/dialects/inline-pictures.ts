import type { ImageSource } from '../capabilities/image-source.ts';
import { capabilityRequestSchema } from '../capabilities/index.ts';
import type { CapabilityRequest } from '../capabilities/index.ts';
import type { StageInput } from '../jobs/port.ts';

/** The pictures that came inside a request, set aside until the request is accepted. */
export interface InlinePictures {
  /** A source for the draft of the canonical request, in place of the bytes. */
  add(bytes: Uint8Array): ImageSource;
  /** The bytes that a source of `add` stands for; null for any other source. */
  bytesOf(source: ImageSource): Uint8Array | null;
  /** Forgets the bytes, once they are stored or will not be. */
  drop(): void;
  /** What `submit` calls to store them: undefined when there are none. */
  stagerFor(
    draft: CapabilityRequest,
  ): ((stage: StageInput) => Promise<CapabilityRequest>) | undefined;
}

/** Keys of a draft; no key that a store hands out begins so. */
const draftPrefix = 'draft/';

export function createInlinePictures(): InlinePictures {
  const pictures: Uint8Array[] = [];

  const bytesOf = (source: ImageSource): Uint8Array | null => {
    if (source.from !== 'upload' || !source.key.startsWith(draftPrefix)) return null;
    const bytes = pictures[Number(source.key.slice(draftPrefix.length))];
    if (bytes === undefined) throw new Error(`no inline picture ${source.key}`);
    return bytes;
  };

  const staged = async (source: ImageSource, stage: StageInput): Promise<ImageSource> => {
    const bytes = bytesOf(source);
    return bytes === null ? source : { from: 'upload', ...(await stage(bytes)) };
  };

  return {
    bytesOf,
    drop() {
      pictures.length = 0;
    },
    add(bytes) {
      pictures.push(bytes);
      return {
        from: 'upload',
        key: `${draftPrefix}${pictures.length - 1}`,
        bytes: bytes.byteLength,
      };
    },
    stagerFor(draft) {
      if (pictures.length === 0) return undefined;
      return async (stage) => {
        const images: Record<string, ImageSource> = {};
        for (const [name, source] of sourcesOf(draft)) images[name] = await staged(source, stage);
        return capabilityRequestSchema.parse({ ...draft, images });
      };
    },
  };
}

function sourcesOf(request: CapabilityRequest): [string, ImageSource][] {
  const entries: [string, ImageSource | undefined][] = Object.entries(request.images);
  return entries.flatMap(([name, source]) => (source === undefined ? [] : [[name, source]]));
}
