import type { Problem, Reply } from '../dialect.ts';
import { problemStatus } from './wire/problem.ts';
import type { ProblemCode } from './wire/problem.ts';

export interface ProblemExtras {
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly available?: number;
  readonly required?: number;
  readonly retryAfter?: number;
}

/** A refusal as RFC 9457 writes it. */
export function problem(code: ProblemCode, detail: string, extras: ProblemExtras = {}): Reply {
  const status = problemStatus[code];
  const title = code.replaceAll('-', ' ');
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(extras.retryAfter !== undefined && { 'retry-after': String(extras.retryAfter) }),
    },
    body: { type: `/docs/toile#${code}`, title, status, code, detail, ...extras },
  };
}

export const notFound = (what: string): Reply =>
  problem('not-found', `There is no ${what} with this id in this account.`);

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

export function renderProblem(refusal: Problem): Reply {
  switch (refusal.kind) {
    case 'unknown-path':
      return problem(
        'not-found',
        `There is nothing at ${refusal.method} ${refusal.path}; see /docs/toile.`,
      );
    case 'wrong-method':
      return problem(
        'method-not-allowed',
        `${refusal.method} is not possible here; use ${refusal.allowed.join(' or ')}.`,
      );
    case 'key-missing':
      return problem(
        'unauthorized',
        'Send your API key in the header "Authorization: Bearer YOUR_API_KEY".',
      );
    case 'key-refused':
      return problem('unauthorized', 'This key or token does not exist, has ended or was revoked.');
    case 'scope-missing':
      return problem('forbidden', `This key was not made for "${refusal.scope}"; use another one.`);
    case 'key-in-browser':
      return problem(
        'key-in-browser',
        'An account key must not be used in a browser, where everybody can read it. Let your server make a token (POST /toile/v1/tokens) and use that.',
      );
    case 'too-many-wrong-keys':
      return problem('rate-limited', 'Too many requests with wrong keys came from this address.', {
        retryAfter: seconds(refusal.retryAfterMs),
      });
    case 'too-many-requests':
      return problem(
        'rate-limited',
        `At most ${refusal.limit.requests} such requests in ${refusal.limit.seconds} s are allowed.`,
        { retryAfter: seconds(refusal.retryAfterMs) },
      );
    case 'too-busy':
      return problem('too-busy', 'The server is receiving too much at once; try again shortly.', {
        retryAfter: seconds(refusal.retryAfterMs),
      });
    case 'body-too-large':
      return problem('body-too-large', refusal.message);
    case 'bad-body':
      return problem('invalid-body', refusal.message);
    case 'internal':
      return problem(
        'internal-error',
        'The server failed over this request. It can be sent again, best with its Idempotency-Key.',
      );
  }
}
