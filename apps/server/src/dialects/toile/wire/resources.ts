import { z } from 'zod';
import { scopes } from '../../dialect.ts';
import { pictureSchema, webhookUrlSchema } from './requests.ts';

const moment = z.iso.datetime();
const amount = z.number();
const name = z.string().trim().min(1).max(200);

export const accountSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: moment,
  scopes: z.array(z.string()).meta({ description: 'Of the key or token that asks.' }),
  fallback: z.boolean().meta({
    description:
      'Whether another model may step in for one that this server does not have, at the lower of the two prices.',
  }),
});
export const changeAccountSchema = z.strictObject({ fallback: z.boolean() });

export const balanceSchema = z.object({
  available: amount.meta({ description: 'Credits that may be spent.' }),
  subscription: amount,
  onDemand: amount,
  held: amount.meta({ description: 'Reserved by jobs that have not ended.' }),
});

export const usageSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  rows: z.array(
    z.object({
      day: z.iso.date().meta({ description: 'UTC.' }),
      capability: z.string().nullable(),
      keyId: z.uuid(),
      jobs: z.int(),
      succeeded: z.int(),
      failed: z.int(),
      canceled: z.int(),
      charged: amount,
    }),
  ),
});

/** No server is older than that; the database has no year 0. */
const day = z.iso.date().refine((text) => text >= '2000-01-01', 'must be 2000-01-01 or later');

export const usageQuerySchema = z.object({
  from: day.optional().meta({ description: 'First day (UTC); by default 30 days ago.' }),
  to: day.optional().meta({ description: 'Last day (UTC); by default today.' }),
});

export const keySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: moment,
  lastUsedAt: moment.nullable(),
  revokedAt: moment.nullable(),
});
export const newKeySchema = keySchema.extend({
  secret: z.string().meta({ description: 'Shown this once.' }),
});
export const createKeySchema = z.strictObject({
  name,
  scopes: z
    .array(z.enum([...scopes, '*']))
    .min(1)
    .max(scopes.length)
    .default(['*']),
});

const tokenScope = z.enum(['run', 'read', 'upload']);
export const createTokenSchema = z.strictObject({
  scopes: z.array(tokenScope).min(1).max(3).default(['run', 'read', 'upload']),
  seconds: z.int().min(30).max(3600).default(600),
});
export const tokenSchema = z.object({
  id: z.uuid(),
  token: z.string(),
  scopes: z.array(z.string()),
  expiresAt: moment,
});

export const webhookEndpointSchema = z.object({ id: z.uuid(), url: z.string(), createdAt: moment });
export const newWebhookEndpointSchema = webhookEndpointSchema.extend({
  secret: z.string().meta({ description: 'Shown this once; signs deliveries.' }),
});
export const createWebhookEndpointSchema = z.strictObject({ url: webhookUrlSchema });

export const uploadSchema = z.object({
  id: z.uuid(),
  picture: z.string().meta({ description: 'What a job takes for this picture: `upload:ID`.' }),
  complete: z.boolean(),
  bytes: z.int(),
  received: z.int(),
  mediaType: z.string().nullable(),
  createdAt: moment,
  expiresAt: moment,
});
export const begunUploadSchema = uploadSchema.extend({
  uploadUrl: z.string().meta({ description: 'PATCH pieces to it, with Upload-Offset; no key.' }),
});
export const beginUploadSchema = z.strictObject({ bytes: z.int().min(1) });

export const modelSchema = z.object({
  id: z.string(),
  name: z.string(),
  picture: z.string().meta({ description: 'What a job takes for this person: `saved:NAME`.' }),
  prompt: z.string().nullable(),
  portraitUrl: z.string(),
  sheetUrl: z.string().nullable(),
  createdAt: moment,
});
export const createModelSchema = z.strictObject({
  name,
  prompt: z.string().max(10_000).nullish(),
  portrait: pictureSchema,
  sheet: pictureSchema.nullish(),
});

export const engineSchema = z.object({
  name: z.string(),
  version: z.string(),
  licence: z.string().nullable().meta({ description: 'Of what it runs, as an SPDX identifier.' }),
  capabilities: z.array(z.string()),
  models: z.array(z.string()).meta({ description: 'Ids for `aiModel`.' }),
  health: z.object({
    status: z.enum(['good', 'failing', 'unknown']),
    succeeded: z.int().meta({ description: 'Attempts of the last hour.' }),
    failed: z.int().meta({ description: 'Attempts of the last hour that broke in the engine.' }),
  }),
});

export const capabilitySchema = z.object({
  name: z.string(),
  summary: z.string(),
  available: z.boolean().meta({ description: 'Whether an engine of this server does it.' }),
  engines: z.array(z.string()),
  request: z
    .record(z.string(), z.unknown())
    .meta({ description: 'JSON Schema (2020-12) of a job request.' }),
});

export const vocabularySchema = z.object({
  field: z.string().meta({ description: 'Where it stands in `direction`.' }),
  open: z.boolean().meta({ description: 'Whether any other words are taken, too.' }),
  presets: z.array(
    z.object({
      id: z.string(),
      words: z.string().meta({ description: 'What generative engines are told.' }),
    }),
  ),
});

export const vocabularyListSchema = z.object({ vocabularies: z.array(vocabularySchema) });
export const keyListSchema = z.object({ keys: z.array(keySchema) });
export const webhookEndpointListSchema = z.object({ endpoints: z.array(webhookEndpointSchema) });
export const modelListSchema = z.object({ models: z.array(modelSchema) });
export const engineListSchema = z.object({ engines: z.array(engineSchema) });
export const capabilityListSchema = z.object({ capabilities: z.array(capabilitySchema) });
