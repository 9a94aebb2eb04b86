import { describe, expect, it } from 'vitest';
import { createMask, type Mask } from '../../pixels/image.ts';
import { framingOf } from './cut-off.ts';

/** A rectangle of cloth in a picture of 200 by 200 pixels, bounds excluded at right and bottom. */
function cloth(left: number, top: number, right: number, bottom: number): Mask {
  const mask = createMask(200, 200);
  for (let y = top; y < bottom; y++) mask.data.fill(1, y * 200 + left, y * 200 + right);
  return mask;
}

describe('the frame around a garment', () => {
  it.each([
    ['left', cloth(0, 30, 120, 170)],
    ['right', cloth(90, 30, 200, 170)],
    ['top', cloth(40, 0, 160, 150)],
    ['bottom', cloth(40, 60, 160, 200)],
  ] as const)('cuts it off at the %s', (side, mask) => {
    expect(framingOf(mask)).toEqual({ touches: true, cutAt: side });
  });

  it('may be trimmed to it', () => {
    expect(framingOf(cloth(0, 0, 200, 200))).toEqual({ touches: true, cutAt: null });
  });

  it('leaves it room', () => {
    expect(framingOf(cloth(20, 20, 180, 180))).toEqual({ touches: false, cutAt: null });
  });
});
