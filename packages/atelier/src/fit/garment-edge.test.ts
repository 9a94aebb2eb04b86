import { describe, expect, it } from 'vitest';
import { readDrawnTop } from '../../test/drawn-top.ts';
import type { TopReading } from '../perceive/garment.ts';
import { landmarksAt, waistHeight } from './garment-edge.ts';

/** A dress that narrows down to its waist at 380, where a bow sits at one side, and flares below. */
async function flaredDress(): Promise<TopReading> {
  const drawn = await readDrawnTop({ body: 'dress' });
  const { width, height } = drawn.matte;
  const data = new Float32Array(width * height);
  const middle = Math.round(drawn.landmarks.centreX);
  for (let y = 100; y < height - 40; y++) {
    const half = Math.round(y < 380 ? 90 + 0.04 * (380 - y) : 90 + 0.3 * (y - 380));
    const bow = y > 320 && y < 396 ? 20 : 0;
    data.fill(1, y * width + middle - half, y * width + middle + half + bow);
  }
  const none = { width, height, data: new Uint8Array(width * height) };
  return { ...drawn, matte: { width, height, data }, sleeves: { left: none, right: none } };
}

describe('waistHeight', () => {
  it('finds where the flare begins, though a bow hides one side and the middle line lies beside the middle', async () => {
    const dress = await flaredDress();
    for (const aside of [-4, -2, 0, 2, 4]) {
      const { landmarks } = dress;
      const moved = { ...landmarks, centreX: landmarks.centreX + aside };
      const waist = waistHeight({ ...dress, landmarks: moved });
      expect(waist).toBeGreaterThan(365);
      expect(waist).toBeLessThan(400);
    }
  });
});

describe('landmarksAt', () => {
  it('goes on as at the hem below it, where the other side hangs lower, and as at the armpit above it', async () => {
    const { left } = (await readDrawnTop({ body: 'dress' })).landmarks;
    const hem = left.edge[left.edge.length - 1];
    expect(landmarksAt(left, hem[1] + 5)).toBe(hem[0]);
    expect(landmarksAt(left, left.armpit[1] - 5)).toBe(left.armpit[0]);
    for (const [x, y] of left.edge) expect(landmarksAt(left, y)).toBeCloseTo(x, 6);
  });
});
