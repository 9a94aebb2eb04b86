import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPlane, type Plane, threshold } from '../../pixels/image.ts';
import { sides } from '../person.ts';
import { readOutline } from './outline.ts';
import { readTopOutline } from './top-landmarks.ts';
import { findUpright } from './upright.ts';

const WIDTH = 700;
const HEIGHT = 900;

/** The shares of a top drawn by its right half about the middle of the picture. */
async function shares(half: readonly (readonly [number, number])[]): Promise<Plane> {
  const right = half.map(([x, y]) => `${WIDTH / 2 + x},${y}`);
  const left = half.map(([x, y]) => `${WIDTH / 2 - x},${y}`).toReversed();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><polygon points="${[...right, ...left].join(' ')}" fill="#fff"/></svg>`;
  const drawn = await sharp(Buffer.from(svg)).extractChannel('alpha').raw().toBuffer();
  const plane = createPlane(WIDTH, HEIGHT);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = drawn[i] / 255;
  return plane;
}

async function tipsOf(half: readonly (readonly [number, number])[]): Promise<readonly number[]> {
  const matte = await shares(half);
  const outline = readOutline(matte, findUpright(threshold(matte, 0.5)));
  if (!outline) throw new Error('no outline');
  const top = readTopOutline(outline);
  return sides.map((side) => outline.halves[side].points[top.halves[side].marks.tip][0]);
}

/** From the shoulder's end down a hanging sleeve, up to the armpit and down to the hem. */
const sleeveAndSide = [
  [206, 96],
  [240, 160],
  [265, 280],
  [300, 660],
  [215, 665],
  [168, 300],
  [155, 480],
  [200, 760],
  [0, 760],
] as const;

describe('the shoulders of a top whose sleeves hang', () => {
  it('end where the sleeves begin, not at the corners of a wide neck', async () => {
    const tips = await tipsOf([[0, 60], [150, 64], ...sleeveAndSide]);
    for (const tip of tips) expect(Math.abs(tip - 206)).toBeLessThan(18);
  });

  it('end there as well where a narrow neck has corners of its own', async () => {
    const tips = await tipsOf([[0, 60], [70, 60], [150, 80], ...sleeveAndSide]);
    for (const tip of tips) expect(tip).toBeGreaterThan(140);
  });
});
