import { classifyImageString, decodeInlineImage } from '../../capabilities/image-string.ts';
import type { ImageSource } from '../../capabilities/image-source.ts';
import type { InboundBody } from '../dialect.ts';
import type { InlinePictures } from '../inline-pictures.ts';
import { pictureForms, shown } from './fields.ts';
import { accept, refuse } from './refusal.ts';
import type { Parsed } from './refusal.ts';

/** Signed addresses of large clouds come to some 2,000 characters. */
const longestAddress = 8192;

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Turns the picture strings among the inputs into sources. Inputs that are null, and pictures that are empty, count as left out.
 * A string that is no picture in any form is passed on as an address: to load it is intake's business, and what can not
 * be loaded fails the prediction, as FASHN does.
 */
export function readImages(
  inputs: Inputs,
  names: readonly string[],
  pictures: InboundBody['pictures'],
  inline: InlinePictures,
): Parsed<Inputs> {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (value === null || value === undefined) continue;
    if (!names.includes(name)) {
      if (typeof value === 'string' && pictures.has(value)) {
        return refuse(`inputs.${name} must not be a picture.`);
      }
      read[name] = value;
      continue;
    }
    if (value === '') continue;
    if (typeof value !== 'string') return refuse(notAPicture(name, value));
    const source = sourceOf(name, value, pictures, inline);
    if (!source.ok) return source;
    read[name] = source.value;
  }
  return accept(read);
}

function notAPicture(name: string, value: unknown): string {
  return `inputs.${name} must be ${pictureForms}; received ${shown(value)}.`;
}

function sourceOf(
  name: string,
  text: string,
  pictures: InboundBody['pictures'],
  inline: InlinePictures,
): Parsed<ImageSource> {
  const taken = pictures.get(text);
  if (taken !== undefined) return inlineSource(name, taken, inline);
  const image = classifyImageString(text);
  switch (image.form) {
    case 'saved':
      return refuse(
        `inputs.${name} names the saved model ${shown(image.name)}, which this account does not have; ` +
          'send the address or the base64 data of a picture.',
      );
    case 'data-uri':
    case 'base64':
      return inlineSource(name, decodeInlineImage(text) ?? new Uint8Array(), inline);
    case 'address':
    case 'unknown':
      return addressSource(name, text);
  }
}

function inlineSource(
  name: string,
  bytes: Uint8Array,
  inline: InlinePictures,
): Parsed<ImageSource> {
  return bytes.byteLength === 0
    ? refuse(`inputs.${name} holds no image data after its data URI prefix.`)
    : accept(inline.add(bytes));
}

function addressSource(name: string, text: string): Parsed<ImageSource> {
  if (text.length > longestAddress) {
    return refuse(
      `inputs.${name} is neither base64 image data nor an address of at most ${longestAddress} characters.`,
    );
  }
  const url = URL.canParse(text)
    ? new URL(text).href
    : text.toWellFormed().replaceAll('\u0000', '\u{FFFD}');
  return accept({ from: 'url', url });
}
