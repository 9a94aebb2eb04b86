import { LRUCache } from 'lru-cache';
import type { Addresses } from '../assets/addresses.ts';
import { provenanceXmp } from '../finish/provenance.ts';
import type { Intake } from '../intake/intake.ts';
import type { MediaThreads } from '../intake/media-threads.ts';
import type { Preview, Previews } from './port.ts';

export interface PreviewOptions {
  readonly intake: Pick<Intake, 'glance'>;
  readonly threads: Pick<MediaThreads, 'encode'>;
  /** Tells which artifact an output's address means. */
  readonly addresses: Pick<Addresses, 'recognise'>;
}

/** About 190 x 256: some 15 KB as JPEG, which a stream may carry. */
const previewPixels = 190 * 256;
/** Several streams of one job end at the same moment; nothing is kept for longer than that takes. */
const memory = { max: 100, ttl: 60_000 };

/** Small copies of outputs, made when asked for and stored nowhere: what they show has passed moderation as the outputs did. */
export function createPreviews({ intake, threads, addresses }: PreviewOptions): Previews {
  const made = new LRUCache<string, Promise<Omit<Preview, 'output'> | null>>(memory);

  const make = async (
    accountId: string,
    artifactId: string,
  ): Promise<Omit<Preview, 'output'> | null> => {
    const image = await intake.glance({
      source: { from: 'artifact', artifactId },
      accountId,
      maxPixels: previewPixels,
    });
    if (!image.ok) return null;
    const { width, height, channels } = image.value;
    const format = channels === 4 ? 'png' : 'jpeg';
    const bytes = await threads.encode({ image: image.value, format, xmp: provenanceXmp });
    const base64 = Buffer.from(bytes).toString('base64');
    return { dataUri: `data:image/${format};base64,${base64}`, width, height };
  };

  const previewOf = async (
    accountId: string,
    address: string,
    output: number,
  ): Promise<Preview[]> => {
    const own = addresses.recognise(address);
    if (own?.kind !== 'artifact' || !own.signed) return [];
    const key = `${accountId} ${own.artifactId}`;
    const preview = made.get(key) ?? make(accountId, own.artifactId);
    made.set(key, preview);
    const found = await preview;
    return found === null ? [] : [{ output, ...found }];
  };

  return {
    async of(accountId, { state }) {
      if (state.status !== 'succeeded') return [];
      const pictures = state.outputs.map(async (output, index) =>
        output.kind === 'address' && output.mime.startsWith('image/')
          ? await previewOf(accountId, output.address, index)
          : [],
      );
      return (await Promise.all(pictures)).flat();
    },
  };
}
