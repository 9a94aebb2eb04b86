import { fail, type Failure } from '../failures/failure.ts';
import type { FetchProblem } from './fetch-guard.ts';
import { maxFileBytes, maxMegapixels } from './limits.ts';

type Refusal = { readonly ok: false; readonly failure: Failure };

const takenFormats = 'Use JPEG, PNG, WebP, AVIF or GIF.';

/** How a message calls an input: `model` is the 'model image', `image` just the 'image'. */
export const subjectOf = (inputName: string): string =>
  inputName === 'image' ? 'image' : `${inputName} image`;

const unreadable = (subject: string, reason: string): Refusal =>
  fail('input-unreadable', `Error loading ${subject}: ${reason}`);

const unreachable = (subject: string, reason: string, retry: 'never' | 'later'): Refusal =>
  fail('input-unreachable', `Error loading ${subject}: ${reason}`, retry);

export const refuse = {
  invalidUrl: (subject: string) => unreachable(subject, 'Invalid URL format', 'never'),
  unresolved: (subject: string, problem: FetchProblem) => {
    switch (problem.kind) {
      case 'invalid-url':
        return refuse.invalidUrl(subject);
      case 'forbidden-address':
        return unreachable(
          subject,
          'The URL does not lead to a public address. Use a publicly reachable URL or send the image as base64.',
          'never',
        );
      case 'unknown-host':
        return unreachable(subject, "The URL's host was not found.", 'never');
      case 'unreachable':
        return unreachable(subject, 'The URL could not be reached.', 'later');
      case 'aborted':
        return unreachable(subject, 'The URL took too long to answer.', 'later');
    }
  },
  status: (subject: string, status: number) =>
    unreachable(
      subject,
      `The URL answered with HTTP status ${status}. Check that it is public and still valid.`,
      status >= 500 || status === 429 || status === 408 ? 'later' : 'never',
    ),
  tooManyRedirects: (subject: string) =>
    unreachable(subject, 'The URL redirects too many times.', 'never'),
  brokeOff: (subject: string) =>
    unreachable(subject, 'The connection broke off before the whole image had arrived.', 'later'),
  tooSlow: (subject: string, seconds: number) =>
    unreachable(subject, `The image did not arrive within ${seconds} seconds.`, 'later'),
  tooLarge: (subject: string) =>
    unreadable(
      subject,
      `The file is larger than ${maxFileBytes / (1024 * 1024)} MB. Send a smaller one.`,
    ),
  /** `contentType` is what the URL's server claimed; null for pictures that came inside a request. */
  noImage: (subject: string, contentType: string | null) => {
    if (contentType === null)
      return unreadable(subject, `The data is not an image. ${takenFormats}`);
    return /^\s*image\//i.test(contentType)
      ? unreadable(subject, `The URL's content is not an image. ${takenFormats}`)
      : unreadable(
          subject,
          `The URL's Content-Type is not an image. Content-Type: ${shortened(contentType)}`,
        );
  },
  format: (subject: string, format: string) =>
    unreadable(subject, `${format} files are not supported. ${takenFormats}`),
  tooManyPixels: (subject: string, width: number, height: number) =>
    unreadable(
      subject,
      `The image has ${width} x ${height} pixels, more than ${maxMegapixels} megapixels. Send a smaller one.`,
    ),
  damaged: (subject: string) => unreadable(subject, 'The file is damaged or cut short.'),
  empty: (subject: string) => unreadable(subject, 'The file is empty.'),
  gone: (subject: string) =>
    unreachable(subject, 'It does not exist or is no longer available.', 'never'),
};

/** A header's text as it may stand in a message: printable, and no longer than a content type ever is. */
const shortened = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').slice(0, 100);
