import type { Upload } from './answers.ts';
import { ProblemError, ToileError } from './errors.ts';
import type { JobRequest, Picture } from './requests.ts';
import { pause } from './transport.ts';
import type { Transport } from './transport.ts';

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Above this many bytes the picture goes in pieces, each of which can be repeated; 4 MB by default. */
  readonly pieceBytes?: number;
}

const usualPieceBytes = 4 * 1024 * 1024;
const triesForAPiece = 5;

/** Sends a picture ahead of the jobs that use it. */
export async function sendUpload(
  transport: Transport,
  picture: Blob | Uint8Array,
  { signal, pieceBytes = usualPieceBytes }: UploadOptions = {},
): Promise<Upload> {
  const blob = picture instanceof Blob ? picture : new Blob([new Uint8Array(picture)]);
  if (blob.size > pieceBytes) return sendPieces(transport, blob, pieceBytes, signal);
  return transport.json<Upload>({
    method: 'POST',
    path: '/uploads',
    body: blob,
    headers: { 'content-type': 'application/octet-stream' },
    signal,
  });
}

async function sendPieces(
  transport: Transport,
  blob: Blob,
  pieceBytes: number,
  signal: AbortSignal | undefined,
): Promise<Upload> {
  const begun = await transport.json<Upload & { readonly uploadUrl: string }>({
    method: 'POST',
    path: '/uploads',
    json: { bytes: blob.size },
    signal,
  });
  let offset = 0;
  for (let tries = 0; offset < blob.size;) {
    try {
      const answer = await transport.send({
        method: 'PATCH',
        path: begun.uploadUrl,
        body: blob.slice(offset, offset + pieceBytes),
        headers: {
          'content-type': 'application/octet-stream',
          'upload-offset': String(offset),
        },
        signal,
      });
      offset = offsetOf(answer);
      tries = 0;
    } catch (error) {
      signal?.throwIfAborted();
      tries += 1;
      const isOver = error instanceof ProblemError && error.status < 500 && error.status !== 409;
      if (isOver || !(error instanceof ToileError) || tries >= triesForAPiece) throw error;
      await pause(300 * tries, signal);
      offset = offsetOf(await transport.send({ method: 'HEAD', path: begun.uploadUrl, signal }));
    }
  }
  return transport.json<Upload>({ method: 'GET', path: `/uploads/${begun.id}`, signal });
}

const offsetOf = (answer: Response): number => Number(answer.headers.get('upload-offset') ?? 0);

/** A request whose pictures are all strings: bytes are sent ahead, several at a time. */
export async function withUploads(
  transport: Transport,
  request: JobRequest,
  options: UploadOptions,
): Promise<object> {
  const images: object = Object.fromEntries(
    await Promise.all(
      Object.entries(request.images).map(async ([name, picture]: [string, Picture | undefined]) => [
        name,
        picture === undefined || typeof picture === 'string'
          ? picture
          : (await sendUpload(transport, picture, options)).picture,
      ]),
    ),
  );
  return { ...request, images };
}
