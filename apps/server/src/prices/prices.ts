import { z } from 'zod';
import { autotoonPricesSchema } from './autotoon.ts';
import { fashnPricesSchema } from './fashn.ts';
import { selfiePricesSchema } from './selfie.ts';
import { toilePricesSchema } from './toile.ts';
import { vistourePricesSchema } from './vistoure.ts';

/** What every dialect asks for, as a price file may write it: whatever it leaves out keeps its default, and a word it does not know is refused. */
export const pricesSchema = z.strictObject({
  fashn: fashnPricesSchema.prefault({}),
  autotoon: autotoonPricesSchema.prefault({}),
  vistoure: vistourePricesSchema.prefault({}),
  selfie: selfiePricesSchema.prefault({}),
  toile: toilePricesSchema.prefault({}),
});
export type Prices = z.infer<typeof pricesSchema>;

export const defaultPrices: Prices = pricesSchema.parse({});

/** The table of a price file, or a sentence that says where it is wrong. */
export function parsePrices(
  text: string,
): { readonly ok: true; readonly prices: Prices } | { readonly ok: false; readonly fault: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, fault: 'must hold JSON' };
  }
  const parsed = pricesSchema.safeParse(json);
  if (parsed.success) return { ok: true, prices: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  return {
    ok: false,
    fault: `must hold prices${place === '' ? '' : `; ${place}`}: ${issue?.message ?? 'unreadable'}`,
  };
}
