import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import type { Database } from '../db/open.ts';
import type { Logger } from '../telemetry/logger.ts';

/** It only wakes: whoever hears it reads the truth from the jobs table, and a lost word costs a poll. */
export type News =
  | { readonly kind: 'submitted' }
  | { readonly kind: 'cancel-requested'; readonly jobId: string }
  | { readonly kind: 'ended'; readonly jobId: string }
  /** From 0 to 1. */
  | { readonly kind: 'progress'; readonly jobId: string; readonly progress: number };

export interface Signals {
  /** Starts to hear what other processes say, and to tell them. */
  start(): Promise<void>;
  stop(): Promise<void>;
  tell(news: News): void;
  /** Returns what ends the listening. */
  hear(listener: (news: News) => void): () => void;
}

const channel = 'toile_jobs';
/** Postgres refuses payloads of 8,000 bytes; two lists of ids and one with progress stay below. */
const idsInList = 60;
const progressInList = 40;
const pauseBetweenSendsMs = 10;
const pauseBeforeReconnectMs = 1000;

const payloadSchema = z.object({
  from: z.string(),
  submitted: z.boolean(),
  cancelRequested: z.array(z.string()),
  ended: z.array(z.string()),
  /** Not told by processes of the version before. */
  progress: z.array(z.tuple([z.string(), z.number()])).default([]),
});

/**
 * In this process news is heard at once; other processes get it by NOTIFY, outside of any transaction that matters
 * (inside, it would serialise commits) and many pieces at a time.
 */
export function createSignals({
  database,
  logger,
}: {
  database: Database;
  logger: Logger;
}): Signals {
  const listeners = new Set<(news: News) => void>();
  const self = randomUUID();
  let client: pg.Client | null = null;
  let stopped = true;
  let sending = false;
  let reconnect: NodeJS.Timeout | undefined;
  const pending = emptyNews();

  function spread(news: News): void {
    for (const listener of listeners) listener(news);
  }

  function receive(payload: string): void {
    const news = payloadSchema.parse(JSON.parse(payload));
    // Postgres hands a notification to its sender as well.
    if (news.from === self) return;
    if (news.submitted) spread({ kind: 'submitted' });
    for (const jobId of news.cancelRequested) spread({ kind: 'cancel-requested', jobId });
    for (const jobId of news.ended) spread({ kind: 'ended', jobId });
    for (const [jobId, progress] of news.progress) spread({ kind: 'progress', jobId, progress });
  }

  async function connect(): Promise<void> {
    const fresh = await database.connect();
    fresh.on('notification', ({ payload }) => {
      if (payload) receive(payload);
    });
    fresh.on('end', () => {
      if (client === fresh) client = null;
      if (!stopped) reconnectLater();
    });
    // A notification is no data: it need not wait for the disk.
    await fresh.query(`set synchronous_commit = off; listen ${channel}`);
    client = fresh;
    // What was said while nobody listened, and what could not be told.
    spread({ kind: 'submitted' });
    void send();
  }

  function reconnectLater(): void {
    clearTimeout(reconnect);
    reconnect = setTimeout(() => {
      connect().catch((error: unknown) => {
        logger.warn({ err: error }, 'cannot listen for jobs of other processes');
        reconnectLater();
      });
    }, pauseBeforeReconnectMs);
  }

  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (;;) {
        const listening = client;
        if (!listening || !hasNews(pending)) return;
        await listening.query({
          name: 'notify-jobs',
          text: 'select pg_notify($1, $2)',
          values: [channel, JSON.stringify({ from: self, ...takeNews(pending) })],
        });
        await new Promise((resolve) => setTimeout(resolve, pauseBetweenSendsMs));
      }
    } catch (error) {
      logger.warn({ err: error }, 'cannot tell other processes about jobs');
    } finally {
      sending = false;
    }
  }

  return {
    async start() {
      stopped = false;
      await connect();
    },
    async stop() {
      stopped = true;
      clearTimeout(reconnect);
      const last = client;
      client = null;
      await last?.end();
    },
    tell(news) {
      spread(news);
      // Without a connection for a while (or ever) ids would pile up; the polls of others find these jobs too.
      if (!client) return;
      collect(pending, news);
      void send();
    },
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

interface PendingNews {
  submitted: boolean;
  cancelRequested: string[];
  ended: string[];
  progress: [jobId: string, progress: number][];
}

const emptyNews = (): PendingNews => ({
  submitted: false,
  cancelRequested: [],
  ended: [],
  progress: [],
});

const hasNews = (news: PendingNews): boolean =>
  news.submitted ||
  news.cancelRequested.length > 0 ||
  news.ended.length > 0 ||
  news.progress.length > 0;

function collect(pending: PendingNews, news: News): void {
  switch (news.kind) {
    case 'submitted':
      pending.submitted = true;
      return;
    case 'cancel-requested':
      pending.cancelRequested.push(news.jobId);
      return;
    case 'ended':
      pending.ended.push(news.jobId);
      return;
    case 'progress':
      pending.progress.push([news.jobId, news.progress]);
  }
}

/** Takes out as much as one payload carries. */
function takeNews(news: PendingNews): PendingNews {
  const taken = {
    submitted: news.submitted,
    cancelRequested: news.cancelRequested.splice(0, idsInList),
    ended: news.ended.splice(0, idsInList),
    progress: news.progress.splice(0, progressInList),
  };
  news.submitted = false;
  return taken;
}
