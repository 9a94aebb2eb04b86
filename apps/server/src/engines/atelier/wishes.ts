import type { Wear } from '@toile/atelier';

/** What of a prompt the built-in engine follows, and the phrases that it does not understand. */
export interface Wishes {
  readonly wear: Wear;
  readonly unknown: readonly string[];
}

/** The ways of wearing that it can show, and the phrases that ask for them. */
const phrases: readonly { readonly says: RegExp; readonly wear: Wear }[] = [
  { says: /^tucked[ -]in$/, wear: { tucked: true } },
  { says: /^(?:untucked|not tucked[ -]in|worn out)$/, wear: { tucked: false } },
  { says: /^(?:slim|tight|close|fitted|snug)(?:[ -](?:fit|fitting))?$/, wear: { size: 's' } },
  { says: /^(?:regular|normal)(?:[ -]fit)?$/, wear: { size: 'm' } },
  { says: /^(?:loose|relaxed)(?:[ -](?:fit|fitting))?$/, wear: { size: 'l' } },
  { says: /^oversized?(?:[ -]fit)?$/, wear: { size: 'xl' } },
];

/** Words that carry no wish of their own: "a tucked-in shirt" asks for no more than "tucked-in". */
const empty = /\b(?:a|an|the|with|and|is|please|top|shirt|t-?shirt|tee|garment|it)\b/g;

/** Reads a prompt phrase by phrase; commas, full stops and semicolons part phrases. */
export function readWishes(prompt: string): Wishes {
  let wear: Wear = {};
  const unknown: string[] = [];
  for (const phrase of prompt.toLowerCase().split(/[,.;\n]+/)) {
    const plain = tidy(phrase);
    if (plain === '') continue;
    const known =
      phrases.find(({ says }) => says.test(plain)) ??
      phrases.find(({ says }) => says.test(tidy(plain.replace(empty, ' '))));
    if (known) wear = { ...wear, ...known.wear };
    else unknown.push(plain);
  }
  return { wear, unknown };
}

const tidy = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
