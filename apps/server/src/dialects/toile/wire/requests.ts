import { z } from 'zod';
import { capabilityRequestSchema } from '../../../capabilities/index.ts';
import type { CapabilityName } from '../../../capabilities/index.ts';
import { isStorable } from '../../fields.ts';

/**
 * What a client sends for a capability: the canonical request with strings in place of pictures, and with defaults.
 * Derived from the schemas that engines are held to, so that a new capability is on this wire as soon as it exists.
 */

const longestPicture = 64 * 1024 * 1024;

export const pictureSchema = z.string().min(1).max(longestPicture).meta({
  id: 'Picture',
  description:
    'The http(s) address of a picture, a base64 data URI, `upload:ID` of a picture sent ahead, or `saved:NAME` of a model in the roster.',
});

/** What need not be said. */
const commonDefaults: Readonly<Record<string, unknown>> = { count: 1, moderation: 'permissive' };
const defaults: Partial<Record<CapabilityName, Readonly<Record<string, unknown>>>> = {
  'try-on': { garmentKind: 'auto', photoType: 'auto' },
  'product-to-model': { faceMode: 'match-reference' },
  'face-to-model': {},
  'model-create': { referenceUse: 'pose', faceMode: 'match-reference' },
  'model-swap': { faceMode: 'match-reference', keepBackground: true },
  variations: { strength: 'subtle' },
  editorial: { direction: {} },
  upscale: { factor: 2 },
  'fabric-change': { upscale: false },
  'sketch-to-garment': { onPaper: true, direction: {} },
  'image-to-video': { seconds: 5, lines: '720p' },
};

/** Beside the capability's own fields. */
const deliveryShape = {
  outputFormat: z.enum(['png', 'jpeg']).default('png').meta({
    description: 'Pictures with transparency are PNG whatever is said here.',
  }),
};

type Canonical = (typeof capabilityRequestSchema.options)[number];

function requestSchemaOf(canonical: Canonical): z.ZodObject {
  const name: CapabilityName = [...canonical.shape.capability.values][0] ?? 'edit';
  const given = { ...commonDefaults, ...defaults[name] };
  const shape: Record<string, z.ZodType> = {};
  for (const [key, field] of fieldsOf(canonical)) {
    if (key === 'images') shape[key] = picturesOf(field);
    else if (key === 'seed') {
      shape[key] = field.optional().meta({ description: 'Left out: drawn at random.' });
    } else shape[key] = key in given ? field.default(given[key]) : field;
  }
  return z.strictObject({ ...shape, ...deliveryShape });
}

const fieldsOf = ({ shape }: { readonly shape: Readonly<Record<string, z.ZodType>> }) =>
  Object.entries(shape);

/** The same names, with strings for pictures. */
function picturesOf(images: z.ZodType): z.ZodType {
  if (images instanceof z.ZodRecord) return z.record(keySchemaOf(images), pictureSchema);
  if (!(images instanceof z.ZodObject)) throw new Error('pictures are neither object nor record');
  const shape = Object.fromEntries(
    fieldsOf(images).map(([name, field]) => [
      name,
      field.isOptional() ? pictureSchema.optional() : pictureSchema,
    ]),
  );
  const object = z.strictObject(shape);
  const open = images.def.catchall !== undefined && !(images.def.catchall instanceof z.ZodNever);
  return open ? object.catchall(pictureSchema) : object;
}

function keySchemaOf(record: z.ZodRecord): z.ZodString {
  const { keyType } = record.def;
  return keyType instanceof z.ZodString ? keyType : z.string();
}

/** By capability. */
export const requestSchemas: ReadonlyMap<CapabilityName, z.ZodObject> = new Map(
  capabilityRequestSchema.options.map((canonical) => [
    [...canonical.shape.capability.values][0] ?? 'edit',
    requestSchemaOf(canonical),
  ]),
);

export const capabilityNames = [...requestSchemas.keys()];

export const isCapability = (name: unknown): name is CapabilityName =>
  capabilityNames.some((known) => known === name);

export const mostInBatch = 100;

const longestUrl = 2048;

/** Whether the address may be reached is checked when it is called. */
export const webhookUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(longestUrl)
  .refine(isStorable)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && url.username === '' && url.password === '';
  }, 'must not contain a user name or password')
  .meta({ description: 'Gets the job as it ended. Signed only for endpoints of the account.' });

/** For the document: a union of all capabilities. What validates is the schema of the one that a request names. */
export const jobRequestSchema = z
  .union([...requestSchemas.values()])
  .meta({ id: 'JobRequest', description: 'One capability and what it takes.' });

export const submitSchema = z.union([
  jobRequestSchema.and(z.object({ webhookUrl: webhookUrlSchema.optional() })),
  z.strictObject({
    jobs: z.array(jobRequestSchema).min(1).max(mostInBatch),
    webhookUrl: webhookUrlSchema.optional(),
  }),
]);

export const eventsQuerySchema = z.object({
  previews: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true`: small copies of the outputs come with the end.' }),
});

export const listQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.uuid().optional().meta({ description: '`next` of the page before.' }),
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'canceled']).optional(),
  capability: z.enum(capabilityNames).optional(),
  batch: z.uuid().optional(),
});
