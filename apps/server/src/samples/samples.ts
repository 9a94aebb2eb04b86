import type { FastifyPluginAsync } from 'fastify';
import sharp from 'sharp';
import { personSvg } from './person.ts';
import { teeSvg } from './tee.ts';

const drawings = new Map([
  ['person.png', personSvg],
  ['tee.png', teeSvg],
]);

/** The pictures that the project draws itself, to try things out with. */
export interface Samples {
  readonly names: readonly string[];
  /** PNG bytes; null for a name that is none of `names`. */
  read(name: string): Promise<Uint8Array | null>;
}

/** Each picture is rendered when it is first asked for (about a second, outside the main thread) and then kept. */
export function createSamples(): Samples {
  const rendered = new Map<string, Promise<Uint8Array>>();
  return {
    names: [...drawings.keys()],
    async read(name) {
      const svg = drawings.get(name);
      if (svg === undefined) return null;
      const kept = rendered.get(name) ?? sharp(Buffer.from(svg)).png().toBuffer();
      rendered.set(name, kept);
      return await kept;
    },
  };
}

interface SampleRoute {
  Params: { name: string };
}

/** Serves the samples to everybody, under `/samples/<name>`. */
export const sampleRoutes: FastifyPluginAsync<{ samples: Samples }> = async (server, options) => {
  server.get<SampleRoute>('/samples/:name', async ({ params }, reply) => {
    const bytes = await options.samples.read(params.name);
    if (bytes === null) {
      const known = options.samples.names.join(', ');
      return await reply
        .code(404)
        .type('text/plain; charset=utf-8')
        .send(`no such sample; there are: ${known}\n`);
    }
    return await reply
      .headers({
        'content-type': 'image/png',
        'cache-control': 'public, max-age=3600',
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
      })
      .send(bytes);
  });
};
