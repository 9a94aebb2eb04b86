import { z } from 'zod';
import type { DialectContract, EndpointContract } from '../contract.ts';
import { batchSchema, jobListSchema, jobSchema, quoteSchema } from './wire/job.ts';
import { preflightSchema } from './wire/preflight.ts';
import { problemSchema, problemStatus } from './wire/problem.ts';
import {
  eventsQuerySchema,
  jobRequestSchema,
  listQuerySchema,
  submitSchema,
} from './wire/requests.ts';
import {
  accountSchema,
  balanceSchema,
  beginUploadSchema,
  begunUploadSchema,
  capabilityListSchema,
  changeAccountSchema,
  createKeySchema,
  createModelSchema,
  createTokenSchema,
  createWebhookEndpointSchema,
  engineListSchema,
  keyListSchema,
  modelListSchema,
  modelSchema,
  newKeySchema,
  newWebhookEndpointSchema,
  tokenSchema,
  uploadSchema,
  usageQuerySchema,
  usageSchema,
  vocabularyListSchema,
  webhookEndpointListSchema,
} from './wire/resources.ts';

export const contract: DialectContract = {
  title: 'Toile',
  description:
    'Our own API. Jobs are submitted one by one or in batches, waited for with `Prefer: wait=N`, followed by server-sent events, and told to webhooks. ' +
    'Every POST takes an `Idempotency-Key` (24 h). Refusals are RFC 9457 problems; decide by their `code`. A job is charged when it succeeds and never otherwise.',
  key: { kind: 'bearer' },
  problem: {
    schema: problemSchema,
    mediaType: 'application/problem+json',
    codes: problemStatus,
    example: {
      type: '/docs/toile#invalid-request',
      title: 'invalid request',
      status: 400,
      code: 'invalid-request',
      detail: 'images.garment is required.',
      errors: [{ path: 'images.garment', message: 'is required.' }],
    },
  },
};

const idempotencyKey = {
  'Idempotency-Key': z.string().optional().meta({
    description:
      'The same key with the same request is done once, and answered the same, for 24 hours.',
  }),
};
const prefer = {
  Prefer: z
    .string()
    .optional()
    .meta({ description: '`wait=N`: hold the answer for up to N seconds (120).' }),
};
const usual = [401, 403, 429] as const;
const single = z.union([jobSchema, batchSchema]);

const tryOn = {
  capability: 'try-on',
  images: {
    model: 'https://example.com/model.jpg',
    garment: 'https://example.com/shirt.jpg',
  },
};

export const batchContract: EndpointContract = {
  summary: 'Submit a job, or a batch of up to 100 that is accepted whole or not at all',
  headers: {
    ...idempotencyKey,
    ...prefer,
    'Toile-Deadline': z.string().optional().meta({
      description: 'Seconds. A job that has not ended by then is canceled, free of charge.',
    }),
  },
  request: submitSchema,
  example: tryOn,
  answers: {
    200: { description: 'All jobs have ended within the time waited.', schema: single },
    202: { description: 'The jobs were accepted.', schema: single },
  },
  refusals: [400, 402, 404, 409, 413, ...usual],
};

export const listJobsContract: EndpointContract = {
  summary: 'Jobs of the account, newest first',
  query: listQuerySchema.shape,
  answers: { 200: { description: 'A page.', schema: jobListSchema } },
  refusals: [400, ...usual],
};

export const findJobContract: EndpointContract = {
  summary: 'One job',
  headers: prefer,
  answers: { 200: { description: 'The job.', schema: jobSchema } },
  refusals: [404, ...usual],
};

export const eventsContract: EndpointContract = {
  summary: 'Follow a job by server-sent events',
  description:
    'Events are `queued` (`{position}`), `running` (`{progress}`), where asked for `preview` (`{previews: [{output, dataUri, width, height}]}`), and `ended` (the job), after which the stream ends. Every event tells the state as it is; with `Last-Event-ID` nothing is told twice.',
  query: eventsQuerySchema.shape,
  headers: { 'Last-Event-ID': z.string().optional() },
  answers: {
    200: { description: 'The stream.', schema: z.string(), mediaType: 'text/event-stream' },
    204: null,
  },
  refusals: [400, 404, ...usual],
};

export const cancelContract: EndpointContract = {
  summary: 'Cancel a job',
  headers: idempotencyKey,
  answers: {
    200: { description: 'It has ended, by this or before it.', schema: jobSchema },
    202: { description: 'Its engine was told to stop.', schema: jobSchema },
  },
  refusals: [400, 404, 409, ...usual],
};

