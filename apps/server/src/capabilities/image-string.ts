/**
 * What a string given for a picture is, judged by its form alone. Nothing is decoded, fetched or believed here:
 * whether the bytes are a picture is found out by intake.
 */
export type ImageString =
  | { readonly form: 'address'; readonly url: string }
  /** `from` is the place of the first payload character; `base64` false means percent-encoded. */
  | { readonly form: 'data-uri'; readonly from: number; readonly base64: boolean }
  | { readonly form: 'base64' }
  /** `saved:NAME`, a model of the account's roster. */
  | { readonly form: 'saved'; readonly name: string }
  | { readonly form: 'unknown' };

/** A data URI's header (`data:image/jpeg;base64,`) is short; a comma further away belongs to something else. */
const longestDataUriHeader = 256;
/** The smallest picture is some 35 bytes (GIF), 48 characters; shorter words are misspelt addresses, not pictures. */
const shortestBase64 = 48;
const base64Text = /^[A-Za-z0-9+/_=\s-]+$/;

/** Tells the four forms apart. Linear in the length of `text`. */
export function classifyImageString(text: string): ImageString {
  const scheme = text.slice(0, 8).toLowerCase();
  if (scheme.startsWith('http://') || scheme.startsWith('https://')) {
    return { form: 'address', url: text };
  }
  if (scheme.startsWith('data:')) return classifyDataUri(text);
  if (scheme.startsWith('saved:')) return { form: 'saved', name: text.slice('saved:'.length) };
  if (text.length >= shortestBase64 && base64Text.test(text)) return { form: 'base64' };
  return { form: 'unknown' };
}

function classifyDataUri(text: string): ImageString {
  const comma = text.slice(0, longestDataUriHeader).indexOf(',');
  if (comma === -1) return { form: 'unknown' };
  const base64 = /;\s*base64\s*$/i.test(text.slice(0, comma));
  return { form: 'data-uri', from: comma + 1, base64 };
}

/** The bytes of an inline picture, or null when `text` is none. Base64 is read as leniently as Node does: both alphabets, line breaks, no padding. */
export function decodeInlineImage(text: string): Uint8Array | null {
  const image = classifyImageString(text);
  switch (image.form) {
    case 'data-uri':
      return image.base64
        ? Buffer.from(text.slice(image.from), 'base64')
        : percentDecode(text.slice(image.from));
    case 'base64':
      return Buffer.from(text, 'base64');
    case 'address':
    case 'saved':
    case 'unknown':
      return null;
  }
}

function percentDecode(text: string): Uint8Array {
  const plain = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}
