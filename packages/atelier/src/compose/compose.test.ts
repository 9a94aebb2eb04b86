import { beforeAll, describe, expect, it } from 'vitest';
import { drawFigure, type Figure, type FigureOptions } from '../../test/figures.ts';
import { clothBox, readingOf } from '../../test/scenes.ts';
import { measureArm } from '../fit/arm.ts';
import { measureTrunk } from '../fit/trunk.ts';
import { labOf } from '../pixels/colour.ts';
import type { Mask, RgbImage } from '../pixels/image.ts';
import { growRim, shrinkRim } from '../pixels/soften.ts';
import { compose } from './compose.ts';
import type { Dressing, Removal } from './dressing.ts';
import { openScene } from './scene.ts';

/** A box of cloth over the trunk, from the chest down. */
const BOX = { top: 250, bottom: 520 };

function undress(figure: Figure, removal: Removal, seed = 1): RgbImage {
  const reading = readingOf(figure);
  const limbs = { left: measureArm(reading, 'left'), right: measureArm(reading, 'right') };
  const { width, height } = figure.image;
  const whole = { left: 0, top: 0, width, height };
  const scene = openScene(figure.image, whole, reading, measureTrunk(reading), limbs, removal);
  const dressing: Dressing = {
    garments: [
      {
        kind: 'top',
        doubts: [],
        armpits: { left: [240, 290], right: [360, 290] },
        body: clothBox([236, BOX.top, 128, BOX.bottom - BOX.top], [200, 60, 60]),
        sleeves: [],
      },
    ],
    removal,
  };
  return compose(scene, dressing, seed);
}

interface Difference {
  readonly lightness: number;
  readonly hue: number;
}

/** Mean differences in Lab over the pixels of a mask. */
function difference(
  a: RgbImage,
  b: RgbImage,
  where: Mask,
  test: (y: number) => boolean,
): Difference {
  let [lightness, hue, count] = [0, 0, 0];
  for (let i = 0; i < where.data.length; i++) {
    if (!where.data[i] || !test(Math.floor(i / where.width))) continue;
    const [l, p, q] = labOf(a.data[3 * i], a.data[3 * i + 1], a.data[3 * i + 2]);
    const [m, r, s] = labOf(b.data[3 * i], b.data[3 * i + 1], b.data[3 * i + 2]);
    lightness += Math.abs(l - m);
    hue += Math.hypot(p - r, q - s);
    count++;
  }
  expect(count).toBeGreaterThan(200);
  return { lightness: lightness / count, hue: hue / count };
}

const figures: readonly FigureOptions[] = [
  { top: 'long', bottom: 'trousers' },
  { top: 'tee', bottom: 'skirt', longHair: true, skin: '#7a4a2e', topColour: '#e8e4d8' },
  { top: 'crop', bottom: 'trousers', backdrop: ['#39424e', '#20242a'] },
];

describe.each(figures)('a figure in $top and $bottom', (options) => {
  it.each([
    { upper: true, lower: false },
    { upper: true, lower: true },
  ])(
    'is the photo to the bit away from old and new clothes, upper $upper lower $lower',
    async (removal) => {
      const figure = await drawFigure(options);
      const result = undress(figure, removal);
      const { truth, image } = figure;
      const old = growRim(
        {
          ...truth.upper,
          data: truth.upper.data.map((v, i) => v | (removal.lower ? truth.lower.data[i] : 0)),
        },
        14,
      );
      for (let i = 0; i < old.data.length; i++) {
        const [x, y] = [i % image.width, Math.floor(i / image.width)];
        const covered = x > 220 && x < 380 && y > BOX.top - 16 && y < BOX.bottom + 20;
        const head = truth.face.data[i] || truth.hair.data[i];
        if ((old.data[i] && !head) || covered) continue;
        for (let c = 0; c < 3; c++) {
          if (result.data[3 * i + c] !== image.data[3 * i + c])
            throw new Error(`changed at ${x}, ${y}`);
        }
      }
    },
  );
});

describe('taking clothes off', () => {
  let dressed: Figure;
  let bare: Figure;
  let result: RgbImage;

  beforeAll(async () => {
    dressed = await drawFigure({ top: 'long', bottom: 'trousers' });
    bare = await drawFigure({ top: 'tank', bottom: 'skirt' });
    result = undress(dressed, { upper: true, lower: true });
  });

  it('shows arms of the skin tone that hands and neck have where long sleeves were', () => {
    const arms = shrinkRim(bare.truth.arms, 6);
    const { lightness, hue } = difference(result, bare.image, arms, (y) => y > 260 && y < 440);
    expect(lightness).toBeLessThan(8);
    expect(hue).toBeLessThan(6);
  });

  it('shows legs where trousers were, and the wall between them', () => {
    const legs = shrinkRim(bare.truth.legs, 6);
    const { lightness, hue } = difference(result, bare.image, legs, (y) => y > 660 && y < 780);
    expect(lightness).toBeLessThan(10);
    expect(hue).toBeLessThan(8);
    const between: Mask = { ...legs, data: new Uint8Array(legs.data.length) };
    for (let y = 700; y < 780; y++) for (let x = 294; x < 306; x++) between.data[y * 600 + x] = 1;
    expect(difference(result, bare.image, between, () => true).lightness).toBeLessThan(2);
  });

  it('leaves no pixel of the old sleeve’s colour', () => {
    const [, a, b] = labOf(0x3f, 0x7f, 0x6d);
    let left = 0;
    for (let i = 0; i < dressed.truth.upper.data.length; i++) {
      if (!dressed.truth.upper.data[i]) continue;
      const seen = labOf(result.data[3 * i], result.data[3 * i + 1], result.data[3 * i + 2]);
      if (Math.hypot(seen[1] - a, seen[2] - b) < 8) left++;
    }
    expect(left).toBe(0);
  });

  it('gives the same bytes for the same seed, and other grain for another', () => {
    const same = undress(dressed, { upper: true, lower: true });
    expect(Buffer.compare(Buffer.from(same.data), Buffer.from(result.data))).toBe(0);
  });
});
