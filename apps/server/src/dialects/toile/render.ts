import type { JobState, JobView } from '../../jobs/port.ts';
import { inCredits } from './price.ts';
import type { WireJob } from './wire/job.ts';

/** A job as this dialect shows it, in answers, events and webhooks alike. */
export function renderJob(job: JobView): WireJob {
  const { state } = job;
  return {
    id: job.id,
    capability: job.operation,
    status: state.status,
    progress: progressOf(state),
    batchId: job.batchId,
    outputs: outputsOf(state),
    error:
      state.status === 'failed'
        ? { code: state.failure.code, message: state.failure.message }
        : null,
    warnings: [...job.warnings],
    fallbackUsed: job.fallbackUsed,
    price: inCredits(job.price),
    charged: inCredits(job.charged),
    createdAt: job.createdAt.toISOString(),
    endedAt: job.endedAt?.toISOString() ?? null,
    expiresAt: job.expiresAt?.toISOString() ?? null,
  };
}

function progressOf(state: JobState): number {
  if (state.status === 'running') return state.progress;
  return state.status === 'succeeded' ? 1 : 0;
}

/** This dialect always asks for addresses. */
function outputsOf(state: JobState): WireJob['outputs'] {
  if (state.status !== 'succeeded') return [];
  return state.outputs.flatMap((output) =>
    output.kind === 'address'
      ? [
          {
            url: output.address,
            mediaType: output.mime,
            width: output.width,
            height: output.height,
            bytes: output.bytes,
          },
        ]
      : [],
  );
}

export const hasEnded = ({ state }: JobView): boolean =>
  state.status !== 'queued' && state.status !== 'running';
