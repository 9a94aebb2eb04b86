import type { Upload, UploadProblem } from '../../uploads/port.ts';
import type { DialectRequest, Endpoint, Reply } from '../dialect.ts';
import { isRecord } from '../read-body.ts';
import { contracts, uploadContract } from './contracts.ts';
import { createOnce } from './idempotent.ts';
import { firstFile } from './multipart.ts';
import type { ToileDependencies } from './ports.ts';
import { notFound, problem } from './problems.ts';
import { noObject, readValue } from './read-json.ts';
import type { ToileSettings } from './settings.ts';
import { beginUploadSchema } from './wire/resources.ts';

export function uploadEndpoints(
  { uploads, replies }: Pick<ToileDependencies, 'uploads' | 'replies'>,
  { limits }: ToileSettings,
): Endpoint[] {
  const once = createOnce(replies);

  const begin = async ({ principal }: DialectRequest, bytes: Uint8Array): Promise<Reply> => {
    const json = parsedJson(bytes);
    if (!isRecord(json)) return noObject(json);
    const read = readValue(json, beginUploadSchema);
    if (!read.ok) return read.reply;
    const outcome = await uploads.begin(principal, read.value.bytes);
    if (outcome.kind !== 'begun') return refusalOf(outcome);
    return created({ ...renderUpload(outcome.upload), uploadUrl: outcome.address }, outcome.upload);
  };

  const store = async ({ principal }: DialectRequest, bytes: Uint8Array): Promise<Reply> => {
    const outcome = await uploads.put(principal, bytes);
    return outcome.kind === 'stored'
      ? created(renderUpload(outcome.upload), outcome.upload)
      : refusalOf(outcome);
  };

  const receive = async (request: DialectRequest): Promise<Reply> => {
    const { bytes, headers } = request;
    if (bytes === null) throw new Error('an upload came without a body');
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      return problem('unsupported-media-type', 'Send the body as it is, without an encoding.');
    }
    const type = String(headers['content-type'] ?? 'application/octet-stream');
    if (/^application\/json\b/i.test(type)) return begin(request, bytes);
    if (!/^multipart\/form-data\b/i.test(type)) return store(request, bytes);
    const file = firstFile(bytes, type);
    return file === null
      ? problem('invalid-body', 'The form holds no file; send one as any field.')
      : store(request, file);
  };

  return [
    {
      name: 'upload',
      bucket: 'uploads',
      method: 'POST',
      path: '/toile/v1/uploads',
      limit: limits.uploads,
      scope: 'upload',
      bodyKind: 'bytes',
      contract: uploadContract,
      handle: (request) => once(request, () => receive(request)),
    },
    {
      name: 'find-upload',
      bucket: 'read',
      method: 'GET',
      path: '/toile/v1/uploads/:id',
      limit: limits.read,
      scope: 'upload',
      contract: contracts.upload,
      async handle({ principal, parameters }) {
        const upload = await uploads.find(principal, parameters['id'] ?? '');
        return upload === null ? notFound('upload') : { status: 200, body: renderUpload(upload) };
      },
    },
    {
      name: 'delete-upload',
      bucket: 'uploads',
      method: 'DELETE',
      path: '/toile/v1/uploads/:id',
      limit: limits.uploads,
      scope: 'upload',
      contract: contracts.deleteUpload,
      async handle({ principal, parameters }) {
        const removed = await uploads.remove(principal, parameters['id'] ?? '');
        return removed ? { status: 204, body: undefined } : notFound('upload');
      },
    },
  ];
}

const renderUpload = (upload: Upload) => ({
  id: upload.id,
  picture: `upload:${upload.id}`,
  complete: upload.received === upload.bytes,
  bytes: upload.bytes,
  received: upload.received,
  mediaType: upload.mime,
  createdAt: upload.createdAt.toISOString(),
  expiresAt: upload.expiresAt.toISOString(),
});

const created = (body: object, { id }: Upload): Reply => ({
  status: 201,
  headers: { location: `/toile/v1/uploads/${id}` },
  body,
});

function refusalOf(refusal: UploadProblem): Reply {
  switch (refusal.kind) {
    case 'over-quota':
      return problem(
        'quota-exceeded',
        `Uploads of this account may come to ${megabytes(refusal.quota)} MB and come to ${megabytes(refusal.used)} MB; delete some, or wait until they expire.`,
      );
    case 'too-large':
      return problem(
        'body-too-large',
        `A picture may have at most ${megabytes(refusal.limit)} MB.`,
      );
    case 'empty':
      return problem('invalid-body', 'The body is empty; send the bytes of a picture.');
    case 'no-picture':
      return problem(
        'unsupported-media-type',
        'The bytes are no JPEG, PNG, WebP, AVIF or GIF picture.',
      );
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 102.4) / 10;

function parsedJson(bytes: Uint8Array): unknown {
  // An announcement is a few bytes; nothing longer is worth parsing here.
  if (bytes.byteLength > 4096) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
