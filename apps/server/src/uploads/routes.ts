import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { createByteBudget } from '../http/body/byte-budget.ts';
import { readBody } from '../http/body/read-body.ts';
import type { Upload } from './port.ts';
import type { UploadTickets } from './tickets.ts';
import type { UploadStore } from './uploads.ts';

export interface UploadRoutesOptions {
  readonly uploads: Pick<UploadStore, 'progress' | 'append'>;
  readonly tickets: Pick<UploadTickets, 'isGood'>;
  /** Of one piece. */
  readonly mostBytes: number;
}

interface UploadRoute {
  Params: { uploadId: string; ticket: string };
}

/** All pieces in memory at the same time. */
const pieceBudgetBytes = 128 * 1024 * 1024;

/**
 * Takes pictures in pieces at the address that `POST /toile/v1/uploads` gave, without a key. HEAD says how much has
 * arrived, PATCH with `Upload-Offset` goes on from there; both as in the IETF draft of resumable uploads.
 */
export const uploadRoutes: FastifyPluginAsync<UploadRoutesOptions> = async (
  server,
  { uploads, tickets, mostBytes },
) => {
  const budget = createByteBudget(pieceBudgetBytes);

  server.route<UploadRoute>({
    method: ['GET', 'HEAD'],
    url: '/uploads/:uploadId/:ticket',
    async handler(request, reply) {
      const { uploadId, ticket } = request.params;
      const upload = tickets.isGood(uploadId, ticket) ? await uploads.progress(uploadId) : null;
      return upload === null ? gone(reply) : reply.code(204).headers(progressOf(upload)).send();
    },
  });

  server.route<UploadRoute>({
    method: 'PATCH',
    url: '/uploads/:uploadId/:ticket',
    async handler(request, reply) {
      const { uploadId, ticket } = request.params;
      if (!tickets.isGood(uploadId, ticket)) return gone(reply);
      const offset = offsetOf(request);
      if (offset === null) {
        return problem(reply, 400, 'offset-missing', 'Send the header Upload-Offset.');
      }
      const reservation = budget.open(uploadId);
      try {
        const body = await readBody(request.raw, mostBytes, reservation);
        switch (body.kind) {
          case 'read':
            break;
          case 'too-large':
            return problem(reply, 413, 'piece-too-large', 'Send smaller pieces.');
          case 'over-budget':
            return problem(reply.header('retry-after', '1'), 429, 'busy', 'Send it again shortly.');
          case 'aborted':
            return problem(reply, 400, 'broken-off', 'The request broke off.');
        }
        const outcome = await uploads.append(uploadId, offset, body.bytes);
        switch (outcome.kind) {
          case 'appended':
            return reply.code(204).headers(progressOf(outcome.upload)).send();
          case 'wrong-offset':
            return problem(
              reply.header('upload-offset', String(outcome.received)),
              409,
              'wrong-offset',
              `Go on at byte ${outcome.received}.`,
            );
          case 'too-much':
            return problem(
              reply,
              400,
              'too-much',
              `This upload was announced with ${outcome.bytes} bytes.`,
            );
          case 'too-little':
            return problem(
              reply,
              400,
              'piece-too-small',
              `All pieces but the last must have at least ${outcome.smallest} bytes.`,
            );
          case 'no-picture':
            return problem(
              reply,
              415,
              'no-picture',
              'The bytes are no JPEG, PNG, WebP, AVIF or GIF picture; the upload was deleted.',
            );
          case 'gone':
            return gone(reply);
        }
      } finally {
        reservation.release();
      }
    },
  });
};

function offsetOf(request: FastifyRequest): number | null {
  const text = request.headers['upload-offset'];
  return typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

const progressOf = (upload: Upload): Record<string, string> => ({
  'upload-offset': String(upload.received),
  'upload-length': String(upload.bytes),
  'upload-complete': upload.received === upload.bytes ? '?1' : '?0',
});

const gone = (reply: FastifyReply): FastifyReply =>
  problem(reply, 404, 'not-found', 'There is no such upload, or its time is over.');

function problem(reply: FastifyReply, status: number, code: string, detail: string): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: code.replaceAll('-', ' '), status, code, detail });
}
