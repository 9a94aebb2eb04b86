import type { Problem, Reply } from '../dialect.ts';

/** The two keys of a successful run, so that a caller who looks at `error` is told. */
export function apiError(
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers, body: { id: null, error } };
}

export function renderProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'unknown-path':
      return apiError(404, `There is nothing at ${problem.method} ${problem.path}.`);
    case 'wrong-method':
      return apiError(
        405,
        `${problem.method} is not possible here; use ${problem.allowed.join(' or ')}.`,
      );
    case 'key-missing':
      return apiError(401, 'Send your API key in the header X-API-KEY.');
    case 'key-refused':
      return apiError(401, 'The API key is not valid.');
    case 'key-in-browser':
      return apiError(403, 'An API key must not be used in a browser.');
    case 'scope-missing':
      return apiError(403, `This API key was not made for "${problem.scope}"; use another one.`);
    case 'too-many-wrong-keys':
      return apiError(429, 'Too many requests with wrong API keys came from this address.');
    case 'too-many-requests':
      return apiError(
        429,
        `At most ${problem.limit.requests} such requests in ${problem.limit.seconds} s are allowed.`,
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
