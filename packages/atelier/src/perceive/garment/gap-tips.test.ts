import { describe, expect, it } from 'vitest';
import { createMask, createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { followToTips } from './gap-tips.ts';

const SIDE = 60;
const EXACT = 1;

/** Cloth of a colour far from the backdrop's or near it, a gap from below, and its tip, a little darker than backdrop. */
function scene(cloth: number): { gaps: Mask; core: Mask; difference: Plane; relief: Plane } {
  const gaps = createMask(SIDE, SIDE);
  const core = createMask(SIDE, SIDE);
  const difference = createPlane(SIDE, SIDE);
  const relief = createPlane(SIDE, SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const i = y * SIDE + x;
      const half = y > 40 ? 6 : y > 20 ? 2 : -1;
      const inside = Math.abs(x - 30) <= half;
      core.data[i] = 1;
      gaps.data[i] = inside && y > 40 ? 1 : 0;
      difference.data[i] = inside ? (y > 40 ? 0 : 2) : cloth;
      relief.data[i] = !inside && Math.abs(x - 30) <= half + 2 ? Math.abs(cloth - 2) / 2 : 0;
    }
  }
  return { gaps, core, difference, relief };
}

const area = (mask: Mask): number => mask.data.reduce((sum, value) => sum + value, 0);

describe('the tips of gaps', () => {
  it('are followed up to where sleeve and body meet', () => {
    const { gaps, core, difference, relief } = scene(60);
    const found = followToTips(gaps, core, difference, relief, EXACT);
    expect(area(found) - area(gaps)).toBe(20 * 5);
  });

  it('do not run out into cloth that is nearly like the backdrop', () => {
    const { gaps, core, difference, relief } = scene(2.5);
    expect(area(followToTips(gaps, core, difference, relief, EXACT))).toBe(area(gaps));
  });
});
