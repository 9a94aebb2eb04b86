import { z } from 'zod';
import { credits } from './amount.ts';

/** Credits a picture: none, unless an operator asks for some. */
export const selfiePricesSchema = z.strictObject({ generateImage: credits.default(0) });
export type SelfiePrices = z.infer<typeof selfiePricesSchema>;
