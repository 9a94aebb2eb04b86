import { hash } from 'node:crypto';
import type { RepeatGuard } from '../../jobs/port.ts';
import type { DialectRequest } from '../dialect.ts';
import { accept, refuse } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';

/** How long after a run its repetition by the SDK (a retry after a time-out) is recognised. */
const retryWindowSeconds = 10 * 60;
const idempotencyWindowSeconds = 24 * 60 * 60;

/**
 * How a repeated `POST /v1/run` is recognised: by its `Idempotency-Key`, or, since the official SDKs send none,
 * by key, address and body when `X-Stainless-Retry-Count` says that it is a retry.
 */
export function repeatGuardOf(request: DialectRequest, bodyHash: string): Parsed<RepeatGuard> {
  const contentHash = digest(['content', request.path, request.query.toString(), bodyHash]);
  const key = request.headers['idempotency-key'];
  if (key === undefined) {
    const retries = Number(request.headers['x-stainless-retry-count'] ?? 0);
    return accept({
      fingerprint: contentHash,
      mayRepeat: retries > 0,
      windowSeconds: retryWindowSeconds,
      contentHash,
    });
  }
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    return refuse('Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.');
  }
  return accept({
    fingerprint: digest(['idempotency-key', key]),
    mayRepeat: true,
    windowSeconds: idempotencyWindowSeconds,
    contentHash,
  });
}

function digest(parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts), 'hex');
}
