import { hash } from 'node:crypto';
import type { Replies, RepeatGuard } from '../../jobs/port.ts';
import type { DialectRequest, Reply } from '../dialect.ts';
import { contentHashOf, idempotencyGuard } from '../repeat.ts';
import { problem } from './problems.ts';
import { refused } from './read-json.ts';
import type { Read } from './read-json.ts';

/** Twice this and the first one has ended or died. */
const retrySeconds = 2;
const windowSeconds = 24 * 3600;

export const replayed = { 'idempotent-replayed': 'true' };

export const keyReused = (): Reply =>
  problem(
    'idempotency-conflict',
    'This Idempotency-Key was used before with another request; send a new one.',
  );

/** The guard of a submission: by the `Idempotency-Key`, or one of its own that nothing repeats. */
export function submissionGuard(request: DialectRequest): Read<RepeatGuard> {
  const guard = idempotencyGuard(request);
  if (!guard.ok) return refused(problem('invalid-request', guard.failure));
  const contentHash = contentHashOf(request);
  return {
    ok: true,
    value: guard.value ?? {
      fingerprint: `once ${contentHash}`,
      mayRepeat: false,
      windowSeconds: 600,
      contentHash,
    },
  };
}

/** Does what a POST other than a submission asks for, once for each `Idempotency-Key`. */
export function createOnce(
  replies: Replies,
): (request: DialectRequest, work: () => Promise<Reply>) => Promise<Reply> {
  return async (request, work) => {
    const guard = idempotencyGuard(request);
    if (!guard.ok) return problem('invalid-request', guard.failure);
    if (guard.value === null) return work();
    const { fingerprint, contentHash } = guard.value;
    const bytes = request.bytes === null ? '' : hash('sha256', request.bytes, 'hex');
    const outcome = await replies.once(
      {
        keyId: request.principal.keyId,
        fingerprint,
        contentHash: `${contentHash}${bytes}`,
        windowSeconds,
      },
      work,
    );
    switch (outcome.kind) {
      case 'done': {
        const { status, headers = {}, body } = outcome.reply;
        return { status, headers: outcome.repeated ? { ...headers, ...replayed } : headers, body };
      }
      case 'under-way':
        return problem(
          'request-under-way',
          'A request with this Idempotency-Key is still under way; ask again shortly.',
          { retryAfter: retrySeconds },
        );
      case 'mismatch':
        return keyReused();
    }
  };
}
