import type { FastifyPluginAsync } from 'fastify';
import type { Dialect } from '../../dialects/dialect.ts';
import { openApiOf } from './openapi.ts';
import type { OpenApiDocument } from './openapi.ts';
import { pageOf } from './page.ts';

export interface ContractRoutesOptions {
  readonly dialects: readonly Dialect[];
  readonly publicUrl: string;
}

const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cache-control': 'public, max-age=300',
};

/** `/docs/NAME` for people and `/docs/NAME/openapi.json` for programs; open to the world, as they say nothing of anybody. */
export const contractRoutes: FastifyPluginAsync<ContractRoutesOptions> = async (
  server,
  { dialects, publicUrl },
) => {
  const documents = new Map<string, OpenApiDocument>();
  for (const dialect of dialects) {
    const document = openApiOf(dialect, publicUrl);
    if (document !== null) documents.set(dialect.name, document);
  }
  for (const [name, document] of documents) {
    const others = [...documents.keys()].filter((other) => other !== name);
    const page = pageOf(name, document, others);
    const json = JSON.stringify(document);
    server.get(`/docs/${name}`, async (_, reply) =>
      reply.headers(pageHeaders).type('text/html; charset=utf-8').send(page),
    );
    server.get(`/docs/${name}/openapi.json`, async (_, reply) =>
      reply
        .headers({ 'cache-control': 'public, max-age=300' })
        .type('application/json; charset=utf-8')
        .send(json),
    );
  }
};
