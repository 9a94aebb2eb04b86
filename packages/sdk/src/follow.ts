import type { Job, JobEvent, Preview } from './answers.ts';
import { ProblemError, WaitTimeoutError } from './errors.ts';
import { readEvents } from './event-stream.ts';
import type { StreamedEvent } from './event-stream.ts';
import { pause } from './transport.ts';
import type { Transport } from './transport.ts';

export interface FollowOptions {
  /** Ends the waiting, not the job. */
  readonly signal?: AbortSignal | undefined;
  /** Have small copies of the outputs sent with the end, as an event; none by default. */
  readonly previews?: boolean | undefined;
}

export interface WaitOptions extends FollowOptions {
  /** Milliseconds after which a `WaitTimeoutError` is thrown; ten minutes by default. */
  readonly timeoutMs?: number;
  readonly onEvent?: (event: JobEvent) => void;
}

const usualTimeoutMs = 10 * 60 * 1000;
/** Between streams that break, and between polls where streams do not come through at all. */
const pauseMs = 1000;
/** Streams that brought nothing before polling takes over: some proxies hold them back until they end. */
const mostSilentStreams = 2;

/**
 * The events of a job until its end, by server-sent events; a broken stream is resumed where it was. Where streams do not come
 * through, the job is polled.
 */
export async function* follow(
  transport: Transport,
  jobId: string,
  { signal, previews = false }: FollowOptions = {},
): AsyncGenerator<JobEvent, void, undefined> {
  let lastId: string | null = null;
  let silent = 0;
  while (silent < mostSilentStreams) {
    let heard = false;
    try {
      const response = await transport.send({
        method: 'GET',
        path: `/jobs/${encodeURIComponent(jobId)}/events${previews ? '?previews=true' : ''}`,
        headers: {
          accept: 'text/event-stream',
          ...(lastId !== null && { 'last-event-id': lastId }),
        },
        signal,
      });
      for await (const streamed of response.body ? readEvents(response.body) : []) {
        heard = true;
        lastId = streamed.id ?? lastId;
        const event = eventOf(streamed);
        if (event !== null) yield event;
        if (event?.type === 'ended') return;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ProblemError && error.status < 500) throw error;
    }
    silent = heard ? 0 : silent + 1;
    await pause(pauseMs, signal);
  }
  yield* poll(transport, jobId, signal);
}

async function* poll(
  transport: Transport,
  jobId: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<JobEvent, void, undefined> {
  for (;;) {
    const path = `/jobs/${encodeURIComponent(jobId)}`;
    const job = await transport.json<Job>({ method: 'GET', path, signal });
    if (hasEnded(job)) {
      yield { type: 'ended', job };
      return;
    }
    if (job.status === 'running') yield { type: 'running', progress: job.progress };
    await pause(pauseMs, signal);
  }
}

/** The job as it ended, whatever became of it. */
export async function waitFor(
  transport: Transport,
  jobId: string,
  { signal, timeoutMs = usualTimeoutMs, onEvent, previews }: WaitOptions = {},
): Promise<Job> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), timeoutMs);
  const leave = (): void => patience.abort();
  signal?.addEventListener('abort', leave, { once: true });
  try {
    for await (const event of follow(transport, jobId, { signal: patience.signal, previews })) {
      onEvent?.(event);
      if (event.type === 'ended') return event.job;
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (patience.signal.aborted) throw new WaitTimeoutError(jobId, timeoutMs);
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
  throw new WaitTimeoutError(jobId, timeoutMs);
}

export const hasEnded = ({ status }: Job): boolean => status !== 'queued' && status !== 'running';

/** Null for events of a later version, which can be left out. */
function eventOf({ event, data }: StreamedEvent): JobEvent | null {
  const json: unknown = JSON.parse(data);
  if (typeof json !== 'object' || json === null) return null;
  if (event === 'queued' && 'position' in json) {
    return { type: 'queued', position: Number(json.position) };
  }
  if (event === 'running' && 'progress' in json) {
    return { type: 'running', progress: Number(json.progress) };
  }
  if (event === 'preview' && 'previews' in json) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server's word is taken, as with every answer
    return { type: 'preview', previews: json.previews as readonly Preview[] };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as with every answer
  return event === 'ended' ? { type: 'ended', job: json as Job } : null;
}
