import type { ImageSource } from '../capabilities/image-source.ts';
import { classifyImageString, decodeInlineImage } from '../capabilities/image-string.ts';
import type { InboundBody } from './dialect.ts';
import { shown } from './fields.ts';
import { createInlinePictures } from './inline-pictures.ts';
import type { InlinePictures } from './inline-pictures.ts';
import { accept, refuse } from './parsed.ts';
import type { Parsed } from './parsed.ts';

/** Signed addresses of large clouds come to some 2,000 characters. */
const longestAddress = 8192;

/** Turns the strings that a request has for pictures into sources. */
export interface PictureReader {
  /** What came inside the request and was read so far. */
  readonly inline: InlinePictures;
  /**
   * A string that is no picture in any form is passed on as an address: to load it is intake's business, and what can not be
   * loaded fails the job.
   *
   * @param field as a message names it
   */
  read(field: string, text: string): Parsed<ImageSource>;
}

/** The pictures of an account's roster, by the name of their model. */
export type SavedPictures = ReadonlyMap<string, ImageSource>;

export function createPictureReader(
  pictures: InboundBody['pictures'],
  saved: SavedPictures = new Map(),
): PictureReader {
  const inline = createInlinePictures();
  const inlineSource = (field: string, bytes: Uint8Array): Parsed<ImageSource> =>
    bytes.byteLength === 0
      ? refuse(`${field} holds no image data after its data URI prefix.`)
      : accept(inline.add(bytes));

  return {
    inline,
    read(field, text) {
      const taken = pictures.get(text);
      if (taken !== undefined) return inlineSource(field, taken);
      const image = classifyImageString(text);
      switch (image.form) {
        case 'saved':
          return savedSource(field, image.name, saved);
        case 'data-uri':
        case 'base64':
          return inlineSource(field, decodeInlineImage(text) ?? new Uint8Array());
        case 'address':
        case 'unknown':
          return addressSource(field, text);
      }
    },
  };
}

function savedSource(field: string, name: string, saved: SavedPictures): Parsed<ImageSource> {
  const source = saved.get(name);
  return source === undefined
    ? refuse(
        `${field} names the saved model ${shown(name)}, which this account does not have; ` +
          'send the address or the base64 data of a picture.',
      )
    : accept(source);
}

function addressSource(field: string, text: string): Parsed<ImageSource> {
  if (text.length > longestAddress) {
    return refuse(
      `${field} is neither base64 image data nor an address of at most ${longestAddress} characters.`,
    );
  }
  const url = URL.canParse(text)
    ? new URL(text).href
    : text.toWellFormed().replaceAll('\u0000', '\u{FFFD}');
  return accept({ from: 'url', url });
}

/**
 * Reads the pictures of a request one after the other and remembers the first that is none. Until `fault` was looked at, what was
 * taken is not to be believed.
 */
export interface PictureTaker {
  readonly inline: InlinePictures;
  /** A sentence that names the field, or null. */
  readonly fault: string | null;
  take(field: string, text: string): ImageSource;
  /** Nothing given, and an empty text, are no picture. */
  takeIfGiven(field: string, text: string | undefined): ImageSource | undefined;
}

export function createPictureTaker(
  pictures: InboundBody['pictures'],
  saved?: SavedPictures,
): PictureTaker {
  const reader = createPictureReader(pictures, saved);
  let fault: string | null = null;
  const take = (field: string, text: string): ImageSource => {
    const source = reader.read(field, text);
    if (source.ok) return source.value;
    fault ??= source.failure;
    return { from: 'url', url: '' };
  };
  return {
    inline: reader.inline,
    get fault() {
      return fault;
    },
    take,
    takeIfGiven: (field, text) =>
      text === undefined || text === '' ? undefined : take(field, text),
  };
}

/**
 * The first text of a checked body that is a picture although its field is for words: pictures were taken out of the body
 * before anybody knew which field they stand in. Null when there is none.
 */
export function misplacedPicture(
  fields: object,
  pictures: InboundBody['pictures'],
  pictureFields: ReadonlySet<string>,
): string | null {
  if (pictures.size === 0) return null;
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    if (pictureFields.has(name)) continue;
    if (typeof value === 'string' && pictures.has(value)) return `${name} must not be a picture.`;
    if (typeof value === 'object' && value !== null) {
      const inside = misplacedPicture(value, pictures, pictureFields);
      if (inside !== null) return `${Array.isArray(fields) ? '' : `${name}.`}${inside}`;
    }
  }
  return null;
}
