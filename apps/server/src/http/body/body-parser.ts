import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { InboundBody } from '../../dialects/dialect.ts';
import type { BodyAnswer, BodyTask } from './body-thread.ts';
import { takeApart } from './take-apart.ts';
import type { TakeApartOptions, TakeApartResult } from './take-apart.ts';

/** Pictures can be let go of before the rest. */
export interface ParsedJson extends InboundBody {
  readonly pictures: Map<string, Uint8Array>;
}

export type ParsedBody =
  | { readonly ok: true; readonly value: ParsedJson }
  | { readonly ok: false; readonly tooLarge: boolean; readonly message: string };

export interface BodyParser {
  /** Takes the bytes over: with a large body they have moved to another thread when this returns. */
  parse(body: Uint8Array<ArrayBuffer>): Promise<ParsedBody>;
  close(): Promise<void>;
}

/** Above this a body is taken apart off the main thread; below, the hop would cost more than the work. */
const threadFromBytes = 1024 * 1024;
/**
 * All text of a request without its pictures: two prompts in escapes and some thumbnails fit. It is parsed and checked on
 * the main thread; 1 MB of the worst (an object of 80,000 keys) took 165 ms there, so this much takes some 40 ms.
 */
const textLimitBytes = 256 * 1024;

/** Parses JSON bodies; the thread for large ones is started when the first one comes. */
export function createBodyParser(): BodyParser {
  const thread = createBodyThread();
  return {
    async parse(body) {
      const options = { nonce: randomUUID(), textLimitBytes };
      const apart =
        body.byteLength > threadFromBytes
          ? await thread.takeApart(body, options)
          : takeApart(body, options);
      return apart.ok ? parseText(apart.value) : describeFault(apart.failure);
    },
    close: () => thread.close(),
  };
}

function parseText(apart: Extract<TakeApartResult, { ok: true }>['value']): ParsedBody {
  if (apart.text.trim() === '') {
    return {
      ok: false,
      tooLarge: false,
      message: 'The request body is empty; send a JSON object.',
    };
  }
  let json: unknown;
  try {
    json = parseJson(apart.text);
  } catch {
    return { ok: false, tooLarge: false, message: 'The request body is not valid JSON.' };
  }
  const pictures = new Map<string, Uint8Array>(
    apart.pictures.map(({ placeholder, bytes }) => [placeholder, bytes]),
  );
  return { ok: true, value: { json, pictures, sha256: apart.sha256 } };
}

/**
 * JSON without the key `__proto__`: whoever copies such an object key by key gives the copy another prototype, and what is
 * inherited passes for what was checked. The slower way is taken only where the key may be, also where it is written in escapes.
 */
function parseJson(text: string): unknown {
  return /__proto__|\\u00/.test(text)
    ? JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
    : JSON.parse(text);
}

function describeFault(fault: Extract<TakeApartResult, { ok: false }>['failure']): ParsedBody {
  switch (fault.kind) {
    case 'not-utf8':
      return { ok: false, tooLarge: false, message: 'The request body is not UTF-8 text.' };
    case 'too-much-text':
      return {
        ok: false,
        tooLarge: true,
        message: `The request body is too large: without its pictures it may hold ${fault.limitBytes / 1024} KB.`,
      };
  }
}

interface BodyThread {
  takeApart(body: Uint8Array<ArrayBuffer>, options: TakeApartOptions): Promise<TakeApartResult>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: TakeApartResult) => void;
  readonly reject: (reason: Error) => void;
}

/** One thread, bodies one after another. Should it ever die, those who wait are told and the next body starts it anew. */
function createBodyThread(): BodyThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastId = 0;

  const start = (): Worker => {
    const started = new Worker(new URL('./body-thread.ts', import.meta.url));
    // Nothing is kept alive by an idle thread; a body under way is held by its connection.
    started.unref();
    started.on('message', ({ id, result }: BodyAnswer) => {
      waiting.get(id)?.resolve(result);
      waiting.delete(id);
    });
    const giveUp = (reason: Error): void => {
      if (worker !== started) return;
      worker = null;
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    };
    started.on('error', giveUp);
    started.on('exit', (code) => {
      giveUp(new Error(`the body thread ended with code ${code}`));
    });
    return started;
  };

  return {
    takeApart(body, options) {
      worker ??= start();
      const task: BodyTask = { id: (lastId += 1), body, options };
      const { promise, resolve, reject } = Promise.withResolvers<TakeApartResult>();
      waiting.set(task.id, { resolve, reject });
      worker.postMessage(task, [body.buffer]);
      return promise;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
