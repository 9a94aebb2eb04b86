import { randomInt } from 'node:crypto';
import type { ImageSource } from '../../capabilities/image-source.ts';
import { capabilityRequestSchema } from '../../capabilities/index.ts';
import type { CapabilityRequest } from '../../capabilities/index.ts';
import type { UploadOwner } from '../../uploads/port.ts';
import type { InboundBody } from '../dialect.ts';
import { shown } from '../fields.ts';
import { isRecord } from '../read-body.ts';
import { createPictureTaker, misplacedPicture } from '../read-pictures.ts';
import type { SavedPictures } from '../read-pictures.ts';
import type { InlinePictures } from '../inline-pictures.ts';
import type { ToileDependencies } from './ports.ts';
import { problem } from './problems.ts';
import { faultsOf, noObject, readValue, refused } from './read-json.ts';
import type { Read } from './read-json.ts';
import { capabilityNames, isCapability, requestSchemas } from './wire/requests.ts';

export interface ParsedJob {
  /** Inline pictures are still drafts in it. */
  readonly draft: CapabilityRequest;
  readonly inline: InlinePictures;
  readonly outputFormat: 'png' | 'jpeg';
}

/** Where the pictures come from that a request names without showing them. */
export interface KnownPictures {
  readonly uploads: ReadonlyMap<string, { readonly key: string; readonly bytes: number }>;
  readonly saved: SavedPictures;
}

const uploadPrefix = 'upload:';
const savedPrefix = 'saved:';
const pictureFields: ReadonlySet<string> = new Set(['images']);
const seeds = 2 ** 32;

/** Looks up, at once, every picture that the jobs of a request name. */
export async function knownPictures(
  jobs: readonly unknown[],
  owner: UploadOwner,
  { uploads, roster }: Pick<ToileDependencies, 'uploads' | 'roster'>,
): Promise<KnownPictures> {
  const named = jobs.flatMap((job) =>
    isRecord(job) && isRecord(job['images']) ? Object.values(job['images']) : [],
  );
  const after = (prefix: string): string[] =>
    named.flatMap((text) =>
      typeof text === 'string' && text.startsWith(prefix) ? [text.slice(prefix.length)] : [],
    );
  const ids = after(uploadPrefix);
  const names = after(savedPrefix);
  const models = names.length === 0 ? new Map() : await roster.findNamed(owner.accountId, names);
  return {
    uploads: ids.length === 0 ? new Map() : await uploads.use(owner, ids),
    saved: new Map([...models].map(([name, model]) => [name, model.portrait.source])),
  };
}

/** Pure: one job of a body to a canonical request, or the refusal that names every wrong field. */
export function parseJob(
  json: unknown,
  pictures: InboundBody['pictures'],
  known: KnownPictures,
  place = '',
): Read<ParsedJob> {
  if (!isRecord(json)) return refused(noObject(json));
  const { capability } = json;
  const schema = isCapability(capability) ? requestSchemas.get(capability) : undefined;
  if (schema === undefined) {
    const message = `must be one of ${capabilityNames.join(', ')}; received ${shown(capability)}.`;
    const path = place === '' ? 'capability' : `${place}.capability`;
    return refused(
      problem('invalid-request', `${path} ${message}`, { errors: [{ path, message }] }),
    );
  }
  const read = readValue(json, schema, place);
  if (!read.ok) return read;
  const misplaced = misplacedPicture(read.value, pictures, pictureFields);
  if (misplaced !== null) return refused(problem('invalid-request', misplaced));

  const { outputFormat, images, ...rest } = read.value;
  const taker = createPictureTaker(pictures, known.saved);
  const sources = new Map<string, ImageSource>();
  for (const [name, text] of Object.entries(isRecord(images) ? images : {})) {
    if (typeof text !== 'string') continue;
    const field = place === '' ? `images.${name}` : `${place}.images.${name}`;
    if (!text.startsWith(uploadPrefix)) {
      sources.set(name, taker.take(field, text));
      continue;
    }
    const upload = known.uploads.get(text.slice(uploadPrefix.length));
    if (upload === undefined) return refused(unknownUpload(field));
    sources.set(name, { from: 'upload', ...upload });
  }
  if (taker.fault !== null) return refused(problem('invalid-request', taker.fault));
  const seed = rest['seed'] ?? randomInt(seeds);
  const canonical = capabilityRequestSchema.safeParse({
    ...rest,
    seed,
    images: Object.fromEntries(sources),
  });
  if (!canonical.success) return refused(faultsOf(canonical.error, place));
  return {
    ok: true,
    value: {
      draft: canonical.data,
      inline: taker.inline,
      outputFormat: outputFormat === 'jpeg' ? 'jpeg' : 'png',
    },
  };
}

function unknownUpload(field: string): ReturnType<typeof problem> {
  const message = 'names an upload that is not complete, has expired or belongs to somebody else.';
  return problem('invalid-request', `${field} ${message}`, { errors: [{ path: field, message }] });
}
