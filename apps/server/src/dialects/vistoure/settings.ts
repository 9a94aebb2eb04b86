import type { VistourePrices } from '../../prices/vistoure.ts';
import { defaultPrices } from '../../prices/prices.ts';
import type { RateLimit } from '../dialect.ts';

/** What an operator may set. VistoureAI publishes no limits. */
export interface VistoureSettings {
  /** Requests of one key; null = no limit. */
  readonly limits: {
    readonly run: RateLimit | null;
    readonly status: RateLimit | null;
    readonly tokens: RateLimit | null;
  };
  /** Unfinished runs of an account; null = no limit. */
  readonly concurrency: number | null;
  readonly prices: VistourePrices;
}

export const defaultVistoureSettings: VistoureSettings = {
  limits: {
    run: { requests: 60, seconds: 60 },
    status: { requests: 50, seconds: 10 },
    tokens: { requests: 50, seconds: 10 },
  },
  concurrency: null,
  prices: defaultPrices.vistoure,
};
