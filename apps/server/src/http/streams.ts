import type { FastifyInstance, FastifyReply } from 'fastify';
import type { EventSink, StreamReply } from '../dialects/dialect.ts';

/** A client that leaves so much unread is not reading; what it missed it gets when it comes back. */
const mostUnreadBytes = 256 * 1024;

export const eventStreamType = 'text/event-stream; charset=utf-8';

/** Below the idle time of common proxies (30 to 60 s). */
const heartbeatMs = 15_000;

export interface Streams {
  /** Hands the connection over to the stream; the framework has no more to do with it. */
  open(reply: FastifyReply, answer: StreamReply): void;
}

interface OpenStream {
  readonly heartbeat: string;
  write(text: string): void;
  end(): void;
}

/** Answers that go on. One timer for all of them; when the server closes, all end, and clients resume elsewhere. */
export function createStreams(app: FastifyInstance): Streams {
  const open = new Set<OpenStream>();
  const timer = setInterval(() => {
    for (const stream of open) stream.write(stream.heartbeat);
  }, heartbeatMs);
  timer.unref();
  app.addHook('preClose', async () => {
    clearInterval(timer);
    for (const stream of open) stream.end();
  });

  return {
    open(reply, answer) {
      const { raw } = reply.hijack();
      const over = new AbortController();
      const stream: OpenStream = {
        heartbeat: answer.heartbeat,
        write(text) {
          if (over.signal.aborted) return;
          raw.write(text);
          if (raw.writableLength > mostUnreadBytes) raw.destroy();
        },
        end() {
          if (!raw.writableEnded) raw.end();
        },
      };
      open.add(stream);
      raw.on('close', () => {
        open.delete(stream);
        over.abort();
      });
      raw.on('error', () => undefined);
      const headers = {
        ...reply.getHeaders(),
        ...answer.headers,
        'content-type': eventStreamType,
        // Proxies that collect answers would hold events back.
        'x-accel-buffering': 'no',
      };
      for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined) raw.setHeader(name, value);
      }
      raw.flushHeaders();
      const sink: EventSink = {
        send: (text) => stream.write(text),
        end: () => stream.end(),
        over: over.signal,
      };
      answer.stream(sink);
    },
  };
}
