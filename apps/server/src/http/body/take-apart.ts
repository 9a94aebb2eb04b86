import { hash } from 'node:crypto';
import { classifyImageString, decodeInlineImage } from '../../capabilities/image-string.ts';

/** A JSON body in two parts: what is text, and the pictures that were written into it. */
export interface TakenApart {
  /** The JSON text with every large picture replaced by a placeholder string. */
  readonly text: string;
  readonly pictures: readonly TakenPicture[];
  readonly sha256: string;
}

export interface TakenPicture {
  readonly placeholder: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type BodyFault =
  | { readonly kind: 'not-utf8' }
  /** What is left without its pictures is larger than any request needs. */
  | { readonly kind: 'too-much-text'; readonly limitBytes: number };

export type TakeApartResult =
  | { readonly ok: true; readonly value: TakenApart }
  | { readonly ok: false; readonly failure: BodyFault };

export interface TakeApartOptions {
  /** Unguessable for the client, so that no string it sends can pass for a placeholder. */
  readonly nonce: string;
  /** The most that may be left as text, in bytes: it is parsed on the main thread. */
  readonly textLimitBytes: number;
}

/** Shorter strings stay where they are: they cost nothing, and no prompt of allowed length comes near. */
const smallestTakenString = 16 * 1024;
const quote = 0x22;
const backslash = 0x5c;

/**
 * Takes the pictures out of a JSON body. Pure, and the same on the main thread (small bodies) and off it (large ones).
 * Works on bytes, from quote to quote, so that a picture of 30 MB is never a JavaScript string that JSON.parse has to build;
 * whether the text is JSON at all is found out afterwards, by JSON.parse.
 */
export function takeApart(
  body: Uint8Array<ArrayBuffer>,
  options: TakeApartOptions,
): TakeApartResult {
  const source = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const pictures: TakenPicture[] = [];
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  const keep = (bytes: Uint8Array): boolean => {
    kept.push(bytes);
    keptBytes += bytes.byteLength;
    return keptBytes <= options.textLimitBytes;
  };
  const tooMuch: TakeApartResult = {
    ok: false,
    failure: { kind: 'too-much-text', limitBytes: options.textLimitBytes },
  };

  let keptUpTo = 0;
  let position = 0;
  for (;;) {
    const opening = source.indexOf(quote, position);
    if (opening === -1) break;
    const closing = closingQuote(source, opening + 1, options.textLimitBytes);
    if (closing === null) return tooMuch;
    if (closing === -1) break;
    position = closing + 1;
    const bytes = pictureBytes(source.subarray(opening + 1, closing));
    if (bytes !== null) {
      const placeholder = `picture:${options.nonce}:${pictures.length}`;
      pictures.push({ placeholder, bytes });
      if (!keep(source.subarray(keptUpTo, opening))) return tooMuch;
      if (!keep(Buffer.from(`"${placeholder}"`, 'latin1'))) return tooMuch;
      keptUpTo = position;
    } else if (position - keptUpTo + keptBytes > options.textLimitBytes) return tooMuch;
  }
  if (!keep(source.subarray(keptUpTo))) return tooMuch;

  const text = decodeUtf8(Buffer.concat(kept));
  if (text === null) return { ok: false, failure: { kind: 'not-utf8' } };
  return { ok: true, value: { text, pictures, sha256: hash('sha256', source, 'hex') } };
}

/**
 * The place of the quote that ends a string; -1 when the body ends first; null when the string is full of escaped quotes
 * and longer than all text may be - such a string is no picture, and to read on would only cost time.
 */
function closingQuote(source: Buffer, from: number, textLimitBytes: number): number | null {
  let place = source.indexOf(quote, from);
  while (place !== -1 && isEscaped(source, place, from)) {
    if (place - from > textLimitBytes) return null;
    place = source.indexOf(quote, place + 1);
  }
  return place;
}

function isEscaped(source: Buffer, place: number, from: number): boolean {
  let first = place;
  while (first > from && source[first - 1] === backslash) first -= 1;
  return (place - first) % 2 === 1;
}

/** The decoded picture of a large string, or null when the string is small or no picture. */
function pictureBytes(string: Buffer): Uint8Array<ArrayBuffer> | null {
  if (string.byteLength < smallestTakenString) return null;
  const start = string.subarray(0, 512).toString('latin1');
  const looksInline =
    start.slice(0, 5).toLowerCase() === 'data:' || /^[A-Za-z0-9+/_=\\-]{64}/.test(start);
  if (!looksInline) return null;
  const text = string.includes(backslash) ? unescape(string) : string.toString('latin1');
  if (text === null) return null;
  const form = classifyImageString(text).form;
  if (form !== 'data-uri' && form !== 'base64') return null;
  const bytes = decodeInlineImage(text);
  return bytes === null ? null : onOwnBuffer(bytes);
}

/** PHP writes `\/` for every slash, mail libraries break lines with `\n`. */
function unescape(string: Buffer): string | null {
  try {
    const text: unknown = JSON.parse(`"${string.toString('latin1')}"`);
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

/** A buffer of its own can be handed from thread to thread without a copy; a slice of Node's pool can not. */
function onOwnBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength) {
    return new Uint8Array(bytes.buffer);
  }
  return Uint8Array.from(bytes);
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
