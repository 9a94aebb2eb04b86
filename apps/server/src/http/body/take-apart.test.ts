import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeApart } from './take-apart.ts';
import type { TakenApart, TakeApartResult } from './take-apart.ts';

const options = { nonce: 'n0nce', textLimitBytes: 1024 * 1024 };
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function taken(result: TakeApartResult): TakenApart {
  if (!result.ok) throw new Error(result.failure.kind);
  return result.value;
}

const picture = Buffer.from(
  Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 256),
);
const base64 = picture.toString('base64');

describe('takeApart', () => {
  it('leaves a body without large pictures as it is', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const apart = taken(takeApart(bytesOf(json), options));
        expect(apart.text).toBe(json);
        expect(apart.pictures).toEqual([]);
        expect(apart.sha256).toBe(createHash('sha256').update(json).digest('hex'));
      }),
    );
  });

  it('takes out every large picture wherever it stands, and nothing else', () => {
    const form = fc.constantFrom(base64, `data:image/png;base64,${base64}`);
    const leaf = fc.oneof(fc.string({ unit: 'binary' }), form, fc.constant('"\\"quoted\\\\'));
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('node'), { maxKeys: 3 }),
      ),
    })).node;
    fc.assert(
      fc.property(tree, fc.boolean(), (value, phpSlashes) => {
        const json = JSON.stringify(value);
        const sent = phpSlashes ? json.replaceAll('/', '\\/') : json;
        const { text, pictures } = taken(takeApart(bytesOf(sent), options));
        const back = new Map(pictures.map(({ placeholder, bytes }) => [placeholder, bytes]));
        expect(pictures.every(({ bytes }) => picture.equals(bytes))).toBe(true);
        const restored: unknown = JSON.parse(text, (_, item: unknown) =>
          typeof item === 'string' && back.has(item) ? '<picture>' : item,
        );
        const expected: unknown = JSON.parse(
          json
            .replaceAll(`data:image/png;base64,${base64}`, '<picture>')
            .replaceAll(base64, '<picture>'),
        );
        expect(restored).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('reads line breaks and the URL alphabet in base64', () => {
    const wrapped = JSON.stringify(base64.replaceAll(/.{76}/g, '$&\r\n'));
    const url = JSON.stringify(picture.toString('base64url'));
    for (const json of [wrapped, url]) {
      const { pictures } = taken(takeApart(bytesOf(json), options));
      expect(pictures.map(({ bytes }) => Buffer.from(bytes).equals(picture))).toEqual([true]);
    }
  });

  it('hands out pictures on buffers of their own, so that threads can pass them on', () => {
    const [first] = taken(takeApart(bytesOf(JSON.stringify([base64])), options)).pictures;
    expect(first?.bytes.buffer.byteLength).toBe(first?.bytes.byteLength);
  });

  it.each([
    ['text', 'no! '.repeat(300_000)],
    ['digits', '0'.repeat(2_000_000)],
    ['quotes', '"'.repeat(4_000_000)],
    ['escaped quotes', `"${'\\"'.repeat(4_000_000)}"`],
    ['backslashes', `"${'\\'.repeat(8_000_000)}"`],
    ['brackets', '['.repeat(2_000_000)],
    ['an open string', `"${'A'.repeat(2_000_000)}`],
    ['pictures too many', JSON.stringify(Array.from({ length: 40_000 }, () => 'AAAA'.repeat(10)))],
  ])('gives up on %s beyond the limit for text within a second', (_, body) => {
    const before = performance.now();
    const result = takeApart(bytesOf(body), options);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'too-much-text' } });
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it('refuses text that is not UTF-8, and skips a byte order mark', () => {
    expect(takeApart(Uint8Array.of(0x22, 0xc3, 0x28, 0x22), options)).toMatchObject({
      failure: { kind: 'not-utf8' },
    });
    expect(taken(takeApart(bytesOf('\ufeff{}'), options)).text).toBe('{}');
  });
});