export const quoteContract: EndpointContract = {
  summary: 'What jobs would cost and how long they would take; nothing is started',
  headers: idempotencyKey,
  request: submitSchema,
  example: tryOn,
  answers: { 200: { description: 'The quote.', schema: quoteSchema } },
  refusals: [400, 409, 413, ...usual],
};

export const preflightContract: EndpointContract = {
  summary: 'Have the pictures of a job looked at before it is paid for',
  description:
    'Free of charge, and nothing is stored. What was seen in the pictures is kept, without the pictures, so that the job itself is faster afterwards. Moderation is not asked: it judges jobs.',
  headers: idempotencyKey,
  request: jobRequestSchema,
  example: tryOn,
  answers: { 200: { description: 'The verdict.', schema: preflightSchema } },
  refusals: [400, 409, 413, ...usual],
};

export const uploadContract: EndpointContract = {
  summary: 'Send a picture ahead: as the body, in a form, or in pieces',
  description:
    'A body of any other type than JSON or a form is the picture itself. In a form (multipart) the first file is taken. JSON `{"bytes": N}` asks for an address that takes the picture in pieces: PATCH with `Upload-Offset`, HEAD to learn how far it came; that address needs no key.',
  headers: idempotencyKey,
  request: beginUploadSchema,
  example: { bytes: 420_464 },
  requestMediaTypes: ['image/*', 'application/octet-stream', 'multipart/form-data'],
  answers: {
    201: { description: 'The upload.', schema: z.union([begunUploadSchema, uploadSchema]) },
  },
  refusals: [400, 409, 413, 415, ...usual],
};

const found = (description: string, schema: z.ZodType, summary: string): EndpointContract => ({
  summary,
  answers: { 200: { description, schema } },
  refusals: usual,
});
const removed = (summary: string): EndpointContract => ({
  summary,
  answers: { 204: null },
  refusals: [404, ...usual],
});
const created = (
  summary: string,
  request: z.ZodType,
  schema: z.ZodType,
  example: object,
  refusals: readonly number[] = [],
): EndpointContract => ({
  summary,
  headers: idempotencyKey,
  request,
  example,
  answers: { 201: { description: 'What was made.', schema } },
  refusals: [400, 409, 413, ...refusals, ...usual],
});

export const contracts = {
  upload: { ...found('The upload.', uploadSchema, 'One upload'), refusals: [404, ...usual] },
  deleteUpload: removed('Delete an upload'),
  account: found('The account.', accountSchema, 'The account that the key belongs to'),
  changeAccount: {
    summary: 'Let other models step in for one that is not there, or have such jobs fail',
    headers: idempotencyKey,
    request: changeAccountSchema,
    example: { fallback: false },
    answers: { 200: { description: 'The account.', schema: accountSchema } },
    refusals: [400, 404, 409, 413, ...usual],
  },
  balance: found('Credits.', balanceSchema, 'Credits of the account'),
  usage: {
    ...found('The rows.', usageSchema, 'Usage by day, capability and key'),
    query: usageQuerySchema.shape,
    refusals: [400, ...usual],
  },
  keys: found('The keys.', keyListSchema, 'API keys, revoked ones included'),
  createKey: created('Make an API key', createKeySchema, newKeySchema, {
    name: 'shop',
    scopes: ['run', 'read'],
  }),
  deleteKey: removed('Revoke an API key and its tokens'),
  createToken: created('Make a short-lived token for a browser', createTokenSchema, tokenSchema, {
    scopes: ['run', 'read'],
    seconds: 600,
  }),
  endpoints: found('The endpoints.', webhookEndpointListSchema, 'Webhook endpoints'),
  createEndpoint: created(
    'Have every job that ends told to an address, signed as Standard Webhooks describes',
    createWebhookEndpointSchema,
    newWebhookEndpointSchema,
    { url: 'https://shop.example/hooks/toile' },
    [422],
  ),
  deleteEndpoint: removed('Remove a webhook endpoint'),
  models: found('The models.', modelListSchema, 'Saved fashion models'),
  createModel: created(
    'Save a fashion model',
    createModelSchema,
    modelSchema,
    { name: 'Ava', portrait: 'https://example.com/ava.jpg' },
    [422],
  ),
  model: { ...found('The model.', modelSchema, 'One saved model'), refusals: [404, ...usual] },
  deleteModel: removed('Delete a saved model and its pictures'),
  engines: found('The engines.', engineListSchema, 'Engines, their licences and their health'),
  presets: found(
    'By field.',
    vocabularyListSchema,
    'Presets of style, place, light, framing, makeup and hair for `direction`',
  ),
  capabilities: found(
    'The capabilities.',
    capabilityListSchema,
    'What can be asked for, with the JSON Schema of each request',
  ),
} satisfies Record<string, EndpointContract>;
