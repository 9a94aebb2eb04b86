import type { FailureCode } from '../../failures/failure.ts';
import type { Problem, Reply } from '../dialect.ts';

/** A sentence and nothing else. */
export function apiError(
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers, body: { error } };
}

export function renderProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'unknown-path':
    // A path is known by its method: the contract has no other word for this.
    // oxlint-disable-next-line no-fallthrough
    case 'wrong-method':
      return apiError(404, 'Not found');
    case 'key-missing':
      return apiError(401, 'API key is required; send it in the header X-API-Key.');
    case 'key-refused':
      return apiError(403, 'Invalid API key');
    case 'key-in-browser':
      return apiError(403, 'An API key must not be used in a browser.');
    case 'scope-missing':
      return apiError(403, `This API key was not made for "${problem.scope}"; use another one.`);
    case 'too-many-wrong-keys':
      return apiError(429, 'Too many requests with wrong API keys came from this address.');
    case 'too-many-requests':
      return apiError(
        429,
        `Rate limit exceeded. You can make ${problem.limit.requests} requests in ${problem.limit.seconds} seconds.`,
      );
    case 'too-busy':
      return apiError(429, 'Too many large requests are being received; send this one again soon.');
    case 'body-too-large':
      return apiError(413, problem.message);
    case 'bad-body':
      return apiError(400, problem.message);
    case 'internal':
      return apiError(500, 'The server failed; the request can be sent again.');
  }
}

/** Whether the request or its pictures are at fault (400), or the server is (500). A new failure code does not compile until it has a row. */
export const failureStatus = {
  'input-unreachable': 400,
  'input-unreadable': 400,
  'pose-not-found': 400,
  'garment-not-found': 400,
  'content-blocked': 400,
  'moderation-unavailable': 500,
  unsupported: 400,
  impossible: 400,
  'engine-failed': 500,
  'engine-timeout': 500,
  'deadline-passed': 500,
} as const satisfies Record<FailureCode, number>;
