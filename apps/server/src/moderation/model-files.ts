import type { io } from '@tensorflow/tfjs-core';
import { MobileNetV2MidModel } from 'nsfwjs/models/mobilenet_v2_mid';
import { z } from 'zod';

const modelSchema = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(
    z.object({
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.number()),
          dtype: z.enum(['float32', 'int32', 'bool']),
          quantization: z.object({
            scale: z.number(),
            min: z.number(),
            dtype: z.enum(['uint16', 'uint8']),
          }),
        }),
      ),
    }),
  ),
});

const moduleOf = <Content extends z.ZodType>(content: Content) => z.object({ default: content });

/** The classifier's graph and weights, which its package ships as modules that hold base64 text. */
export async function readModel(): Promise<io.ModelArtifacts> {
  const { default: model } = moduleOf(modelSchema).parse(await MobileNetV2MidModel.modelJson());
  const bundles = await Promise.all(MobileNetV2MidModel.weightBundles.map((load) => load()));
  const weights = Buffer.concat(
    bundles.map((bundle) => Buffer.from(moduleOf(z.string()).parse(bundle).default, 'base64')),
  );
  return {
    modelTopology: model.modelTopology,
    weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
  };
}
