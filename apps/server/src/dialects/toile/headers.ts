import type { RateState, RequestHeaders } from '../dialect.ts';
import { problem } from './problems.ts';
import { refused } from './read-json.ts';
import type { Read } from './read-json.ts';

/** The longest that a call is held open: proxies give up after some minutes. */
const longestWaitSeconds = 120;
const longestDeadlineSeconds = 24 * 3600;

const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  header === undefined ? undefined : typeof header === 'string' ? header : header.join(', ');

/**
 * `Prefer: wait=N` (RFC 7240): how long the client would wait for the end of the job; null when it says nothing of it.
 * A wish beyond what is granted is cut; one that can not be read is ignored, as the RFC asks.
 */
export function preferredWait(headers: RequestHeaders): number | null {
  for (const preference of (textOf(headers['prefer']) ?? '').split(',')) {
    const [, seconds] = /^\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:;.*)?$/i.exec(preference) ?? [];
    if (seconds !== undefined) return Math.min(Number(seconds), longestWaitSeconds);
  }
  return null;
}

export const waitApplied = (seconds: number): Record<string, string> => ({
  'preference-applied': `wait=${seconds}`,
});

/** `Toile-Deadline`, in seconds; undefined without one. */
export function deadlineOf(headers: RequestHeaders): Read<number | undefined> {
  const text = textOf(headers['toile-deadline']);
  if (text === undefined) return { ok: true, value: undefined };
  const seconds = /^\d{1,6}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > longestDeadlineSeconds) {
    return refused(
      problem(
        'invalid-request',
        `The header Toile-Deadline must be a number of seconds between 1 and ${longestDeadlineSeconds}.`,
      ),
    );
  }
  return { ok: true, value: seconds };
}

/** `RateLimit-Policy` and `RateLimit` as in draft-ietf-httpapi-ratelimit-headers: quota, window, what is left, until when. */
export function rateHeaders(rate: RateState | null): Record<string, string> {
  if (rate === null) return {};
  const name = rate.name.replace(/^toile\./, '');
  return {
    'ratelimit-policy': `"${name}";q=${rate.limit.requests};w=${rate.limit.seconds}`,
    ratelimit: `"${name}";r=${rate.remaining};t=${Math.ceil(rate.resetMs / 1000)}`,
  };
}
