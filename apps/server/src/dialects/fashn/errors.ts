import type { FailureCode } from '../../failures/failure.ts';
import type { Problem, Reply } from '../dialect.ts';

/** The names of FASHN's errors before a prediction exists; the last three are ours, for cases it does not document. */
export const statusOf = {
  BadRequest: 400,
  UnauthorizedAccess: 401,
  NotFound: 404,
  RateLimitExceeded: 429,
  ConcurrencyLimitExceeded: 429,
  OutOfCredits: 429,
  InternalServerError: 500,
  PermissionDenied: 403,
  MethodNotAllowed: 405,
  PayloadTooLarge: 413,
  IdempotencyKeyReused: 422,
} as const;

export function apiError(
  error: keyof typeof statusOf,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status: statusOf[error], headers, body: { error, message } };
}

export function renderProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'unknown-path':
      return apiError(
        'NotFound',
        `There is nothing at ${problem.method} ${problem.path}; this API has POST /v1/run, GET /v1/status/{id} and GET /v1/credits.`,
      );
    case 'wrong-method':
      return apiError(
        'MethodNotAllowed',
        `${problem.method} is not possible here; use ${problem.allowed.join(' or ')}.`,
      );
    case 'key-missing':
      return apiError(
        'UnauthorizedAccess',
        'Unauthorized: send your API key in the header "Authorization: Bearer YOUR_API_KEY".',
      );
    case 'key-refused':
      return apiError('UnauthorizedAccess', 'Unauthorized: Invalid token');
    case 'scope-missing':
      return apiError(
        'PermissionDenied',
        `This API key was not made for "${problem.scope}"; use another one.`,
      );
    case 'key-in-browser':
      return apiError(
        'PermissionDenied',
        'An API key must not be used in a browser; send a short-lived token made by your server.',
      );
    case 'too-many-wrong-keys':
      return apiError(
        'RateLimitExceeded',
        'Too many requests with wrong API keys came from this address.',
      );
    case 'too-many-requests':
      return apiError(
        'RateLimitExceeded',
        `At most ${problem.limit.requests} such requests in ${problem.limit.seconds} s are allowed.`,
      );
    case 'too-busy':
      return apiError(
        'RateLimitExceeded',
        'Too many large requests are being received at once; send this one again shortly.',
      );
    case 'body-too-large':
      return apiError('PayloadTooLarge', problem.message);
    case 'bad-body':
      return apiError('BadRequest', problem.message);
    case 'internal':
      return apiError('InternalServerError', internalMessage);
  }
}

const internalMessage = 'Internal server error. If the problem persists, please contact support.';

/** The names that a failed prediction carries. A new failure code does not compile until it has a row. */
export const runtimeErrorName = {
  'input-unreachable': 'ImageLoadError',
  'input-unreadable': 'ImageLoadError',
  'pose-not-found': 'PoseError',
  'garment-not-found': 'ImageLoadError',
  'content-blocked': 'ContentModerationError',
  'moderation-unavailable': 'ThirdPartyError',
  unsupported: 'InputValidationError',
  impossible: 'InputValidationError',
  'engine-failed': 'PipelineError',
  'engine-timeout': 'PipelineError',
  'deadline-passed': 'PipelineError',
} as const satisfies Record<FailureCode, string>;
