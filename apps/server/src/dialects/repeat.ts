import { hash } from 'node:crypto';
import type { RepeatGuard } from '../jobs/port.ts';
import type { DialectRequest } from './dialect.ts';
import { accept, refuse } from './parsed.ts';
import type { Parsed } from './parsed.ts';

const idempotencyWindowSeconds = 24 * 60 * 60;

/** A hash of address and body: what two equal requests have in common. */
export function contentHashOf(request: DialectRequest): string {
  return digest(['content', request.path, request.query.toString(), request.body?.sha256 ?? '']);
}

/** The guard of a request with an `Idempotency-Key`, which holds for a day; null for one without. */
export function idempotencyGuard(request: DialectRequest): Parsed<RepeatGuard | null> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return accept(null);
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    return refuse('Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.');
  }
  return accept({
    fingerprint: digest(['idempotency-key', key]),
    mayRepeat: true,
    windowSeconds: idempotencyWindowSeconds,
    contentHash: contentHashOf(request),
  });
}

function digest(parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts), 'hex');
}
