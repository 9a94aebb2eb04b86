import { z } from 'zod';
import { failureCodes } from '../../../failures/failure.ts';

const reason = z.object({ code: z.enum(failureCodes), message: z.string() }).nullable();

export const preflightSchema = z
  .object({
    capability: z.string(),
    usable: z.boolean().nullable().meta({
      description:
        'Whether the job could be done, as far as its pictures tell; null where its engine can not tell beforehand.',
    }),
    engine: z.string().nullable().meta({ description: 'Who looked; null when nobody could.' }),
    problem: reason.meta({
      description: 'Why it can not be done at all, or which picture can not be had.',
    }),
    pictures: z
      .array(
        z.object({
          name: z.string().meta({ description: 'The name of the picture in `images`.' }),
          usable: z.boolean(),
          doubts: z
            .array(z.string())
            .meta({ description: 'What may turn out less well than with another picture.' }),
          problem: reason.meta({ description: 'What is wrong with it, and what to do instead.' }),
        }),
      )
      .meta({ description: 'One verdict a picture; empty where there is none.' }),
  })
  .meta({ id: 'Preflight' });
export type WirePreflight = z.infer<typeof preflightSchema>;
