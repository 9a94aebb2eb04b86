import type { Addresses } from '../assets/addresses.ts';
import type { ObjectStore } from '../assets/object-store.ts';
import { newId } from '../db/id.ts';
import type { NewArtifact } from '../db/queries/jobs.ts';
import type { ClaimedJob } from './rows.ts';
import type { FinishedImage } from './stages.ts';

export const outputsFolder = 'outputs/';

/**
 * Writes outputs to where the commit will say they are. The attempt is part of the key, so that a stale one
 * never writes over the pictures of the one that counts. A base64 output gets no address.
 */
export async function storeOutputs(
  { store, addresses }: { store: ObjectStore; addresses: Pick<Addresses, 'sign'> },
  job: ClaimedJob,
  images: readonly FinishedImage[],
  expiresAt: Date,
): Promise<NewArtifact[]> {
  return Promise.all(
    images.map(async (image, position) => {
      const id = newId();
      const storageKey = `${outputsFolder}${job.accountId}/${job.id}/${job.attempt}-${position}.${image.extension}`;
      await store.put(storageKey, image.bytes);
      return {
        id,
        position,
        storage_key: storageKey,
        mime: image.mime,
        bytes: image.bytes.byteLength,
        width: image.width,
        height: image.height,
        address:
          job.delivery === 'address'
            ? addresses.sign({
                artifactId: id,
                name: `output_${position}.${image.extension}`,
                expiresAt,
              })
            : null,
      };
    }),
  );
}
