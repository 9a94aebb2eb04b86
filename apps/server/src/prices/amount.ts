import { z } from 'zod';

/** Credits, with up to three decimals: the ledger counts thousandths. */
export const credits = z
  .number({ error: 'must be a number of credits' })
  .min(0, 'must not be negative')
  .max(1_000_000, 'must be at most 1000000')
  .refine((amount) => Number.isInteger(Math.round(amount * 1e6) / 1e3), {
    error: 'must have at most three decimals',
  });

/** Whole tokens. */
export const tokens = z
  .int('must be a whole number of tokens')
  .min(0, 'must not be negative')
  .max(1_000_000_000, 'must be at most 1000000000');
