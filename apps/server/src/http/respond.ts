import type { FastifyReply } from 'fastify';
import type { Dialect, Problem, Reply } from '../dialects/dialect.ts';
import { toJson } from './json-reply.ts';

/** Sends what a dialect rendered. */
export function respond(reply: FastifyReply, answer: Reply): FastifyReply {
  void reply.code(answer.status).headers(answer.headers ?? {});
  if (answer.body === undefined) return reply.send();
  return reply
    .type(answer.headers?.['content-type'] ?? 'application/json; charset=utf-8')
    .send(toJson(answer.body));
}

/** Sends a problem in the dialect's shape, with the headers that all dialects share. */
export function refuse(
  reply: FastifyReply,
  dialect: Dialect | null,
  problem: Problem,
): FastifyReply {
  if ('retryAfterMs' in problem) void reply.headers(retryAfter(problem.retryAfterMs));
  if (problem.kind === 'wrong-method') void reply.header('allow', problem.allowed.join(', '));
  if (problem.kind === 'key-missing' || problem.kind === 'key-refused') {
    void reply.header('www-authenticate', 'Bearer');
  }
  return respond(reply, dialect === null ? plainProblem(problem) : dialect.renderProblem(problem));
}

/** Both spellings: whole seconds for everyone, milliseconds for clients that know them. */
export function retryAfter(milliseconds: number): Record<string, string> {
  return {
    'retry-after': String(Math.ceil(milliseconds / 1000)),
    'retry-after-ms': String(Math.ceil(milliseconds)),
  };
}

/** For paths that belong to no dialect. */
function plainProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'unknown-path':
      return plain(404, 'NotFound', `There is nothing at ${problem.method} ${problem.path}.`);
    case 'wrong-method':
      return plain(405, 'MethodNotAllowed', `Use ${problem.allowed.join(' or ')} here.`);
    case 'internal':
      return plain(500, 'InternalServerError', 'The server failed; the request can be repeated.');
    case 'body-too-large':
      return plain(413, 'PayloadTooLarge', problem.message);
    case 'bad-body':
      return plain(400, 'BadRequest', problem.message);
    case 'key-missing':
    case 'key-refused':
      return plain(401, 'Unauthorized', 'A valid API key is needed.');
    case 'key-in-browser':
      return plain(403, 'Forbidden', 'An API key must not be used in a browser; use a token.');
    case 'scope-missing':
      return plain(403, 'Forbidden', `The API key was not made for "${problem.scope}".`);
    case 'too-many-wrong-keys':
    case 'too-many-requests':
    case 'too-busy':
      return plain(429, 'TooManyRequests', 'Too many requests; wait as long as retry-after says.');
  }
}

function plain(status: number, error: string, message: string): Reply {
  return { status, body: { error, message } };
}
