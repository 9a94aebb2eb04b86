import { z } from 'zod';
import type { DialectContract, EndpointContract } from '../contract.ts';
import { statusOf } from './errors.ts';
import { withMeanings } from './meanings.ts';
import { models } from './wire.ts';
import type { ModelName } from './wire.ts';

const run = <const Name extends ModelName>(model: Name) =>
  z.object({ model_name: z.literal(model), inputs: withMeanings(models[model].shape) });

/** The envelope as it is written; `parse-run.ts` reads it in steps, for sentences that name what is wrong with it. */
const runRequestSchema = z.discriminatedUnion('model_name', [
  run('tryon-v1.6'),
  run('tryon-max'),
  run('product-to-model'),
  run('face-to-model'),
  run('model-create'),
  run('model-swap'),
  run('model-variation'),
  run('edit'),
  run('reframe'),
  run('background-change'),
  run('background-remove'),
  run('image-to-video'),
]);

const problemSchema = z.strictObject({ error: z.string(), message: z.string() });
const runAnswerSchema = z.strictObject({ id: z.string(), error: z.null() });
const statusAnswerSchema = z.union([
  z.strictObject({
    id: z.string(),
    status: z.enum(['starting', 'in_queue', 'processing', 'completed']),
    output: z.array(z.string()).nullable(),
    error: z.null(),
  }),
  z.strictObject({
    id: z.string(),
    status: z.literal('failed'),
    error: z.strictObject({ name: z.string(), message: z.string() }),
  }),
]);
const creditsAnswerSchema = z.strictObject({
  credits: z.strictObject({ total: z.int(), subscription: z.int(), on_demand: z.int() }),
});

export const contract: DialectContract = {
  title: 'FASHN',
  description:
    'The API of FASHN, for its official SDKs. A prediction is submitted with `POST /v1/run` and then polled. Pictures are addresses, data URIs, base64, or `saved:NAME` for a saved model.',
  key: { kind: 'bearer' },
  problem: {
    schema: problemSchema,
    codes: statusOf,
    example: { error: 'UnauthorizedAccess', message: 'Unauthorized: Invalid token' },
  },
};

export const contracts = {
  run: {
    summary: 'Submit a prediction',
    query: {
      webhook_url: z
        .url()
        .optional()
        .meta({ description: 'Gets the prediction when it has ended.' }),
    },
    request: runRequestSchema,
    example: {
      model_name: 'product-to-model',
      inputs: {
        product_image: 'https://example.com/path/to/product.jpg',
        model_image: 'https://example.com/path/to/person.jpg',
        prompt: 'tucked-in',
        output_format: 'png',
        return_base64: false,
      },
    },
    answers: { 200: { description: 'The prediction was accepted.', schema: runAnswerSchema } },
    refusals: [400, 401, 403, 413, 422, 429],
  },
  status: {
    summary: 'The status of a prediction',
    answers: {
      200: { description: 'The prediction, whatever became of it.', schema: statusAnswerSchema },
    },
    refusals: [401, 403, 404, 429],
  },
  credits: {
    summary: 'What is left of the account',
    answers: { 200: { description: 'Credits by bucket.', schema: creditsAnswerSchema } },
    refusals: [401, 403, 429],
  },
} as const satisfies Record<string, EndpointContract>;
