import { compilePrompt } from '../../direction/compile.ts';
import type { JobView } from '../../jobs/port.ts';
import type { Reply } from '../dialect.ts';
import { apiError, failureReply } from './errors.ts';
import type { Order } from './orders.ts';

type Status = 'processing' | 'completed' | 'failed';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const videoId = new RegExp(`^vid_(${uuid})$`, 'i');
const plainId = new RegExp(`^${uuid}$`, 'i');

export const videoIdOf = (jobId: string): string => `vid_${jobId}`;
/** The job of a video's id; null for a text that is none. */
export const jobIdOfVideo = (id: string): string | null =>
  videoId.exec(id)?.[1]?.toLowerCase() ?? null;
export const isJobId = (id: string): boolean => plainId.test(id);

export function statusOf({ state }: JobView): Status {
  switch (state.status) {
    case 'queued':
    case 'running':
      return 'processing';
    case 'succeeded':
      return 'completed';
    case 'failed':
    case 'canceled':
      return 'failed';
  }
}

export function addressesOf({ state }: JobView): string[] {
  return state.status === 'succeeded'
    ? state.outputs.map((output) => (output.kind === 'address' ? output.address : output.dataUri))
    : [];
}

function errorOf({ state }: JobView): string | null {
  if (state.status === 'canceled') return 'The job was canceled.';
  return state.status === 'failed' ? state.failure.message : null;
}

/** A video of the list, and the body of its status; only a failed one has `error`. */
export function renderVideo(job: JobView): object {
  const error = errorOf(job);
  return {
    id: videoIdOf(job.id),
    status: statusOf(job),
    videoUrl: addressesOf(job)[0] ?? null,
    ...(error !== null && { error }),
    createdAt: job.createdAt.toISOString(),
  };
}

/** A job as it can be fetched after a call that went without its answer. */
export function renderJob(job: JobView): object {
  const addresses = addressesOf(job);
  return {
    id: job.id,
    operation: job.operation,
    status: statusOf(job),
    imageUrls: addresses.length === 0 ? null : addresses,
    error: errorOf(job),
    createdAt: job.createdAt.toISOString(),
  };
}

/** The answer to a synchronous call whose job was waited for. */
export function renderWaited(job: JobView, order: Order, creditsRemaining: number): Reply {
  switch (job.state.status) {
    case 'succeeded':
      return { status: 200, body: renderPictures(job, order, creditsRemaining) };
    case 'failed': {
      const { failure } = job.state;
      return failureReply(failure, inCallersWords(failure.message, order), job.id);
    }
    case 'canceled':
      return apiError('BAD_REQUEST', 'The job was canceled.', { jobId: job.id });
    case 'queued':
    case 'running':
      return apiError(
        'INTERNAL_ERROR',
        `The picture was not ready in time. Job ${job.id} goes on: send the same request again within ten minutes, or fetch /api/jobs/${job.id}.`,
        { jobId: job.id },
      );
  }
}

function renderPictures(job: JobView, order: Order, creditsRemaining: number): object {
  const addresses = addressesOf(job);
  const warnings = job.warnings.length === 0 ? {} : { warnings: job.warnings };
  if (order.operation === 'variations') {
    return { success: true, variations: addresses, ...warnings };
  }
  const picture = { imageUrl: addresses[0] ?? '', creditsRemaining };
  return order.operation === 'generate'
    ? {
        ...picture,
        prompt: compilePrompt(order.request),
        fallbackUsed: job.fallbackUsed,
        ...warnings,
      }
    : { ...picture, ...(job.fallbackUsed && { fallbackUsed: true }), ...warnings };
}

/** Messages name pictures as engines do; a caller must find the field that was sent. */
function inCallersWords(message: string, { fields }: Order): string {
  let text = message;
  for (const [name, field] of fields) text = text.replaceAll(`${name} image`, field);
  return text;
}
