import type { z } from 'zod';
import type { InboundBody } from './dialect.ts';
import { shown } from './fields.ts';
import { accept, refuse, sentenceOf } from './parsed.ts';
import type { Parsed } from './parsed.ts';

/**
 * Checks a JSON body against the schema of an endpoint. A parameter that is null counts as left out: Python callers send
 * `None`. Unknown ones are dropped, as the schema does.
 */
export function readFields<Schema extends z.ZodType>(
  body: InboundBody | null,
  schema: Schema,
): Parsed<z.output<Schema>> {
  const json = body?.json;
  if (!isRecord(json)) {
    return refuse(`The request body must be a JSON object; received ${shown(json)}.`);
  }
  const parsed = schema.safeParse(withoutNulls(json), { reportInput: true });
  return parsed.success ? accept(parsed.data) : refuse(sentenceOf(parsed.error));
}

export function withoutNulls(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
