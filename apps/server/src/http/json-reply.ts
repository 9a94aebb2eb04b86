import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

/** A string of this length is written piece by piece. */
const pieceCharacters = 256 * 1024;

/**
 * JSON text of an answer; a stream when it holds large strings (pictures as data URIs), so that no answer of
 * 100 MB is ever put together on the main thread.
 */
export function toJson(body: unknown): string | Readable {
  const large: string[] = [];
  const text = JSON.stringify(body, (_, value: unknown) => {
    if (typeof value !== 'string' || value.length < pieceCharacters || !isPlain(value))
      return value;
    large.push(value);
    return `${holeMark}${large.length - 1}`;
  });
  return large.length === 0 ? text : Readable.from(pieces(text, large), { objectMode: false });
}

/** Stands for a string that is written later; unguessable, so that nobody's text is taken for it. */
const holeMark = `large:${randomUUID()}:`;
const hole = new RegExp(`"${holeMark}(\\d+)"`);

/** Data URIs need no escapes in JSON, so they can be cut anywhere. */
function isPlain(text: string): boolean {
  return text.startsWith('data:') && text.indexOf('"') === -1 && text.indexOf('\\') === -1;
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
