import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { drawGarmentPhoto } from '../../../test/garments.ts';
import { overlap } from '../../../test/overlap.ts';
import { openNets } from '../../nets/open-nets.ts';
import { boxAround, cutImage, cutPlane } from '../../pixels/cut.ts';
import { type RgbImage, threshold } from '../../pixels/image.ts';
import { findGarmentMatte, type GarmentMatte } from './garment-matte.ts';
import { withoutMat } from './mat.ts';
import { objectSaliency } from './object-saliency.ts';

const nets = openNets();
afterAll(() => nets.close());

async function cutOut(image: RgbImage): Promise<GarmentMatte> {
  const picture = withoutMat(image);
  return findGarmentMatte(picture, await objectSaliency(picture, nets));
}

/** The picture between bars of one colour, and where it lies in the result. */
async function inMat(
  { width, height, data }: RgbImage,
  background: string,
): Promise<{
  image: RgbImage;
  place: { left: number; top: number; width: number; height: number };
}> {
  const [left, top] = [60, 40];
  const framed = await sharp(data, { raw: { width, height, channels: 3 } })
    .extend({ left, right: left, top, bottom: top, background })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    image: { width: framed.info.width, height: framed.info.height, data: framed.data },
    place: { left, top, width, height },
  };
}

describe('cutting a garment from its backdrop', () => {
  it('finds a garment that fills its frame', async () => {
    const drawn = await drawGarmentPhoto({ cloth: '#e8dfc8', print: true, backdrop: '#ffffff' });
    const box = boxAround(threshold(drawn.share, 0.5), 2);
    if (!box) throw new Error('nothing was drawn');
    const { matte, confidence } = await cutOut(cutImage(drawn.image, box));
    expect(overlap(matte, cutPlane(drawn.share, box))).toBeGreaterThan(0.97);
    expect(confidence).toBeGreaterThan(0.9);
  });

  it('sees through the mat that a photo was set into', async () => {
    const drawn = await drawGarmentPhoto({ pattern: 'stripes', backdrop: '#eeebe6' });
    const { image, place } = await inMat(drawn.image, '#ffffff');
    const { matte } = await cutOut(image);
    expect(overlap(cutPlane(matte, place), drawn.share)).toBeGreaterThan(0.97);
  });

  it('takes no shadow, no garment and no even backdrop for a mat', async () => {
    for (const drawing of [{}, { sleeves: 'none' }, { body: 'skirt', sleeves: 'none' }] as const) {
      const { image } = await drawGarmentPhoto(drawing);
      expect(withoutMat(image)).toBe(image);
    }
  });

  it('doubts what it found where marks of burnt-out cloth are left beside it', async () => {
    const { image } = await drawGarmentPhoto({ backdrop: '#ffffff', shadow: 0 });
    const { width, height } = image;
    const burnt = image.data.map((value, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      const print = y > 0.5 * height && y < 0.75 * height;
      const label = Math.abs(x - width / 2) < 20 && y > 0.3 * height && y < 0.34 * height;
      return print || label ? value : 255;
    });
    const { mask, confidence } = await cutOut({ width, height, data: burnt });
    expect(mask.data[Math.round(0.6 * height) * width + width / 2]).toBe(1);
    expect(confidence).toBeLessThan(0.8);
  });
});
