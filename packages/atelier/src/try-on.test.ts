import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawFigure } from '../test/figures.ts';
import { drawGarmentPhoto } from '../test/garments.ts';
import { openNets } from './nets/open-nets.ts';
import type { TopReading } from './perceive/garment.ts';
import { readGarment } from './perceive/garment/read-garment.ts';
import type { PersonReading } from './perceive/person.ts';
import { readPerson } from './perceive/person/read-person.ts';
import { labOf } from './pixels/colour.ts';
import type { RgbImage } from './pixels/image.ts';
import { dress } from './try-on.ts';

const CLOTH = '#1f6f54';

describe('dressing a drawn person in a drawn tee', () => {
  let person: PersonReading;
  let garment: TopReading;
  let dressed: RgbImage;

  beforeAll(async () => {
    const nets = openNets();
    afterAll(() => nets.close());
    const figure = await drawFigure({ top: 'tank', topColour: '#f2f2f0', bottomColour: '#7fa3cf' });
    const drawn = await drawGarmentPhoto({ cloth: CLOTH });
    const wearer = await readPerson(figure.image, nets);
    const cloth = await readGarment(drawn.image, nets);
    if (!wearer.ok) throw new Error(wearer.problem.message);
    if (!cloth.ok) throw new Error(cloth.problem.message);
    if (cloth.value.shape !== 'top') throw new Error('the tee was not read as a top');
    person = wearer.value;
    garment = cloth.value;
    dressed = dress(person.image, person, [garment], { seed: 42 }).image;
  }, 60_000);

  it('gives the same bytes for the same seed', () => {
    const again = dress(person.image, person, [garment], { seed: 42 }).image;
    expect(Buffer.compare(Buffer.from(again.data), Buffer.from(dressed.data))).toBe(0);
  });

  it('keeps the photo to the bit where nothing was worn, is worn, or lies in a shadow of it', () => {
    const { nose, shoulderWidth } = person.pose;
    const { width, height } = dressed;
    let compared = 0;
    for (let i = 0; i < width * height; i++) {
      const [x, y] = [i % width, Math.floor(i / width)];
      const far = Math.abs(x - nose.at[0]) > 1.4 * shoulderWidth;
      const face = Math.hypot(x - nose.at[0], y - nose.at[1]) < 0.25 * shoulderWidth;
      if (!far && !face) continue;
      compared++;
      for (let c = 0; c < 3; c++) {
        if (dressed.data[3 * i + c] !== person.image.data[3 * i + c]) {
          throw new Error(`the photo was changed at ${x}, ${y}`);
        }
      }
    }
    expect(compared).toBeGreaterThan(0.1 * width * height);
  });

  it('puts the cloth over chest and shoulders in its own colour', () => {
    const { pose } = person;
    const [lightness, a, b] = labOf(0x1f, 0x6f, 0x54);
    for (const [down, across] of [
      [0.25, 0],
      [0.5, -0.25],
      [0.5, 0.25],
      [0.75, 0],
    ] as const) {
      const x = Math.round(pose.shoulderMiddle[0] + across * pose.shoulderWidth);
      const y = Math.round(
        pose.shoulderMiddle[1] + down * (pose.hipMiddle[1] - pose.shoulderMiddle[1]),
      );
      const i = 3 * (y * dressed.width + x);
      const seen = labOf(dressed.data[i], dressed.data[i + 1], dressed.data[i + 2]);
      expect(Math.abs(seen[0] - lightness)).toBeLessThan(16);
      expect(Math.hypot(seen[1] - a, seen[2] - b)).toBeLessThan(12);
    }
  });

  it('leaves nothing of the old white top on the trunk', () => {
    const { pose } = person;
    let white = 0;
    let seen = 0;
    const top = Math.round(pose.shoulderMiddle[1]);
    const bottom = Math.round(pose.hipMiddle[1] - 0.1 * (pose.hipMiddle[1] - top));
    for (let y = top; y < bottom; y++) {
      for (let k = -0.4; k <= 0.4; k += 0.02) {
        const x = Math.round(pose.shoulderMiddle[0] + k * pose.shoulderWidth);
        const i = 3 * (y * dressed.width + x);
        seen++;
        if (Math.min(dressed.data[i], dressed.data[i + 1], dressed.data[i + 2]) > 205) white++;
      }
    }
    expect(white / seen).toBeLessThan(0.01);
  });
});
