import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyImageString, decodeInlineImage } from './image-string.ts';

const long = 'QUJD'.repeat(12);

describe('image strings', () => {
  it.each([
    ['https://example.com/a.png', 'address'],
    ['HTTP://example.com/a.png', 'address'],
    [`data:image/jpg;base64,${long}`, 'data-uri'],
    ['data:image/png;base64,', 'data-uri'],
    ['data:image/svg+xml,%3Csvg%3E', 'data-uri'],
    [`data:${'x'.repeat(300)},`, 'unknown'],
    ['saved:Anna', 'saved'],
    [long, 'base64'],
    [`${long.slice(2)}==`, 'base64'],
    ['picture.png', 'unknown'],
    ['ftp://example.com/a.png', 'unknown'],
    ['//example.com/a.png', 'unknown'],
    ['', 'unknown'],
  ])('takes %s for %s', (text, form) => {
    expect(classifyImageString(text).form).toBe(form);
  });

  it('gives back the bytes that were written in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 36, maxLength: 200 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        const percent = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`);
        for (const text of [
          buffer.toString('base64'),
          buffer.toString('base64url'),
          `data:image/png;base64,${buffer.toString('base64')}`,
          `data:image/png,${percent.join('')}`,
        ]) {
          expect(Buffer.from(decodeInlineImage(text) ?? []).equals(buffer)).toBe(true);
        }
      }),
    );
  });

  it('judges a megabyte of blanks in a moment', () => {
    const before = performance.now();
    classifyImageString(`${'A'.repeat(64)}${' '.repeat(1_000_000)}!`);
    expect(performance.now() - before).toBeLessThan(100);
  });
});
