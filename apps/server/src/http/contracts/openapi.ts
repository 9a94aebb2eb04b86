import { z } from 'zod';
import type { AnswerContract, DialectContract, EndpointContract } from '../../dialects/contract.ts';
import type { Dialect, Endpoint } from '../../dialects/dialect.ts';

/** As much of an OpenAPI 3.1 document as is written here and read by the page and by tests. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly securitySchemes: object;
    readonly schemas: Readonly<Record<string, object>>;
  };
  /** The codes of refusals, with their status. */
  readonly 'x-problem-codes': Readonly<Record<string, number>>;
  /** The body of every refusal. */
  readonly 'x-problem': { readonly schema: object; readonly example?: unknown };
  /** The header that carries the key, as it is sent. */
  readonly 'x-key-header': string;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string | undefined;
  readonly schema: object;
}

export interface Response {
  readonly description: string;
  readonly content?: Content;
}

export type Content = Readonly<
  Record<string, { readonly schema: object; readonly example?: unknown }>
>;

type Described = Endpoint & { readonly contract: EndpointContract };

/**
 * The document of a dialect, generated from the schemas that it validates with; null for a dialect that describes nothing.
 *
 * @param publicUrl where clients reach this server
 */
export function openApiOf(dialect: Dialect, publicUrl: string): OpenApiDocument | null {
  const { contract } = dialect;
  if (contract === undefined) return null;
  const schemas: Record<string, object> = {};
  const described = dialect.endpoints.filter(
    (endpoint): endpoint is Described => endpoint.contract !== undefined,
  );
  const paths: Record<string, Record<string, Operation>> = {};
  for (const endpoint of described) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint, contract, schemas);
  }
  return {
    openapi: '3.1.0',
    info: { title: contract.title, version: '1', description: contract.description },
    servers: [{ url: publicUrl }],
    security: [{ key: [] }],
    paths,
    components: { securitySchemes: { key: keyScheme(contract) }, schemas },
    'x-problem-codes': contract.problem.codes ?? {},
    'x-problem': {
      schema: jsonSchemaOf(contract.problem.schema, 'output', schemas),
      ...(contract.problem.example !== undefined && { example: contract.problem.example }),
    },
    'x-key-header': keyHeader(contract),
  };
}

const keyScheme = ({ key }: DialectContract): object =>
  key.kind === 'bearer'
    ? { type: 'http', scheme: 'bearer' }
    : { type: 'apiKey', in: 'header', name: key.name };

const keyHeader = ({ key }: DialectContract): string =>
  key.kind === 'bearer' ? 'Authorization: Bearer YOUR_API_KEY' : `${key.name}: YOUR_API_KEY`;

function operationOf(
  endpoint: Described,
  dialect: DialectContract,
  schemas: Record<string, object>,
): Operation {
  const { contract, name } = endpoint;
  const { summary, description, request } = contract;
  return {
    operationId: name,
    summary,
    ...(description !== undefined && { description }),
    parameters: parametersOf(endpoint, schemas),
    ...(request !== undefined && {
      requestBody: { required: true, content: requestContent(contract, request, schemas) },
    }),
    responses: {
      ...answersOf(contract, schemas),
      ...refusalsOf(contract, dialect, schemas),
    },
  };
}

function parametersOf(
  { path, contract: { query = {}, headers = {} } }: Described,
  schemas: Record<string, object>,
): Parameter[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']): Parameter => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const named = (place: 'query' | 'header', table: Readonly<Record<string, z.ZodType>>) =>
    Object.entries(table).map(([name, schema]): Parameter => ({
      name,
      in: place,
      required: !schema.isOptional(),
      description: schema.meta()?.description,
      schema: jsonSchemaOf(schema, 'input', schemas),
    }));
  return [...inPath, ...named('query', query), ...named('header', headers)];
}

function requestContent(
  contract: EndpointContract,
  request: z.ZodType,
  schemas: Record<string, object>,
): Content {
  const others = (contract.requestMediaTypes ?? []).map((type) => [
    type,
    { schema: { type: 'string', format: 'binary' } },
  ]);
  return {
    'application/json': {
      schema: jsonSchemaOf(request, 'input', schemas),
      ...(contract.example !== undefined && { example: contract.example }),
    },
    ...Object.fromEntries(others),
  };
}

const answersOf = (
  { answers }: EndpointContract,
  schemas: Record<string, object>,
): Record<string, Response> =>
  Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      answer === null ? { description: 'No body.' } : responseOf(answer, schemas),
    ]),
  );

function refusalsOf(
  { refusals }: EndpointContract,
  { problem }: DialectContract,
  schemas: Record<string, object>,
): Record<string, Response> {
  const response = responseOf({ description: 'Refused.', ...problem }, schemas);
  return {
    ...Object.fromEntries(refusals.map((status) => [String(status), response])),
    default: response,
  };
}

const responseOf = (
  { description, schema, mediaType = 'application/json' }: AnswerContract,
  schemas: Record<string, object>,
): Response => ({
  description,
  content: { [mediaType]: { schema: jsonSchemaOf(schema, 'output', schemas) } },
});

/** Named schemas go to the components of the document, and everything refers to them there. */
function jsonSchemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  schemas: Record<string, object>,
): object {
  const {
    $schema: _,
    $defs = {},
    ...json
  } = moved(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  for (const [name, definition] of Object.entries($defs)) {
    if (typeof definition === 'object') schemas[name] = definition;
  }
  return json;
}

const moved = <Json extends object>(json: Json): Json => {
  const text = JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/');
  // The same shape as before: only the text of references was changed.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(text) as Json;
};
