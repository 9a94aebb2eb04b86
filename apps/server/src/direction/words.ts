/**
 * A caller's words as they may stand in a prompt of ours: one line, valid Unicode, and free of every kind of double
 * quote, so that nothing in them can end the quotation they stand in or begin a line of its own.
 */
export function tamed(words: string): string {
  return (
    words
      .toWellFormed()
      .normalize('NFC')
      // Control and format characters too: a bidirectional override would let words appear elsewhere than they stand.
      .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
      .replaceAll(/["\u201c-\u201f\u00ab\u00bb\u2033\u2036\u275d\u275e\u301d-\u301f\uff02]/gu, "'")
      .trim()
  );
}

/** Splits at commas and drops what was said before, here or in `seen`; `seen` learns what is new. */
export function freshPhrases(words: string, seen: Set<string>): string[] {
  return words
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => {
      const key = phrase.toLowerCase();
      if (key === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}
