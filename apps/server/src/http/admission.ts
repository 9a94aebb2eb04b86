import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type {
  Dialect,
  Endpoint,
  Principal,
  Problem,
  RateLimit,
  RateState,
} from '../dialects/dialect.ts';
import { clientOf } from './client-address.ts';
import type { RateLimiter } from './rate-limit.ts';

/** The part of accounts that the door needs. */
export interface Authenticator {
  /** Null for a key that does not exist, was revoked, or is no key at all. */
  authenticate(secret: string): Promise<Principal | null>;
}

export type Admission = (
  | { readonly ok: true; readonly principal: Principal }
  | { readonly ok: false; readonly problem: Problem }
) & {
  /** Null where the request was not counted: without a good key, or without a limit. */
  readonly rate: RateState | null;
};

export interface AdmissionRequest {
  readonly secret: string | null;
  /** Of the socket; a proxy's word for it is not taken. */
  readonly address: string;
  readonly dialect: Dialect;
  readonly endpoint: Endpoint;
  /** Whether a page in a browser asks, of an origin that is let in. */
  readonly fromBrowser: boolean;
}

/** A limit of the operator's in place of a dialect's own, by `dialect.bucket`. */
export type RateOverrides = ReadonlyMap<string, RateLimit | null>;

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
  readonly wrongKeys: RateLimit | null;
  readonly rates: RateOverrides;
}): (request: AdmissionRequest) => Promise<Admission> {
  const { accounts, limiter, wrongKeys, rates } = dependencies;
  const recentlyGood = new LRUCache<string, true>(goodKeyMemory);

  const authenticate = async (secret: string, address: string): Promise<Admission> => {
    const client = `wrong-key ${clientOf(address)}`;
    const digest = hash('sha256', secret, 'hex');
    const delay = wrongKeys === null ? 0 : limiter.wait(client, wrongKeys);
    if (delay > 0 && !recentlyGood.has(digest)) {
      return refuse({ kind: 'too-many-wrong-keys', retryAfterMs: delay });
    }
    const principal = secret.length > longestSecret ? null : await accounts.authenticate(secret);
    if (principal === null) {
      recentlyGood.delete(digest);
      if (wrongKeys !== null) limiter.take(client, wrongKeys);
      return refuse({ kind: 'key-refused' });
    }
    recentlyGood.set(digest, true);
    return { ok: true, principal, rate: null };
  };

  return async ({ secret, address, dialect, endpoint, fromBrowser }) => {
    if (secret === null) return refuse({ kind: 'key-missing' });
    const admission = await authenticate(secret, address);
    if (!admission.ok) return admission;
    const { keyId, scopes, token = false } = admission.principal;
    if (token && dialect.takesTokens !== true) return refuse({ kind: 'key-refused' });
    if (fromBrowser && !token) return refuse({ kind: 'key-in-browser' });
    if (!scopes.includes(endpoint.scope) && !scopes.includes('*')) {
      return refuse({ kind: 'scope-missing', scope: endpoint.scope });
    }
    const bucket = `${dialect.name}.${endpoint.bucket ?? endpoint.name}`;
    const override = rates.get(bucket);
    const limit = override === undefined ? endpoint.limit : override;
    if (limit === null) return admission;
    const who = `${keyId} ${bucket}`;
    const delay = limiter.take(who, limit);
    const rate = { name: bucket, limit, ...limiter.left(who, limit) };
    return delay === 0
      ? { ...admission, rate }
      : { ...refuse({ kind: 'too-many-requests', limit, retryAfterMs: delay }), rate };
  };
}

const refuse = (problem: Problem): Admission => ({ ok: false, problem, rate: null });
