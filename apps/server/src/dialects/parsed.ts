import type { z } from 'zod';
import type { Result } from '../failures/failure.ts';

/** What was understood, or a sentence for the client that names the field and the fix. */
export type Parsed<Value> = Result<Value, string>;

export const accept = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({
  ok: true,
  value,
});
export const refuse = (message: string): Parsed<never> => ({ ok: false, failure: message });

/** The first thing wrong, as a sentence: `inputs.category must be one of ...`. */
export function sentenceOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined
    ? 'The inputs could not be read.'
    : `${issue.path.join('.')} ${issue.message}`;
}
