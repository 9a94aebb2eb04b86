import { createHmac, randomBytes } from 'node:crypto';

/** What a receiver is given once: `whsec_` and 256 random bits in base64, as Standard Webhooks writes secrets. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/**
 * The headers of Standard Webhooks (standardwebhooks.com, v1): HMAC-SHA256 over `id.timestamp.body`. The id stays the same
 * when a delivery is repeated, so that a receiver can tell; the timestamp is that of this try.
 *
 * @param now milliseconds
 */
export function signatureHeaders(
  secret: string,
  id: string,
  body: string,
  now = Date.now(),
): Record<string, string> {
  const timestamp = Math.floor(now / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
