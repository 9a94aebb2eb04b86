import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync } from 'fastify';
import sharp from '@toile/memory/sharp';

/**
 * The rendered drawings are kept in the repository: drawing them takes seconds of the first minute and a hundred
 * megabytes, decoding them neither. `node apps/server/src/samples/render.ts` renders them anew from `drawings/`.
 */
export const pictureFile = (name: string): URL =>
  new URL(`./pictures/${name}.webp`, import.meta.url);

const names = ['person.png', 'tee.png'] as const;

/** The pictures that the project draws itself, to try things out with. */
export interface Samples {
  readonly names: readonly string[];
  /** PNG bytes; null for a name that is none of `names`. */
  read(name: string): Promise<Uint8Array | null>;
}

/** Each picture is decoded when it is first asked for and then kept. */
export function createSamples(): Samples {
  const decoded = new Map<string, Promise<Uint8Array>>();
  return {
    names,
    async read(name) {
      const known = names.find((candidate) => candidate === name);
      if (known === undefined) return null;
      const kept = decoded.get(known) ?? decode(known.replace('.png', ''));
      decoded.set(known, kept);
      return await kept;
    },
  };
}

const decode = async (name: string): Promise<Uint8Array> =>
  await sharp(await readFile(pictureFile(name)))
    .png()
    .toBuffer();

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
