import type { JobProgress, Jobs, JobView } from '../../jobs/port.ts';
import type { Previews } from '../../previews/port.ts';
import type { EventSink, Principal, Reply, RequestHeaders, StreamReply } from '../dialect.ts';
import { hasEnded, renderJob } from './render.ts';

/** How long a client that was cut off waits before it comes back. */
const retryMs = 2000;

export interface EventDependencies {
  readonly jobs: Pick<Jobs, 'watch' | 'find'>;
  readonly previews: Previews;
}

/**
 * The events of one job: `queued` with its place, `running` with its progress, `preview` with small copies of what was made, for
 * those who ask for them (`?previews=true`), and `ended` with the whole job, after which the stream ends. An event tells all that is known at its time, so none is missing after a break: a client that comes back
 * with `Last-Event-ID` gets the state as it is now, unless that is the one it had. Had it the last one, the answer is 204,
 * upon which browsers come back no more.
 */
export function eventStream(
  { jobs, previews }: EventDependencies,
  { accountId }: Principal,
  job: JobView,
  headers: RequestHeaders,
  wantsPreviews: boolean,
): StreamReply | Reply {
  const lastSeen = headers['last-event-id'];
  if (hasEnded(job) && lastSeen === idOf({ kind: 'ended' })) {
    return { status: 204, body: undefined };
  }
  return {
    headers: { 'cache-control': 'no-store' },
    heartbeat: ': still there\n\n',
    stream(sink) {
      sink.send(`retry: ${retryMs}\n\n`);
      // Whoever claims to know an end that has not come is told of it all the same.
      let sent = lastSeen === 'ended' ? undefined : lastSeen;
      let over = false;
      const tell = (news: JobProgress): void => {
        const id = idOf(news);
        if (over || id === sent) return;
        sent = id;
        if (news.kind !== 'ended') return sink.send(eventText(id, news.kind, dataOf(news)));
        over = true;
        // A client without its last event comes back for it.
        sendEnd().catch(() => undefined);
      };
      const sendEnd = async (): Promise<void> => {
        try {
          const ended = await jobs.find(accountId, 'toile', job.id);
          if (ended === null) return;
          if (wantsPreviews && lastSeen !== 'preview') await sendPreviews(ended);
          sink.send(eventText('ended', 'ended', renderJob(ended)));
        } finally {
          sink.end();
        }
      };
      /** Failing to make one must not keep the end from being told. */
      const sendPreviews = async (ended: JobView): Promise<void> => {
        const made = await previews.of(accountId, ended).catch(() => []);
        if (made.length > 0) sink.send(eventText('preview', 'preview', { previews: made }));
      };
      if (hasEnded(job)) return tell({ kind: 'ended' });
      if (job.state.status === 'running') {
        tell({ kind: 'running', progress: job.state.progress });
      }
      whileOpen(sink, jobs.watch(job.id, tell));
    },
  };
}

/** Ends the watch with the stream. */
function whileOpen(sink: EventSink, stop: () => void): void {
  if (sink.over.aborted) return stop();
  sink.over.addEventListener('abort', stop, { once: true });
}

function idOf(news: JobProgress): string {
  switch (news.kind) {
    case 'queued':
      return `queued-${news.position}`;
    case 'running':
      return `running-${Math.round(news.progress * 1000)}`;
    case 'ended':
      return 'ended';
  }
}

function dataOf(news: Exclude<JobProgress, { readonly kind: 'ended' }>): object {
  return news.kind === 'queued' ? { position: news.position } : { progress: news.progress };
}

/** JSON has no line breaks of its own, so that one data line is enough. */
const eventText = (id: string, event: string, data: object): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
