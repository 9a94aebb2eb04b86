import type { JobView, OutputView } from '../../jobs/port.ts';
import { runtimeErrorName } from './errors.ts';

export type PredictionStatus = 'starting' | 'in_queue' | 'processing' | 'completed' | 'failed';

export interface PredictionError {
  readonly name: string;
  readonly message: string;
}

/** The body of a status poll and of a webhook. A failed prediction has no `output` key, as in FASHN's example. */
export type Prediction =
  | {
      readonly id: string;
      readonly status: Exclude<PredictionStatus, 'failed'>;
      readonly output: readonly string[] | null;
      readonly error: null;
    }
  | { readonly id: string; readonly status: 'failed'; readonly error: PredictionError };

/** A worker takes a job up within some 20 ms when one is free; a job that is older and still queued waits in the queue. */
const startingMs = 100;

/** `now` only tells `starting` from `in_queue`; in every other state the answer depends on the job alone. */
export function renderStatus(job: JobView, now: Date): Prediction {
  const { id, state } = job;
  switch (state.status) {
    case 'queued': {
      const age = now.getTime() - job.createdAt.getTime();
      return { id, status: age < startingMs ? 'starting' : 'in_queue', output: null, error: null };
    }
    case 'running':
      return { id, status: 'processing', output: null, error: null };
    case 'succeeded':
      return { id, status: 'completed', output: state.outputs.map(outputText), error: null };
    case 'failed':
      return {
        id,
        status: 'failed',
        error: {
          name: runtimeErrorName[state.failure.code],
          message: inCallersWords(state.failure.message, job.operation),
        },
      };
    case 'canceled':
      return {
        id,
        status: 'failed',
        error: { name: 'PipelineError', message: 'The prediction was canceled.' },
      };
  }
}

/** Models whose garment is sent as `product_image`. */
const productModels: ReadonlySet<string> = new Set(['tryon-max', 'product-to-model']);

/** Messages name a try-on's inputs canonically; a caller must find the name of the parameter that was sent. */
function inCallersWords(message: string, model: string): string {
  return productModels.has(model) ? message.replaceAll('garment image', 'product image') : message;
}

function outputText(output: OutputView): string {
  return output.kind === 'address' ? output.address : output.dataUri;
}

/** Whether the job has come to its end, so that credits used can be told. */
export function hasEnded(job: JobView): boolean {
  return job.state.status !== 'queued' && job.state.status !== 'running';
}
