import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import type { FastifyInstance } from 'fastify';
import type { Dialect } from '../src/dialects/dialect.ts';
import { openApiOf } from '../src/http/contracts/openapi.ts';
import type { OpenApiDocument } from '../src/http/contracts/openapi.ts';

/** What an answer said against the document of its dialect. */
export type Departure = string;

/**
 * Holds every answer of a server to the OpenAPI documents of its dialects: status, media type and body. Wrong ones are
 * collected, for the test to look at when it is done. A dialect takes part as soon as it has a contract.
 */
export function watchContracts(app: FastifyInstance, dialects: readonly Dialect[]): Departure[] {
  const departures: Departure[] = [];
  const checkers = dialects.flatMap((dialect) => {
    const document = openApiOf(dialect, 'http://toile.test');
    return document === null ? [] : [{ dialect, check: checkerOf(document) }];
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const path = request.routeOptions.url ?? '';
    const owner = checkers.find(({ dialect }) =>
      dialect.endpoints.some((endpoint) => endpoint.path === path),
    );
    if (owner === undefined || request.method === 'OPTIONS') return payload;
    const type = String(reply.getHeader('content-type') ?? '').split(';', 1)[0] ?? '';
    const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
    const fault = owner.check(path, method, reply.statusCode, type, payload);
    if (fault !== null) departures.push(`${request.method} ${path} ${reply.statusCode}: ${fault}`);
    return payload;
  });
  return departures;
}

function checkerOf(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` });
    compiled.set(pointer, known);
    return known;
  };

  return (
    route: string,
    method: string,
    status: number,
    type: string,
    payload: unknown,
  ): string | null => {
    const path = route.replaceAll(/:(\w+)/g, '{$1}');
    const operations = document.paths[path];
    if (operations === undefined) return 'the path is not described';
    // Other methods are refused in the shape that all refusals have.
    const operation = operations[method] ?? Object.values(operations)[0];
    const key = operation?.responses[String(status)] ? String(status) : 'default';
    const response = operation?.responses[key];
    if (response === undefined || (key === 'default' && status < 400)) {
      return 'the status is not described';
    }
    if (response.content === undefined) {
      return payload === undefined || payload === null || payload === ''
        ? null
        : 'a body where none is described';
    }
    if (!(type in response.content)) return `the media type ${type} is not described`;
    if (typeof payload !== 'string') return null;
    const described = operations[method] ? method : (Object.keys(operations)[0] ?? method);
    const pointer = ['paths', path, described, 'responses', key, 'content', type, 'schema']
      .map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
      .join('');
    const validate = validatorOf(pointer);
    return validate(JSON.parse(payload)) ? null : ajv.errorsText(validate.errors);
  };
}
