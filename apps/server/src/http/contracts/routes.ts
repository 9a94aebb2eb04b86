import type { FastifyPluginAsync } from 'fastify';
import type { Dialect } from '../../dialects/dialect.ts';
import { openApiOf } from './openapi.ts';
import type { OpenApiDocument } from './openapi.ts';
import { indexOf, pageOf } from './page.ts';

export interface ContractRoutesOptions {
  readonly dialects: readonly Dialect[];
  readonly publicUrl: string;
}

const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cache-control': 'public, max-age=300',
};

/** `/docs` and `/docs/NAME` for people and `/docs/NAME/openapi.json` for programs; open to the world, as they say nothing of anybody. */
export const contractRoutes: FastifyPluginAsync<ContractRoutesOptions> = async (
  server,
  { dialects, publicUrl },
) => {
  const described = dialects.filter(({ contract }) => contract !== undefined);
  const names = described.map(({ name }) => name);
  const documents = new Map<string, OpenApiDocument>();
  // Written when first asked for: most processes are never asked, and start sooner without.
  const documentOf = (dialect: Dialect): OpenApiDocument => {
    const document = documents.get(dialect.name) ?? openApiOf(dialect, publicUrl);
    if (document === null) throw new Error(`${dialect.name} describes nothing`);
    documents.set(dialect.name, document);
    return document;
  };
  server.get('/docs', async (_, reply) =>
    reply
      .headers(pageHeaders)
      .type('text/html; charset=utf-8')
      .send(indexOf(described.map((each) => ({ name: each.name, document: documentOf(each) })))),
  );
  for (const dialect of described) {
    const { name } = dialect;
    server.get(`/docs/${name}`, async (_, reply) =>
      reply
        .headers(pageHeaders)
        .type('text/html; charset=utf-8')
        .send(pageOf(name, documentOf(dialect), names)),
    );
    server.get(`/docs/${name}/openapi.json`, async (_, reply) =>
      reply
        .headers({ 'cache-control': 'public, max-age=300' })
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(documentOf(dialect))),
    );
  }
};
