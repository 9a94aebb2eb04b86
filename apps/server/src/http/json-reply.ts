import { Readable } from 'node:stream';

/** Above this a JSON answer is written piece by piece. */
const streamFromCharacters = 512 * 1024;
const pieceCharacters = 256 * 1024;

/**
 * JSON text of an answer; a stream when it holds large strings (pictures as data URIs), so that no answer of
 * 100 MB is ever put together on the main thread.
 */
export function toJson(body: unknown): string | Readable {
  const large: string[] = [];
  let size = 0;
  const text = JSON.stringify(body, (_, value: unknown) => {
    if (typeof value !== 'string') return value;
    size += value.length;
    if (value.length < pieceCharacters || !isPlain(value)) return value;
    large.push(value);
    return `${holeMark}${large.length - 1}`;
  });
  return size < streamFromCharacters || large.length === 0
    ? refilled(text, large)
    : Readable.from(pieces(text, large), { objectMode: false });
}

/** Stands for a string that is written later. No string of ours begins with NUL. */
const holeMark = '\u0000large:';
const hole = /"\\u0000large:(\d+)"/;

/** Data URIs need no escapes in JSON, so they can be cut anywhere. */
function isPlain(text: string): boolean {
  return text.startsWith('data:') && text.indexOf('"') === -1 && text.indexOf('\\') === -1;
}

function refilled(text: string, large: readonly string[]): string {
  if (large.length === 0) return text;
  return text.replace(
    new RegExp(hole, 'g'),
    (_, index: string) => `"${large[Number(index)] ?? ''}"`,
  );
}

function* pieces(text: string, large: readonly string[]): Generator<Buffer> {
  for (const [index, part] of text.split(hole).entries()) {
    // `split` with a group puts the number of each hole at the odd places.
    const string = index % 2 === 1 ? large[Number(part)] : undefined;
    if (string === undefined) {
      yield Buffer.from(part);
      continue;
    }
    yield Buffer.from('"');
    for (let from = 0; from < string.length; from += pieceCharacters) {
      yield Buffer.from(string.slice(from, from + pieceCharacters), 'latin1');
    }
    yield Buffer.from('"');
  }
}
