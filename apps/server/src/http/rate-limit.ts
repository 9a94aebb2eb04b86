import { LRUCache } from 'lru-cache';
import type { RateLimit } from '../dialects/dialect.ts';

export interface RateLimiter {
  /** Counts one request of `who`; 0 when it may go on, otherwise the milliseconds after which the next may come. */
  take(who: string, limit: RateLimit): number;
  /** As `take`, without counting. */
  wait(who: string, limit: RateLimit): number;
  /** Whole requests that may still come at once, and the milliseconds until the running window ends. */
  left(who: string, limit: RateLimit): { readonly remaining: number; readonly resetMs: number };
}

interface Windows {
  /** When the current window began. */
  startedAt: number;
  current: number;
  previous: number;
}

/** So many keys or addresses are remembered; who was longest silent is forgotten first. */
const remembered = 20_000;

/**
 * Sliding windows: the count of the running window plus the part of the one before that is still in sight.
 * Two numbers a key whatever the limit, and never more than `requests` in any `seconds` of an even flow.
 * Windows start with a key's first request. Counted in this process alone; refused requests do not count.
 */
export function createRateLimiter(now: () => number = () => performance.now()): RateLimiter {
  const windows = new LRUCache<string, Windows>({ max: remembered });

  const windowsOf = (who: string, windowMs: number): Windows => {
    const time = now();
    const known = windows.get(who);
    if (known === undefined || time - known.startedAt >= 2 * windowMs) {
      const fresh = { startedAt: time, current: 0, previous: 0 };
      windows.set(who, fresh);
      return fresh;
    }
    if (time - known.startedAt >= windowMs) {
      known.startedAt += windowMs;
      known.previous = known.current;
      known.current = 0;
    }
    return known;
  };

  const stateOf = (who: string, windowMs: number) => {
    const { startedAt, current, previous } = windowsOf(who, windowMs);
    const elapsed = now() - startedAt;
    return { current, previous, elapsed, seen: previous * (1 - elapsed / windowMs) + current };
  };

  const wait = (who: string, { requests, seconds }: RateLimit): number => {
    const windowMs = seconds * 1000;
    const { current, previous, elapsed, seen } = stateOf(who, windowMs);
    if (seen <= requests - 1) return 0;
    return Math.max(
      1,
      Math.ceil(timeUntilRoom({ current, previous, elapsed, windowMs, requests })),
    );
  };

  return {
    wait,
    left(who, { requests, seconds }) {
      const { elapsed, seen } = stateOf(who, seconds * 1000);
      return {
        remaining: Math.max(0, Math.floor(requests - seen)),
        resetMs: Math.max(0, Math.ceil(seconds * 1000 - elapsed)),
      };
    },
    take(who, limit) {
      const delay = wait(who, limit);
      if (delay === 0) windowsOf(who, limit.seconds * 1000).current += 1;
      return delay;
    },
  };
}

/** How long until the weighted count falls to `requests - 1`, if nothing else comes. */
function timeUntilRoom(state: {
  readonly current: number;
  readonly previous: number;
  readonly elapsed: number;
  readonly windowMs: number;
  readonly requests: number;
}): number {
  const { current, previous, elapsed, windowMs, requests } = state;
  const room = requests - 1;
  if (current <= room) return windowMs * (1 - (room - current) / previous) - elapsed;
  return windowMs - elapsed + windowMs * (1 - room / current);
}
