import type { RepeatGuard } from '../../jobs/port.ts';
import type { DialectRequest } from '../dialect.ts';
import { accept } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { contentHashOf, idempotencyGuard } from '../repeat.ts';

/** How long after a run its repetition by the SDK (a retry after a time-out) is recognised. */
const retryWindowSeconds = 10 * 60;

/**
 * How a repeated `POST /v1/run` is recognised: by its `Idempotency-Key`, or, since the official SDKs send none,
 * by key, address and body when `X-Stainless-Retry-Count` says that it is a retry.
 */
export function repeatGuardOf(request: DialectRequest): Parsed<RepeatGuard> {
  const named = idempotencyGuard(request);
  if (!named.ok) return named;
  if (named.value !== null) return accept(named.value);
  const contentHash = contentHashOf(request);
  const retries = Number(request.headers['x-stainless-retry-count'] ?? 0);
  return accept({
    fingerprint: contentHash,
    mayRepeat: retries > 0,
    windowSeconds: retryWindowSeconds,
    contentHash,
  });
}
