import type { RequestHeaders } from './dialect.ts';

/** The key in `X-API-Key`, whatever its capitals; null when there is none, or more than one. */
export function apiKeyOf(headers: RequestHeaders): string | null {
  const key = headers['x-api-key'];
  return typeof key === 'string' && key.trim() !== '' ? key.trim() : null;
}
