import { describe, expect, it } from 'vitest';
import { defaultPrices, parsePrices } from './prices.ts';

describe('prices', () => {
  it('are the published ones unless a file says otherwise', () => {
    expect(defaultPrices).toMatchObject({
      fashn: { picture: { quality: { '4k': 5 } }, faceReference: 3, video: { '1080p': 6 } },
      autotoon: {
        generate: { 'gemini-3-pro-image-preview': 3, 'bytedance/seedream-4.5': 1 },
        video: 10,
      },
      vistoure: { tryon: { Turbo: 100 } },
      selfie: { generateImage: 0 },
    });
  });

  it('change where a file names them, and nowhere else', () => {
    const read = parsePrices(
      '{"selfie":{"generateImage":0.5},"fashn":{"picture":{"fast":{"1k":9}}}}',
    );
    expect(read).toEqual({
      ok: true,
      prices: {
        ...defaultPrices,
        selfie: { generateImage: 0.5 },
        fashn: {
          ...defaultPrices.fashn,
          picture: { ...defaultPrices.fashn.picture, fast: { '1k': 9, '2k': 2, '4k': 3 } },
        },
      },
    });
  });

  it.each([
    ['no json', '{', 'must hold JSON'],
    ['a misspelt name', '{"autotoon":{"upscael":3}}', 'autotoon'],
    ['a negative price', '{"selfie":{"generateImage":-1}}', 'selfie.generateImage'],
    ['too fine a price', '{"selfie":{"generateImage":0.0005}}', 'selfie.generateImage'],
    ['a part of a token', '{"vistoure":{"fabric":1.5}}', 'vistoure.fabric'],
  ])('are refused for %s', (_, text, fault) => {
    expect(parsePrices(text)).toEqual({ ok: false, fault: expect.stringContaining(fault) });
  });
});
