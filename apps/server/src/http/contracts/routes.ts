import type { FastifyPluginAsync } from 'fastify';
import type { Dialect } from '../../dialects/dialect.ts';
import { openApiOf } from './openapi.ts';
import type { OpenApiDocument } from './openapi.ts';
import { indexOf, pageOf } from './page.ts';

export interface ContractRoutesOptions {
  readonly dialects: readonly Dialect[];
  readonly publicUrl: string;
}

const kept = { 'cache-control': 'public, max-age=300' };
const pageHeaders = {
  ...kept,
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

/** `/docs` and `/docs/NAME` for people and `/docs/NAME/openapi.json` for programs; open to the world, as they say nothing of anybody. */
export const contractRoutes: FastifyPluginAsync<ContractRoutesOptions> = async (
  server,
  { dialects, publicUrl },
) => {
  const described = dialects.filter(({ contract }) => contract !== undefined);
  const names = described.map(({ name }) => name);
  const documents = described.map((dialect) => ({
    name: dialect.name,
    document: once((): OpenApiDocument => {
      const document = openApiOf(dialect, publicUrl);
      if (document === null) throw new Error(`${dialect.name} describes nothing`);
      return document;
    }),
  }));
  const serve = (path: string, type: string, headers: Record<string, string>, text: () => string) =>
    server.get(path, async (_, reply) => reply.headers(headers).type(type).send(text()));

  const index = once(() =>
    indexOf(documents.map(({ name, document }) => ({ name, document: document() }))),
  );
  serve('/docs', 'text/html; charset=utf-8', pageHeaders, index);
  for (const { name, document } of documents) {
    const page = once(() => pageOf(name, document(), names));
    const json = once(() => JSON.stringify(document()));
    serve(`/docs/${name}`, 'text/html; charset=utf-8', pageHeaders, page);
    serve(`/docs/${name}/openapi.json`, 'application/json; charset=utf-8', kept, json);
  }
};

/** Written when first asked for: most processes are never asked, and start sooner without. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
