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
  const described = dialects.filter(({ contract }) => contract !== undefined);
  const names = described.map(({ name }) => name);
  for (const dialect of described) {
    const { name } = dialect;
    // Written when first asked for: most processes are never asked, and start sooner without.
    let document: OpenApiDocument | null = null;
    const written = (): OpenApiDocument => {
      document ??= openApiOf(dialect, publicUrl);
      if (document === null) throw new Error(`${name} describes nothing`);
      return document;
    };
    server.get(`/docs/${name}`, async (_, reply) =>
      reply
        .headers(pageHeaders)
        .type('text/html; charset=utf-8')
        .send(
          pageOf(
            name,
            written(),
            names.filter((other) => other !== name),
          ),
        ),
    );
    server.get(`/docs/${name}/openapi.json`, async (_, reply) =>
      reply
        .headers({ 'cache-control': 'public, max-age=300' })
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(written())),
    );
  }
};
