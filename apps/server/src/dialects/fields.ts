import { z } from 'zod';

/** The longest prompt that is taken, in characters. */
const longestPrompt = 10_000;

/** Ends every message alike: what the field must be, and what came instead. The field's name is put before it. */
export function must(be: string): { error: (issue: { readonly input?: unknown }) => string } {
  return {
    error: ({ input }) =>
      input === undefined
        ? `is required; it must be ${be}.`
        : `must be ${be}; received ${shown(input)}.`,
  };
}

/** A value of the client as a message may repeat it: short, and only when it is simple. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
}

/** Whether Postgres can keep a text: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** Text that can be kept and passed on; it may be empty. */
export const text = z
  .string(must('text'))
  .max(longestPrompt, { error: `must be at most ${longestPrompt} characters long.` })
  .refine(isStorable, {
    error: 'must be valid Unicode text without NUL characters.',
  });

export const choice = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, must(`one of ${values.join(', ')}`));

export const integer = (lowest: number, highest: number) => {
  const rule = must(`an integer between ${lowest} and ${highest}`);
  return z.int(rule).min(lowest, rule).max(highest, rule);
};

export const flag = z.boolean(must('true or false'));

export const requiredText = text.refine((value) => value.trim() !== '', {
  error: 'must not be empty.',
});
export const optionalText = text.optional();

export const pictureForms = 'the http(s) address of a picture or a base64 data URI';
