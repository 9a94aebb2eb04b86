import { z } from 'zod';
import { tokens } from './amount.ts';

/** Tokens a picture. VistoureAI publishes none: a hundred for a usual picture, more for what works harder. */
export const vistourePricesSchema = z.strictObject({
  tryon: z.strictObject({ Beta: tokens.default(100), Turbo: tokens.default(100) }).prefault({}),
  tryonPro: z
    .strictObject({ Pro: tokens.default(200), 'Pro Fit': tokens.default(300) })
    .prefault({}),
  virtualmodel: z
    .strictObject({
      Standard: tokens.default(100),
      Pro: tokens.default(200),
      Plus: tokens.default(300),
    })
    .prefault({}),
  fabric: tokens.default(100),
  /** Added where the result is to be enlarged. */
  fabricUpscale: tokens.default(100),
  sketchtodress: tokens.default(100),
  /** How many tokens one credit of the ledger comes to. */
  tokensPerCredit: z.int().min(1).max(1000).default(100),
});
export type VistourePrices = z.infer<typeof vistourePricesSchema>;
