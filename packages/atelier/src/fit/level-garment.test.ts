import { describe, expect, it } from 'vitest';
import { readDrawnTop } from '../../test/drawn-top.ts';
import { distance } from '../geometry/vector.ts';
import { sides } from '../perceive/person.ts';
import { levelGarment } from './level-garment.ts';

describe('a top that was photographed turned', () => {
  it('is fitted as if it had been photographed level, each point known on the photo', async () => {
    for (const tilt of [8, -6]) {
      const turned = await readDrawnTop({ sleeves: 'long', tilt });
      const level = levelGarment(turned);
      if (!level) throw new Error('it was taken for level');
      const { landmarks, matte } = level.garment;
      const corners = sides.map((side) => landmarks[side].edge.at(-1) ?? [0, 0]);
      expect(Math.abs(corners[0][1] - corners[1][1])).toBeLessThan(0.012 * matte.height);
      for (const side of sides) {
        const [x, y] = landmarks[side].armpit;
        expect(distance(level.toPhoto([x, y]), turned.landmarks[side].armpit)).toBeLessThan(0.01);
        const within = Math.round(y) * matte.width + Math.round((x + landmarks.centreX) / 2);
        expect(matte.data[within]).toBeGreaterThan(0.9);
      }
    }
  });

  it('is left as it is where it lies level', async () => {
    expect(levelGarment(await readDrawnTop({ sleeves: 'short' }))).toBeNull();
  });
});
