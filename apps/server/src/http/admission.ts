import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Dialect, Endpoint, Principal, Problem, RateLimit } from '../dialects/dialect.ts';
import { clientOf } from './client-address.ts';
import type { RateLimiter } from './rate-limit.ts';

/** The part of accounts that the door needs. */
export interface Authenticator {
  /** Null for a key that does not exist, was revoked, or is no key at all. */
  authenticate(secret: string): Promise<Principal | null>;
}

export type Admission =
  | { readonly ok: true; readonly principal: Principal }
  | { readonly ok: false; readonly problem: Problem };

export interface AdmissionRequest {
  readonly secret: string | null;
  /** Of the socket; a proxy's word for it is not taken. */
  readonly address: string;
  readonly dialect: Dialect;
  readonly endpoint: Endpoint;
}

/** Longer than any key that this server makes; what is longer is not even looked up. */
const longestSecret = 256;
const goodKeyMemory = { max: 10_000, ttl: 10 * 60 * 1000 };

/**
 * Decides whether a request may go on, before a byte of its body is read.
 * An address that has sent too many wrong keys is refused without a look into the database; keys that were good
 * a short while ago are excepted, so that one broken client does not shut out its neighbours behind the same address.
 */
export function createAdmission(dependencies: {
  readonly accounts: Authenticator;
  readonly limiter: RateLimiter;
  readonly wrongKeys: RateLimit;
}): (request: AdmissionRequest) => Promise<Admission> {
  const { accounts, limiter, wrongKeys } = dependencies;
  const recentlyGood = new LRUCache<string, true>(goodKeyMemory);

  const authenticate = async (secret: string, address: string): Promise<Admission> => {
    const client = `wrong-key ${clientOf(address)}`;
    const digest = hash('sha256', secret, 'hex');
    const delay = limiter.wait(client, wrongKeys);
    if (delay > 0 && !recentlyGood.has(digest)) {
      return refuse({ kind: 'too-many-wrong-keys', retryAfterMs: delay });
    }
    const principal = secret.length > longestSecret ? null : await accounts.authenticate(secret);
    if (principal === null) {
      recentlyGood.delete(digest);
      limiter.take(client, wrongKeys);
      return refuse({ kind: 'key-refused' });
    }
    recentlyGood.set(digest, true);
    return { ok: true, principal };
  };

  return async ({ secret, address, dialect, endpoint }) => {
    if (secret === null) return refuse({ kind: 'key-missing' });
    const admission = await authenticate(secret, address);
    if (!admission.ok) return admission;
    const { keyId, scopes } = admission.principal;
    if (!scopes.includes(endpoint.scope) && !scopes.includes('*')) {
      return refuse({ kind: 'scope-missing', scope: endpoint.scope });
    }
    if (endpoint.limit === null) return admission;
    const delay = limiter.take(`${keyId} ${dialect.name} ${endpoint.name}`, endpoint.limit);
    return delay === 0
      ? admission
      : refuse({ kind: 'too-many-requests', limit: endpoint.limit, retryAfterMs: delay });
  };
}

const refuse = (problem: Problem): Admission => ({ ok: false, problem });
