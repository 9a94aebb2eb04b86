import { z } from 'zod';
import { failureCodes } from '../../../failures/failure.ts';

const moment = z.iso.datetime();
const amount = z.number().min(0).meta({ description: 'Credits, to the thousandth.' });

export const outputSchema = z.object({
  url: z.string().meta({ description: 'Signed; good until `expiresAt` of the job.' }),
  mediaType: z.string(),
  width: z.int().meta({ description: 'Pixels.' }),
  height: z.int(),
  bytes: z.int(),
});

export const jobStatusSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'canceled']);

export const jobSchema = z
  .object({
    id: z.uuid(),
    capability: z.string(),
    status: jobStatusSchema,
    progress: z.number().min(0).max(1).meta({ description: '0 to 1; may lag by some seconds.' }),
    batchId: z.uuid().nullable(),
    outputs: z.array(outputSchema).meta({ description: 'Empty unless succeeded.' }),
    error: z
      .object({ code: z.enum(failureCodes), message: z.string() })
      .nullable()
      .meta({ description: 'Why it failed, and what to do; null unless failed.' }),
    warnings: z.array(z.string()).meta({ description: 'Wishes that could not be followed.' }),
    fallbackUsed: z.boolean(),
    price: amount,
    charged: amount,
    createdAt: moment,
    endedAt: moment.nullable(),
    expiresAt: moment.nullable(),
  })
  .meta({ id: 'Job' });
export type WireJob = z.infer<typeof jobSchema>;

export const batchSchema = z
  .object({ batchId: z.uuid(), jobs: z.array(jobSchema) })
  .meta({ id: 'Batch' });

export const jobListSchema = z.object({
  jobs: z.array(jobSchema),
  next: z.string().nullable().meta({ description: 'The cursor of the next page.' }),
});

export const quoteSchema = z
  .object({
    price: amount,
    affordable: z.boolean(),
    expectedSeconds: z.number().nullable().meta({
      description: 'Waiting and work, by what such jobs took lately; null when there were none.',
    }),
    jobs: z.array(
      z.object({
        capability: z.string(),
        price: amount,
        possible: z.boolean().meta({ description: 'Whether any engine takes such a request.' }),
        reason: z.string().nullable().meta({ description: 'Why not, and what to do instead.' }),
      }),
    ),
  })
  .meta({ id: 'Quote' });
