import type { Readable } from 'node:stream';
import { type Result, succeed } from '../failures/failure.ts';
import type { FetchGuard, GuardedAnswer } from './fetch-guard.ts';
import { fetchSeconds, maxFileBytes, maxRedirects } from './limits.ts';
import { refuse } from './problems.ts';
import { shareAll } from './shared-bytes.ts';

export interface Download {
  /** How messages call the picture: 'model image'. */
  readonly subject: string;
  readonly url: string;
  readonly signal: AbortSignal;
  /** Default 10. */
  readonly seconds?: number;
}

export interface Downloaded {
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** What the other server claims; not to be believed, only to be quoted. */
  readonly contentType: string;
}

/** Fetches a picture. Each redirect is a new address under the same rules; the clock runs over all of them. */
export async function download(guard: FetchGuard, wanted: Download): Promise<Result<Downloaded>> {
  const seconds = wanted.seconds ?? fetchSeconds;
  const clock = AbortSignal.timeout(seconds * 1000);
  const signal = AbortSignal.any([wanted.signal, clock]);
  let url = wanted.url;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const result = await guard.request(url, {
      method: 'GET',
      headers: { accept: 'image/*,*/*;q=0.5', 'accept-encoding': 'identity' },
      signal,
    });
    wanted.signal.throwIfAborted();
    if (!result.ok) {
      return clock.aborted
        ? refuse.tooSlow(wanted.subject, seconds)
        : refuse.unresolved(wanted.subject, result.problem);
    }
    const next = redirectTarget(result.answer, url);
    if (next === null) {
      const read = await readAnswer(result.answer, wanted.subject);
      wanted.signal.throwIfAborted();
      return clock.aborted && !read.ok ? refuse.tooSlow(wanted.subject, seconds) : read;
    }
    abandon(result.answer.body);
    url = next;
  }
  return refuse.tooManyRedirects(wanted.subject);
}

/** Null when the answer is none; an unusable `location` becomes a URL that the guard refuses. */
function redirectTarget({ status, headers }: GuardedAnswer, from: string): string | null {
  if (![301, 302, 303, 307, 308].includes(status) || headers['location'] === undefined) return null;
  return URL.parse(headers['location'], from)?.href ?? '';
}

async function readAnswer(answer: GuardedAnswer, subject: string): Promise<Result<Downloaded>> {
  const { status, headers, body } = answer;
  if (status < 200 || status > 299) {
    abandon(body);
    return refuse.status(subject, status);
  }
  if (Number(headers['content-length'] ?? 0) > maxFileBytes) {
    abandon(body);
    return refuse.tooLarge(subject);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a body of bytes was expected');
      size += chunk.byteLength;
      // Leaving the loop destroys the body, and the connection with it.
      if (size > maxFileBytes) return refuse.tooLarge(subject);
      chunks.push(chunk);
    }
  } catch {
    return refuse.brokeOff(subject);
  }
  return succeed({ bytes: shareAll(chunks), contentType: headers['content-type'] ?? 'none' });
}

/** The rest is not worth reading; that it ends in an error then is what we asked for. */
function abandon(body: Readable): void {
  body.on('error', () => undefined);
  body.destroy();
}
