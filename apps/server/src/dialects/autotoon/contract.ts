import { z } from 'zod';
import type { DialectContract, EndpointContract } from '../contract.ts';
import {
  balanceAnswerSchema,
  generateAnswerSchema,
  jobAnswerSchema,
  keysAnswerSchema,
  modelAnswerSchema,
  modelsAnswerSchema,
  newKeyAnswerSchema,
  pictureAnswerSchema,
  problemSchema,
  successSchema,
  variationsAnswerSchema,
  videoAnswerSchema,
  videosAnswerSchema,
  videoStartedSchema,
} from './answers.ts';
import { statusOf } from './errors.ts';
import {
  generateSchema,
  modelSchema,
  newKeySchema,
  relightSchema,
  upscaleSchema,
  variationsSchema,
  videoSchema,
} from './wire.ts';

export const contract: DialectContract = {
  title: 'Auto Toon: Fashion Editorial',
  description:
    'The fashion editorial API of Auto Toon. Calls wait for their picture; video is submitted and then polled. An equal call joins one that is unfinished, or whose answer did not arrive, and is billed once.',
  key: { kind: 'header', name: 'x-api-key' },
  problem: {
    schema: problemSchema,
    codes: statusOf,
    example: {
      error: 'Insufficient credits',
      code: 'INSUFFICIENT_CREDITS',
      balance: 0,
      required: 3,
      needsTopUp: true,
    },
  },
};

const answer = (description: string, schema: z.ZodType) => ({ 200: { description, schema } });
const paid = [400, 401, 402, 403, 404, 409, 413, 429, 500];
const read = [401, 403, 429];

export const contracts = {
  generate: {
    summary: 'Photograph models in garments',
    request: generateSchema,
    example: {
      modelId: 'clx9abc123def456',
      clothingImageUrls: ['https://example.com/images/red-dress.jpg'],
      styleData: { style: 'editorial-vogue' },
      backgroundData: { background: 'studio-white' },
    },
    answers: answer('The picture.', generateAnswerSchema),
    refusals: paid,
  },
  variations: {
    summary: 'Make variations of a hero picture',
    request: variationsSchema,
    example: {
      baseImageUrl: 'https://example.com/images/oxford.png',
      styleData: { style: 'surreal-product-hero' },
      aspectRatio: '1:1',
      clothingImageUrls: ['https://example.com/images/tan-oxford.jpg'],
    },
    answers: answer('The variations.', variationsAnswerSchema),
    refusals: paid,
  },
  relight: {
    summary: 'Light a picture anew',
    request: relightSchema,
    example: { baseImageUrl: 'https://example.com/images/editorial.png', lighting: 'golden-hour' },
    answers: answer('The picture.', pictureAnswerSchema),
    refusals: paid,
  },
  upscale: {
    summary: 'Enlarge a picture',
    request: upscaleSchema,
    example: { imageUrl: 'https://example.com/images/editorial.png', scale: 2 },
    answers: answer('The picture.', pictureAnswerSchema),
    refusals: paid,
  },
  video: {
    summary: 'Submit a video',
    request: videoSchema,
    example: { imageUrl: 'https://example.com/images/editorial.png' },
    answers: answer('The video was accepted.', videoStartedSchema),
    refusals: paid,
  },
  videoStatus: {
    summary: 'The status of a video',
    answers: answer('The video, whatever became of it.', videoAnswerSchema),
    refusals: [...read, 404],
  },
  videos: {
    summary: 'All videos',
    query: {
      limit: z.int().min(1).max(100).optional().meta({ description: 'All of them by default.' }),
      cursor: z.string().optional().meta({ description: '`nextCursor` of the page before.' }),
    },
    answers: answer('Newest first; failed ones are among them.', videosAnswerSchema),
    refusals: [400, ...read],
  },
  models: {
    summary: 'Saved models',
    answers: answer('Newest first.', modelsAnswerSchema),
    refusals: read,
  },
  newModel: {
    summary: 'Save a model',
    request: modelSchema,
    example: { name: 'Ava', imageUrl: 'https://example.com/images/ava.jpg' },
    answers: answer('The saved model.', modelAnswerSchema),
    refusals: [400, 401, 403, 413, 429],
  },
  removeModel: {
    summary: 'Delete a saved model and its pictures',
    answers: answer('It is gone.', successSchema),
    refusals: [...read, 404],
  },
  balance: {
    summary: 'What is left of the account',
    answers: answer('Credits that may be spent.', balanceAnswerSchema),
    refusals: read,
  },
  keys: {
    summary: 'Keys in use; for an admin key',
    answers: answer('Without their secrets.', keysAnswerSchema),
    refusals: read,
  },
  newKey: {
    summary: 'Make a key; for an admin key',
    request: newKeySchema,
    example: { name: 'shop' },
    answers: answer('The key, which is shown this once.', newKeyAnswerSchema),
    refusals: [400, 401, 403, 413, 429],
  },
  revokeKey: {
    summary: 'Revoke a key; for an admin key',
    answers: answer('It is refused from now on.', successSchema),
    refusals: [...read, 404],
  },
  job: {
    summary: 'The job of a call that went without its answer',
    answers: answer('The job.', jobAnswerSchema),
    refusals: [...read, 404],
  },
} as const satisfies Record<string, EndpointContract>;
