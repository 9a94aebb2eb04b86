import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJson } from './json-reply.ts';

const jsonOf = async (body: unknown): Promise<string> => {
  const json = toJson(body);
  return typeof json === 'string' ? json : await text(json);
};

describe('toJson', () => {
  it('writes what JSON.stringify writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await jsonOf(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('streams large pictures in pieces, with the same text', async () => {
    const picture = `data:image/png;base64,${'QUJD'.repeat(300_000)}`;
    const body = { id: 'x', status: 'completed', output: [picture, 'small', picture], error: null };
    const json = toJson(body);
    expect(typeof json).toBe('object');
    expect(await jsonOf(body)).toBe(JSON.stringify(body));
  });

  it('is not misled by strings that look like its own marks, or by large texts with quotes', async () => {
    const tricky = { a: '\u0000large:0', b: `data:"${'x'.repeat(600_000)}`, c: '$&"large:1"' };
    expect(await jsonOf(tricky)).toBe(JSON.stringify(tricky));
    const picture = `data:image/png;base64,${'QUJD'.repeat(100_000)}`;
    expect(await jsonOf({ ...tricky, picture })).toBe(JSON.stringify({ ...tricky, picture }));
  });
});
