import { defaultPrices } from '../../prices/prices.ts';
import type { AutotoonPrices } from '../../prices/autotoon.ts';
import type { RateLimit } from '../dialect.ts';

/** What an operator may set; the defaults are Auto Toon's published figures. */
export interface AutotoonSettings {
  /** All requests of one key together; null = no limit. */
  readonly limit: RateLimit | null;
  /** Unfinished jobs of an account; null = no limit. */
  readonly concurrency: number | null;
  readonly prices: AutotoonPrices;
  /** How long a call waits for its picture. */
  readonly waitSeconds: number;
}

export const defaultAutotoonSettings: AutotoonSettings = {
  limit: { requests: 100, seconds: 60 },
  concurrency: null,
  prices: defaultPrices.autotoon,
  waitSeconds: 120,
};
