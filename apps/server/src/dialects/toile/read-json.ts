import type { z } from 'zod';
import { nearestName } from '../../failures/nearest-name.ts';
import type { DialectRequest, Reply } from '../dialect.ts';
import { shown } from '../fields.ts';
import { isRecord } from '../read-body.ts';
import { problem } from './problems.ts';

/** What was understood, or the refusal. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reply: Reply };

export const refused = (reply: Reply): { readonly ok: false; readonly reply: Reply } => ({
  ok: false,
  reply,
});

/** Checks a value against a schema; every fault is told with its place, not only the first. */
export function readValue<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  place = '',
): Read<z.output<Schema>> {
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? { ok: true, value: parsed.data } : refused(faultsOf(parsed.error, place));
}

/** The JSON body of a request, which must be an object. */
export function readBody<Schema extends z.ZodType>(
  request: DialectRequest,
  schema: Schema,
): Read<z.output<Schema>> {
  const json = request.body?.json;
  return isRecord(json) ? readValue(json, schema) : refused(noObject(json));
}

export const noObject = (json: unknown): Reply =>
  problem('invalid-request', `The request body must be a JSON object; received ${shown(json)}.`);

const mostFaults = 20;

export function faultsOf(error: z.ZodError, place: string): Reply {
  const errors = error.issues.slice(0, mostFaults).map((issue) => ({
    path: [...(place === '' ? [] : [place]), ...issue.path].map(String).join('.'),
    message: messageOf(issue),
  }));
  const [first] = errors;
  const named = first === undefined ? '' : `${first.path || 'The body'} ${first.message}`;
  const more = errors.length > 1 ? ` (${errors.length - 1} more in errors)` : '';
  return problem('invalid-request', `${named}${more}`, { errors });
}

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is required.'
        : `must be of type ${issue.expected}; received ${shown(issue.input)}.`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}; received ${shown(issue.input)}.`;
    case 'too_big':
      return `must be at most ${String(issue.maximum)}${unitOf(issue.origin)}.`;
    case 'too_small':
      return `must be at least ${String(issue.minimum)}${unitOf(issue.origin)}.`;
    case 'unrecognized_keys':
      return `has no field ${namesOf(issue.keys)}${hint(issue)}.`;
    case 'invalid_format':
      return `must be a valid ${issue.format}; received ${shown(issue.input)}.`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return `${issue.message}.`;
  }
}

/** A body may have thousands of unknown fields; an answer names the first few. */
const mostNames = 5;

function namesOf(keys: readonly string[]): string {
  const names = keys.slice(0, mostNames).map((key) => shown(key));
  const more = keys.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const unitOf = (origin: string): string =>
  origin === 'string' ? ' characters long' : origin === 'array' ? ' items long' : '';

/** Names the field that a misspelt one was perhaps meant to be. */
function hint({ keys: [key = ''] }: { readonly keys: readonly string[] }): string {
  const nearest = nearestName(key.slice(0, 40), commonFields);
  return nearest === undefined ? '' : `; perhaps ${nearest} was meant`;
}

const commonFields = [
  'capability',
  'images',
  'prompt',
  'seed',
  'count',
  'moderation',
  'effort',
  'aiModel',
  'aspectRatio',
  'resolution',
  'direction',
  'garmentKind',
  'photoType',
  'outputFormat',
  'webhookUrl',
];
