import { defaultPrices } from '../../prices/prices.ts';
import type { ToilePrices } from '../../prices/toile.ts';
import type { RateLimit } from '../dialect.ts';

/** What an operator may set. */
export interface ToileSettings {
  /** Requests of one key; null = no limit. */
  readonly limits: {
    readonly jobs: RateLimit | null;
    readonly read: RateLimit | null;
    readonly uploads: RateLimit | null;
    readonly manage: RateLimit | null;
    readonly preflights: RateLimit | null;
  };
  /** Unfinished jobs of an account; they wait in the queue. Null = no limit. */
  readonly mostUnfinished: number | null;
  readonly prices: ToilePrices;
}

export const defaultToileSettings: ToileSettings = {
  limits: {
    jobs: { requests: 120, seconds: 60 },
    read: { requests: 600, seconds: 60 },
    uploads: { requests: 120, seconds: 60 },
    manage: { requests: 60, seconds: 60 },
    preflights: { requests: 30, seconds: 60 },
  },
  mostUnfinished: 1000,
  prices: defaultPrices.toile,
};
