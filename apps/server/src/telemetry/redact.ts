/** Fields whose values are secrets, a client's words or pictures, whatever they look like. Compared in small letters without `_` and `-`. */
const privateFields = new Set([
  'authorization',
  'cookie',
  'setcookie',
  'xapikey',
  'apikey',
  'key',
  'secret',
  'password',
  'token',
  'signature',
  'databaseurl',
  'connectionstring',
  'prompt',
  'negativeprompt',
  'body',
  'json',
  'headers',
  'query',
  'search',
  'params',
  'parameters',
  'images',
  'pictures',
  'image',
  'pixels',
  'data',
  'request',
  'inputs',
  'webhookurl',
  'rawurl',
  'detail',
  'where',
]);

const removed = '[removed]';
const longestText = 1_000;
const deepest = 5;

/** A copy that is fit for a log. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null)
    return typeof value === 'bigint' ? String(value) : value;
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value;
  if (value instanceof URL) return redactText(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= deepest) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, 50).map((entry) => redactValue(entry, depth + 1));
  return redactRecord(value, depth);
}

export function redactRecord(record: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      isPrivate(name) && value !== null && value !== undefined
        ? removed
        : redactValue(value, depth + 1),
    ]),
  );
}

const isPrivate = (name: string): boolean =>
  privateFields.has(name.toLowerCase().replaceAll(/[_-]/g, ''));

/**
 * Only what helps to find the place. Libraries hang requests, SQL parameters and rows on their errors; and the stack
 * repeats the message, so that its frames alone are kept.
 */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const frames = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  return {
    type: error.name,
    message: redactText(error.message),
    ...('code' in error && { code: redactValue(error.code, deepest) }),
    ...(frames && { stack: frames.join('\n') }),
    ...(error.cause !== undefined &&
      depth < deepest && { cause: redactValue(error.cause, depth + 1) }),
  };
}

const replacements: readonly (readonly [RegExp, string])[] = [
  // The SQL library writes the values of a failed statement into its message.
  [/\bparams: [\s\S]*$/, `params: ${removed}`],
  [/data:[\w.+-]+\/[\w.+-]+[;,][^\s"']*/g, `data:${removed}`],
  [/\b(Bearer|Basic)\s+[^\s"',]+/gi, `$1 ${removed}`],
  [/(\w:\/\/)[^\s/@"']+@/g, `$1${removed}@`],
  [/([\w%.~:/-]+)\?[\w%.~-]+=[^\s"']*/g, `$1?${removed}`],
  [/\bf[at]-[0-9a-f]{12}-\w+/g, removed],
  [/\bwhsec_[\w+/=-]+/g, removed],
  // Base64 has slashes, which paths of files have too. It goes first: what comes next would leave the pieces between its longest.
  [/[A-Za-z0-9+/]{100,}={0,2}/g, removed],
  // Signatures and other secrets: longer than a UUID, and no word.
  [/[A-Za-z0-9_-]{40,}/g, removed],
];

/** Takes out of a text what has the form of a key, a signed address, a credential or image data. */
export function redactText(text: string): string {
  // What a match needs lies in the beginning of a huge text as well, and searching all of it would cost more than the log line.
  const short = text.length > longestText * 4 ? text.slice(0, longestText * 4) : text;
  const clean = replacements.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    short,
  );
  return clean.length > longestText ? `${clean.slice(0, longestText)} ...` : clean;
}
