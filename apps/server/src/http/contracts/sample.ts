import { choicesOf, type Definitions, fieldsOf, type JsonSchema, resolved } from './json-schema.ts';

const deepest = 6;

/** A value as such a schema describes it, to be looked at: examples first, then defaults, constants and plausible words. */
export function sampleOf(
  schema: JsonSchema,
  definitions: Definitions,
  name = '',
  depth = 0,
): unknown {
  const whole = resolved(schema, definitions);
  const [choice] = choicesOf(whole);
  if (whole.const !== undefined) return whole.const;
  if (whole.default !== undefined) return whole.default;
  if (whole.enum !== undefined) return preferred(whole.enum);
  if (choice !== undefined) return sampleOf(choice, definitions, name, depth);
  if (depth > deepest) return null;
  switch (typeOf(whole)) {
    case 'string':
      return textFor(name, whole.format);
    case 'integer':
    case 'number':
      return numbers[name] ?? Math.max(whole.minimum ?? 1, 1);
    case 'boolean':
      return name !== 'fallbackUsed';
    case 'null':
      return null;
    case 'array':
      return name === 'errors' || name === 'warnings'
        ? []
        : [sampleOf(whole.items ?? {}, definitions, singular(name), depth + 1)];
    default:
      return Object.fromEntries(
        fieldsOf(whole, definitions)
          // What is there only sometimes is told by the table.
          .filter(({ required }) => required)
          .map((field) => [
            field.name,
            empty.has(field.name)
              ? null
              : field.name === 'name' && owners[name] !== undefined
                ? owners[name]
                : sampleOf(field.schema, definitions, field.name, depth + 1),
          ]),
      );
  }
}

const typeOf = ({ type }: JsonSchema): string =>
  (typeof type === 'string' ? [type] : (type ?? [])).find((each) => each !== 'null') ?? 'object';

/** Null in an answer that has gone well. */
const empty: ReadonlySet<string> = new Set([
  'error',
  'problem',
  'batchId',
  'next',
  'revokedAt',
  'reason',
]);

const preferred = (values: readonly unknown[]): unknown =>
  values.find((value) => value === 'completed' || value === 'succeeded') ?? values[0];

/** What those are called that have a name. */
const owners: Readonly<Record<string, string>> = {
  engine: 'atelier',
  capability: 'try-on',
  key: 'shop',
  picture: 'model',
};

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '');

const numbers: Readonly<Record<string, number>> = {
  width: 864,
  height: 1152,
  bytes: 420_464,
  received: 420_464,
  creditsRemaining: 42,
  balance: 42,
  tokens: 42_500,
  total: 234,
  subscription: 100,
  on_demand: 134,
  failed: 0,
  canceled: 0,
  held: 0,
  onDemand: 134,
  available: 234,
};

const moment = '2026-11-21T10:30:00.000Z';
const id = '01a1fcc6-7c1e-7d34-9f0a-5a4c31e8b2d7';
const texts: Readonly<Record<string, string>> = {
  id,
  keyId: id,
  name: 'Ava',
  capability: 'try-on',
  mediaType: 'image/png',
  mime_type: 'image/jpeg',
  image_base64: '/9j/4AAQSkZJRgABAQ...',
  engine: 'atelier',
  version: '0.1.0',
  licence: 'Apache-2.0',
  prefix: 'fa-4a184846889e',
  secret: 'fa-4a184846889e-...',
  key: 'fa-4a184846889e-...',
  token: 'ft-05e4bf3166fe-...',
  prompt: 'A fashion editorial photo of a model wearing...',
  picture: 'saved:Ava',
  scope: 'run',
  summary: 'Dress the person of a photo in a garment.',
  doubt: 'The arms lie close to the body.',
};

function textFor(name: string, format: string | undefined): string {
  if (format === 'date-time') return moment;
  if (format === 'date') return moment.slice(0, 10);
  if (format === 'uuid') return texts[name] ?? id;
  if (/url$/i.test(name) || ['output', 'variation', 'imageUrl'].includes(name)) {
    return 'https://toile.example/artifacts/.../output_0.png';
  }
  return texts[name] ?? '...';
}
