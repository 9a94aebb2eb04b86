/** Digits and signs that people write in place of letters. */
const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

/**
 * Text as the word rules read it: compatibility forms unfolded, accents dropped, lower case, look-alike signs inside
 * words turned back into letters, letters spelled out with single separators drawn together, everything else a space.
 */
export function normalise(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain.replaceAll(/[\p{L}\d@$]+/gu, (word) =>
    /\p{L}/u.test(word) ? word.replaceAll(/[013457@$]/g, (sign) => lookalikes[sign] ?? sign) : word,
  );
  const spelledOut = words.replaceAll(/\b\p{L}(?:[\s._*-]\p{L}){2,}\b/gu, (run) =>
    run.replaceAll(/[^\p{L}]/gu, ''),
  );
  return spelledOut.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
