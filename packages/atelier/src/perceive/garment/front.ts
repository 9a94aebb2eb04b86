import type { Vec } from '../../geometry/vector.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { clamp } from '../../pixels/scalar.ts';
import type { Upright } from './upright.ts';

/** The matte without what lies above the front neckline (inner back, label, hanger), soft over a pixel. */
export function frontOf(matte: Plane, curve: readonly Vec[], frame: Upright): Plane {
  const { width, height } = matte;
  const result = createPlane(width, height);
  const left = curve[0][0];
  const right = curve[curve.length - 1][0];
  const lowest = curve.reduce((most, [, y]) => Math.max(most, y), -Infinity) + 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const share = matte.data[i];
      if (share === 0) continue;
      const at = frame.toUpright([x, y]);
      const inside = at[0] > left && at[0] < right && at[1] < lowest;
      result.data[i] = inside ? share * clamp(depthBelow(curve, at) + 0.5, 0, 1) : share;
    }
  }
  return result;
}

/** Signed distance below a left-to-right curve, pixels; negative above it. */
function depthBelow(curve: readonly Vec[], [x, y]: Vec): number {
  let low = 0;
  let high = curve.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (curve[middle][0] <= x) low = middle;
    else high = middle;
  }
  const [ax, ay] = curve[low];
  const [bx, by] = curve[high];
  const run = bx - ax || 1e-6;
  const slope = (by - ay) / run;
  return (y - (ay + slope * (x - ax))) / Math.hypot(1, slope);
}
