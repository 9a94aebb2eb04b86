import type { Job } from './answers.ts';
import { ToileError } from './errors.ts';

/** Older deliveries are refused, so that a recorded one can not be played back. */
const toleranceSeconds = 300;

/**
 * Checks a delivery to a webhook endpoint (Standard Webhooks, v1) and gives the job that it tells of. Throws a `ToileError` for
 * one that is not signed with `secret`, or too old.
 *
 * @param body the text exactly as it came
 */
export async function verifyWebhook(
  secret: string,
  headers: Headers | Readonly<Record<string, string | undefined>>,
  body: string,
  now = Date.now(),
): Promise<Job> {
  const header = (name: string): string =>
    (headers instanceof Headers ? headers.get(name) : headers[name]) ?? '';
  const id = header('webhook-id');
  const timestamp = header('webhook-timestamp');
  if (Math.abs(now / 1000 - Number(timestamp)) > toleranceSeconds) {
    throw new ToileError('The delivery is too old, or has no timestamp.');
  }
  const key = await crypto.subtle.importKey(
    'raw',
    bytesOf(secret.replace(/^whsec_/, '')),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const signature of header('webhook-signature').split(' ')) {
    const [version, value = ''] = signature.split(',');
    if (version !== 'v1' || !/^[A-Za-z0-9+/]+=*$/.test(value)) continue;
    if (await crypto.subtle.verify('HMAC', key, bytesOf(value), signed)) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- signed by the server itself
      return JSON.parse(body) as Job;
    }
  }
  throw new ToileError('The delivery is not signed with this secret.');
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
