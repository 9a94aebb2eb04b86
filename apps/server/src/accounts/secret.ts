import { hash, randomBytes } from 'node:crypto';

/** A new API key (`fa`) or token (`ft`): a part that may be shown again, and 256 random bits that are shown once. */
export function newSecret(kind: 'fa' | 'ft'): { secret: string; prefix: string } {
  const prefix = `${kind}-${randomBytes(6).toString('hex')}`;
  return { secret: `${prefix}-${randomBytes(32).toString('hex')}`, prefix };
}

/** What is stored of a key, and what it is looked up by. */
export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');
