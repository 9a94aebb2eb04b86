import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { giveBack } from '@toile/memory';
import type { TfModel } from '@toile/nets';
import { MobileNetV2MidModel } from 'nsfwjs/models/mobilenet_v2_mid';
import { z } from 'zod';

const texts = z.array(z.string());
const integer = z.union([z.string(), z.number()]);

/** What of the graph its translation reads. */
const modelSchema = z.object({
  modelTopology: z.object({
    node: z.array(
      z.object({
        name: z.string(),
        op: z.string(),
        input: texts.exactOptional(),
        attr: z
          .record(
            z.string(),
            z.object({
              s: z.string().exactOptional(),
              i: integer.exactOptional(),
              b: z.boolean().exactOptional(),
              type: z.string().exactOptional(),
              list: z
                .object({ s: texts.exactOptional(), i: z.array(integer).exactOptional() })
                .exactOptional(),
            }),
          )
          .exactOptional(),
      }),
    ),
  }),
  weightsManifest: z.array(
    z.object({
      paths: texts,
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.number()),
          dtype: z.string(),
          quantization: z.object({ dtype: z.string(), scale: z.number(), min: z.number() }),
        }),
      ),
    }),
  ),
});

const moduleSchema = z.object({ default: modelSchema });

export interface ModelFiles {
  readonly description: TfModel;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** The classifier's graph and weights, which its package ships as modules. */
export async function readModel(): Promise<ModelFiles> {
  const { default: description } = moduleSchema.parse(await MobileNetV2MidModel.modelJson());
  const paths = description.weightsManifest.flatMap((group) => group.paths);
  const parts = await Promise.all(paths.map(readWeights));
  const weights = Buffer.concat(parts);
  giveBack(...parts);
  return { description, weights };
}

/**
 * The bytes of a weight file, cut from the text of its module. Imported, each of its three megabytes of base64 would live as
 * long as the thread, as source and as a string.
 */
async function readWeights(name: string): Promise<Buffer> {
  const module = await readFile(path.join(modelFolder(), `${name}.min.js`));
  const start = module.indexOf(BEFORE) + BEFORE.length;
  const end = module.indexOf('"', start);
  if (start < BEFORE.length || end < 0) throw new Error(`no weights were found in ${name}`);
  const weights = Buffer.alloc(Math.ceil(((end - start) * 3) / 4));
  let length = 0;
  for (let at = start; at < end; at += PIECE) {
    length += weights.write(
      module.toString('latin1', at, Math.min(end, at + PIECE)),
      length,
      'base64',
    );
  }
  giveBack(module);
  return weights.subarray(0, length);
}

/** What stands before the text in a module. */
const BEFORE = '.exports="';

/** Characters that are decoded at a time, fours of them: a string of all would stay until the thread, which makes hardly any garbage, collected some. */
const PIECE = 2 ** 16;

/** Where the package has the modules, which it does not export by name. */
function modelFolder(): string {
  const entry = createRequire(import.meta.url).resolve('nsfwjs/models/mobilenet_v2_mid');
  return path.join(path.dirname(entry), '../../models/mobilenet_v2_mid');
}
