import { afterAll, describe, expect, it } from 'vitest';
import { drawGarmentPhoto } from '../test/garments.ts';
import { cutOut } from './cut-out.ts';
import { openNets } from './nets/open-nets.ts';

const nets = openNets();
afterAll(() => nets.close());

describe('cutting out a product', () => {
  it('keeps the product, drops backdrop and shadow, and frees the edge of the backdrop', async () => {
    const drawn = await drawGarmentPhoto({ cloth: '#16325c', backdrop: '#ffffff' });
    const { alpha, colours, confidence } = await cutOut(drawn.image, nets);
    let both = 0;
    let either = 0;
    let seen = 0;
    let bright = 0;
    for (let i = 0; i < alpha.data.length; i++) {
      both += Math.min(alpha.data[i], drawn.share.data[i]);
      either += Math.max(alpha.data[i], drawn.share.data[i]);
      seen += alpha.data[i];
      if (colours.data[i * 3] > 90) bright += alpha.data[i];
    }
    expect(both / either).toBeGreaterThan(0.97);
    expect(bright / seen).toBeLessThan(0.002);
    expect(confidence).toBeGreaterThan(0.7);
  });

  it('is unsure of a picture without a subject', async () => {
    const data = new Uint8Array(200 * 150 * 3).fill(180);
    const { confidence } = await cutOut({ width: 200, height: 150, data }, nets);
    expect(confidence).toBeLessThan(0.2);
  });
});
