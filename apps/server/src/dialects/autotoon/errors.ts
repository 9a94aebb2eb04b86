import type { Failure, FailureCode } from '../../failures/failure.ts';
import type { Problem, Reply } from '../dialect.ts';

/** Auto Toon's codes; those behind `INTERNAL_ERROR` are ours, for cases that its pages do not name. */
export const statusOf = {
  BAD_REQUEST: 400,
  SAFETY_BLOCK: 400,
  UNAUTHORIZED: 401,
  INSUFFICIENT_CREDITS: 402,
  RATE_LIMITED: 429,
  INTERNAL_ERROR: 500,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  IDEMPOTENCY_KEY_REUSED: 409,
} as const;
type Code = keyof typeof statusOf;

export function apiError(
  code: Code,
  error: string,
  extras: Readonly<Record<string, unknown>> = {},
): Reply {
  return { status: statusOf[code], body: { error, code, ...extras } };
}

const inSeconds = (milliseconds: number) => ({ retryAfter: Math.ceil(milliseconds / 1000) });

export function renderProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'unknown-path':
      return apiError('NOT_FOUND', `There is nothing at ${problem.method} ${problem.path}.`);
    case 'wrong-method':
      return apiError(
        'METHOD_NOT_ALLOWED',
        `${problem.method} is not possible here; use ${problem.allowed.join(' or ')}.`,
      );
    case 'key-missing':
      return apiError('UNAUTHORIZED', 'Missing API key; send it in the header x-api-key.');
    case 'key-refused':
      return apiError('UNAUTHORIZED', 'Invalid API key.');
    case 'key-in-browser':
      return apiError('FORBIDDEN', 'An API key must not be used in a browser.');
    case 'scope-missing':
      return apiError(
        'FORBIDDEN',
        `This API key was not made for "${problem.scope}"; use another one.`,
      );
    case 'too-many-wrong-keys':
      return apiError(
        'RATE_LIMITED',
        'Too many requests with wrong API keys came from this address.',
        inSeconds(problem.retryAfterMs),
      );
    case 'too-many-requests':
      return apiError('RATE_LIMITED', 'Rate limit exceeded', inSeconds(problem.retryAfterMs));
    case 'too-busy':
      return apiError(
        'RATE_LIMITED',
        'Too many large requests are being received; send this one again soon.',
        inSeconds(problem.retryAfterMs),
      );
    case 'body-too-large':
      return apiError('PAYLOAD_TOO_LARGE', problem.message);
    case 'bad-body':
      return apiError('BAD_REQUEST', problem.message);
    case 'internal':
      return apiError('INTERNAL_ERROR', 'An unexpected error occurred on the server.');
  }
}

/**
 * Who is to blame when a job fails: the request or its pictures, what they show, or the server. A new failure code does not compile
 * until it has a row.
 */
const codeOf = {
  'input-unreachable': 'BAD_REQUEST',
  'input-unreadable': 'BAD_REQUEST',
  'pose-not-found': 'BAD_REQUEST',
  'garment-not-found': 'BAD_REQUEST',
  'content-blocked': 'SAFETY_BLOCK',
  'moderation-unavailable': 'INTERNAL_ERROR',
  unsupported: 'BAD_REQUEST',
  impossible: 'BAD_REQUEST',
  'engine-failed': 'INTERNAL_ERROR',
  'engine-timeout': 'INTERNAL_ERROR',
  'deadline-passed': 'INTERNAL_ERROR',
} as const satisfies Record<FailureCode, Code>;

/** @param message of the failure, in the names of the caller's own fields */
export function failureReply(failure: Failure, message: string, jobId: string): Reply {
  const code = codeOf[failure.code];
  return apiError(code, message, code === 'INTERNAL_ERROR' ? { jobId } : {});
}
