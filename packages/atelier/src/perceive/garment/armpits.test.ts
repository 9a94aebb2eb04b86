import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPlane, type Plane, threshold } from '../../pixels/image.ts';
import { readOutline } from './outline.ts';
import { readTopOutline, type TopOutline } from './top-landmarks.ts';
import { findUpright } from './upright.ts';

const WIDTH = 800;
const HEIGHT = 900;
type Half = readonly (readonly [number, number])[];

/** A garment drawn by its right half about the middle of the picture, read as a top. */
async function read(half: Half): Promise<TopOutline> {
  const right = half.map(([x, y]) => `${WIDTH / 2 + x},${y}`);
  const left = half.map(([x, y]) => `${WIDTH / 2 - x},${y}`).toReversed();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><polygon points="${[...right, ...left].join(' ')}" fill="#fff"/></svg>`;
  const drawn = await sharp(Buffer.from(svg)).extractChannel('alpha').raw().toBuffer();
  const matte: Plane = createPlane(WIDTH, HEIGHT);
  for (let i = 0; i < matte.data.length; i++) matte.data[i] = drawn[i] / 255;
  const outline = readOutline(matte, findUpright(threshold(matte, 0.5)));
  if (!outline) throw new Error('no outline');
  return readTopOutline(outline);
}

const flared: Half = [
  [330, 700],
  [0, 760],
];

describe('the armpits of a dress with a wide skirt', () => {
  it('are not its waist where it has no sleeves', async () => {
    const bodice: Half = [
      [0, 90],
      [70, 60],
      [120, 64],
      [112, 170],
      [158, 250],
      [112, 400],
    ];
    const { armpits, halves } = await read([...bodice, ...flared]);
    expect(armpits).toBeNull();
    expect(halves.left.sleeve).toBeNull();
  });

  it('are those of its sleeves where it has some', async () => {
    const sleeved: Half = [
      [0, 90],
      [70, 60],
      [140, 80],
      [250, 230],
      [180, 280],
      [128, 230],
      [112, 400],
    ];
    const { armpits, halves } = await read([...sleeved, ...flared]);
    expect(armpits?.right.at[0]).toBeGreaterThan(105);
    expect(armpits?.right.at[1]).toBeLessThan(0.4 * HEIGHT);
    expect(halves.right.sleeve?.sleeve.class).toBe('short');
  });
});
