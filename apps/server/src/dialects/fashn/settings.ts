import type { MilliCredits } from '../../jobs/port.ts';
import { defaultPrices } from '../../prices/prices.ts';
import type { FashnPrices } from '../../prices/fashn.ts';
import type { RateLimit } from '../dialect.ts';

/** What an operator may set; the defaults are FASHN's published figures. */
export interface FashnSettings {
  /** Requests of one key; null = no limit. */
  readonly limits: {
    readonly run: RateLimit | null;
    readonly status: RateLimit | null;
    readonly credits: RateLimit | null;
  };
  /** Predictions of an account under way at once; null = no limit. */
  readonly concurrency: number | null;
  readonly prices: FashnPrices;
  /** How many of the ledger's thousandths make one credit of this dialect. */
  readonly milliCreditsPerCredit: MilliCredits;
}

export const defaultFashnSettings: FashnSettings = {
  limits: {
    run: { requests: 50, seconds: 60 },
    status: { requests: 50, seconds: 10 },
    credits: { requests: 30, seconds: 10 },
  },
  concurrency: 6,
  prices: defaultPrices.fashn,
  milliCreditsPerCredit: 1000,
};
