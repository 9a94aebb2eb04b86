import type { RequestHeaders } from '../dialects/dialect.ts';

/** What is wrong with the headers of a JSON body, in words for the client; null when nothing is. No type at all is taken for JSON. */
export function contentTypeFault(headers: RequestHeaders): string | null {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    return `Content-Encoding ${quoted(encoding)} is not accepted; send the body as it is.`;
  }
  const type = headers['content-type'];
  if (type === undefined) return null;
  if (typeof type !== 'string') return 'Content-Type must be given once.';
  const [media = '', ...parameters] = type
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (!/^application\/(?:[\w.+-]+\+)?json$/.test(media)) {
    return `Content-Type must be application/json; received ${quoted(media)}.`;
  }
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return charset === undefined || /^charset="?(?:utf-?8|us-ascii)"?$/.test(charset)
    ? null
    : 'The charset of the body must be utf-8.';
}

function quoted(value: string | readonly string[]): string {
  return JSON.stringify(String(value).slice(0, 80));
}
