import type { CapabilityRequest } from '../../capabilities/index.ts';
import type { ImageSource } from '../../capabilities/image-source.ts';
import type { JobView, OutputView } from '../../jobs/port.ts';
import { runIdOf } from './run-id.ts';
import type { Tool } from './wire.ts';

type Status = 'starting' | 'in_queue' | 'processing' | 'completed' | 'failed';

/** A worker takes a job up within some 20 ms when one is free; a job that is older and still queued waits in the queue. */
const startingMs = 100;

/**
 * The body of a status poll, with the quirks of each tool: fabric has one output and not a list, try-on repeats its input,
 * and both kinds of try-on name their model.
 *
 * @param request what try-on repeats; null where it is forgotten
 */
export function renderRun(
  tool: Tool,
  model: string,
  job: JobView,
  request: CapabilityRequest | null,
): object {
  const addresses =
    job.state.status === 'succeeded' ? job.state.outputs.map((output) => textOf(output)) : null;
  return {
    id: runIdOf(tool, job.id),
    status: statusOf(job),
    output: tool === 'fabric' ? (addresses?.[0] ?? null) : addresses,
    error: errorOf(job),
    ...(tool === 'tryon' && { input: request === null ? {} : inputOf(request, model) }),
    ...((tool === 'tryon' || tool === 'tryonPro') && { model_name: model }),
  };
}

function statusOf({ state, createdAt }: JobView): Status {
  switch (state.status) {
    case 'queued':
      return Date.now() - createdAt.getTime() < startingMs ? 'starting' : 'in_queue';
    case 'running':
      return 'processing';
    case 'succeeded':
      return 'completed';
    case 'failed':
    case 'canceled':
      return 'failed';
  }
}

function errorOf({ state, operation }: JobView): string | null {
  if (state.status === 'canceled') return 'The run was canceled.';
  if (state.status !== 'failed') return null;
  // The sketch is sent as `image`, and must be found by that name.
  return operation === 'sketchtodress'
    ? state.failure.message.replaceAll('sketch image', 'image')
    : state.failure.message;
}

function textOf(output: OutputView): string {
  return output.kind === 'address' ? output.address : output.dataUri;
}

const categories = {
  tops: 'top',
  bottoms: 'bottom',
  'one-pieces': 'dresses',
  accessories: undefined,
  auto: undefined,
} as const;

/** What a try-on was asked with, pictures that came inside the request left out. */
function inputOf(request: CapabilityRequest, model: string): object {
  if (request.capability !== 'try-on') return {};
  return {
    category: categories[request.garmentKind],
    model_image: pictureOf(request.images.model),
    garment_image: pictureOf(request.images.garment),
    garment_description: request.garmentWords,
    seed: request.seed,
    model_name: model,
  };
}

const pictureOf = (source: ImageSource): string =>
  source.from === 'url' ? source.url : '<base64>';
