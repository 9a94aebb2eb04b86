import { z } from 'zod';
import { capabilityRequestSchema } from '../capabilities/index.ts';
import { failureCodes } from '../failures/failure.ts';
import { jobStatuses } from './status.ts';

/** Rows as the statements in db/queries/jobs.ts answer them; parsed here and trusted from here on. */

export const reservationRowSchema = z.object({
  outcome: z.enum(['new', 'again', 'repeated', 'repeat-mismatch']),
  earlier_job: z.string().nullable(),
});

export const submitRowSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('accepted'), job_id: z.string() }),
  z.object({ outcome: z.literal('repeated'), job_id: z.string() }),
  z.object({ outcome: z.literal('repeat-mismatch') }),
  z.object({ outcome: z.literal('out-of-credits'), available: z.number() }),
  z.object({ outcome: z.literal('too-many-running') }),
]);

export const submitBatchRowSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('accepted'), batch_id: z.string() }),
  z.object({ outcome: z.literal('repeated'), batch_id: z.string() }),
  z.object({ outcome: z.literal('repeat-mismatch') }),
  z.object({ outcome: z.literal('out-of-credits'), available: z.number() }),
  z.object({ outcome: z.literal('too-many-running') }),
]);

const failureSchema = z.object({
  code: z.enum(failureCodes),
  message: z.string(),
  retry: z.enum(['never', 'later', 'elsewhere']),
});

export const jobRowSchema = z.object({
  id: z.string(),
  dialect: z.string(),
  operation: z.string(),
  key_id: z.string(),
  batch_id: z.string().nullable(),
  created_at: z.date(),
  ended_at: z.date().nullable(),
  expires_at: z.date().nullable(),
  fallback_used: z.boolean(),
  charged: z.number(),
  price: z.number(),
  warnings: z.array(z.string()),
  status: z.enum(jobStatuses),
  progress: z.number(),
  failure: failureSchema.nullable(),
  outputs: z
    .array(
      z.object({
        storageKey: z.string(),
        mime: z.string(),
        address: z.string().nullable(),
        width: z.number(),
        height: z.number(),
        bytes: z.number(),
      }),
    )
    .nullable(),
});
export type JobRow = z.infer<typeof jobRowSchema>;

export const claimedRowSchema = z
  .object({
    id: z.string(),
    account_id: z.string(),
    attempt: z.number(),
    tries: z.number(),
    request: capabilityRequestSchema,
    delivery: z.enum(['address', 'base64']),
    output_format: z.enum(['png', 'jpeg']),
    seconds_left: z.number(),
    cancel_at_deadline: z.boolean(),
  })
  .transform((row) => ({
    id: row.id,
    accountId: row.account_id,
    attempt: row.attempt,
    tries: row.tries,
    request: row.request,
    delivery: row.delivery,
    outputFormat: row.output_format,
    secondsLeft: row.seconds_left,
    cancelAtDeadline: row.cancel_at_deadline,
  }));
export type ClaimedJob = z.infer<typeof claimedRowSchema>;

export const renewedRowSchema = z.object({ id: z.string(), cancel_requested: z.boolean() });
export const reachedRowSchema = z.object({
  reached: z.enum(jobStatuses).nullable(),
});
export const recoveredRowSchema = z.object({ job_id: z.string(), state: z.enum(jobStatuses) });
export const canceledRowSchema = z.object({
  reached: z.enum(['canceled', 'requested']).nullable(),
});

export const overdueRowSchema = z.object({ job_id: z.string() });
export const idRowSchema = z.object({ id: z.string() });
export const watchedRowSchema = z.object({
  id: z.string(),
  status: z.enum(jobStatuses),
  progress: z.number(),
  /** Null for a job that is not queued, or waits for its retry. */
  position: z.number().nullable(),
});
