import { z } from 'zod';

/** Every refusal of this dialect, by the code that callers decide by. The status belongs to the code. */
export const problemStatus = {
  'invalid-request': 400,
  'invalid-body': 400,
  unauthorized: 401,
  'out-of-credits': 402,
  forbidden: 403,
  'key-in-browser': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'idempotency-conflict': 409,
  'request-under-way': 409,
  'name-taken': 409,
  'body-too-large': 413,
  'quota-exceeded': 413,
  'unsupported-media-type': 415,
  'picture-refused': 422,
  'limit-reached': 422,
  'rate-limited': 429,
  'too-many-jobs': 429,
  'too-busy': 429,
  'internal-error': 500,
} as const;

export type ProblemCode = keyof typeof problemStatus;

export const fieldErrorSchema = z.object({
  path: z.string().meta({ description: 'The field, as `images.model`; empty for the whole body.' }),
  message: z.string(),
});

/** RFC 9457, `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'A URI reference that stands for the code.' }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: `One of ${Object.keys(problemStatus).join(', ')}.` }),
    detail: z.string().meta({ description: 'What is wrong here, and what to do about it.' }),
    errors: z.array(fieldErrorSchema).optional(),
    available: z.number().optional().meta({ description: 'Credits that may be spent.' }),
    required: z.number().optional().meta({ description: 'Credits that it would have cost.' }),
    retryAfter: z.number().optional().meta({ description: 'Seconds.' }),
  })
  .meta({ id: 'Problem' });
