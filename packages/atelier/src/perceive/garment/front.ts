import type { Vec } from '../../geometry/vector.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { clamp } from '../../pixels/scalar.ts';
import type { Upright } from './upright.ts';

/** Pixels below the edge at which the front begins: the edge's own pixels are half in the shadow behind it. */
const INSET = 0.7;
/** Lines that each row of pixels is cut into, so that the edge is soft over a pixel. */
const LINES = 4;

/** The matte without what lies above the front neckline (inner back, label, hanger), soft over a pixel. */
export function frontOf(matte: Plane, curve: readonly Vec[], frame: Upright): Plane {
  const { width, height } = matte;
  const cut = openingAbove(curve, width + height).map((p) => frame.toPicture(p));
  const lowest = cut.reduce((most, [, y]) => Math.max(most, y), -Infinity);
  const result = createPlane(width, height);
  result.data.set(matte.data);
  const cover = new Float32Array(width);
  for (let y = 0; y < Math.min(height, Math.ceil(lowest) + 1); y++) {
    cover.fill(0);
    for (let line = 0; line < LINES; line++) {
      const crossings = crossingsOf(cut, y - 0.5 + (line + 0.5) / LINES);
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        addSpan(cover, crossings[k], crossings[k + 1]);
      }
    }
    for (let x = 0; x < width; x++) {
      if (cover[x] > 0) result.data[y * width + x] *= clamp(1 - cover[x] / LINES, 0, 1);
    }
  }
  return result;
}

/** The outline of all that lies above a left-to-right curve, `rise` pixels high, in upright coordinates. */
function openingAbove(curve: readonly Vec[], rise: number): Vec[] {
  const last = curve.length - 1;
  const lowered = curve.map(([x, y], i): Vec => {
    const before = curve[Math.max(0, i - 1)];
    const after = curve[Math.min(last, i + 1)];
    const run = after[0] - before[0];
    const fall = after[1] - before[1];
    const size = Math.hypot(run, fall) || 1;
    return [x - (fall / size) * INSET, y + (run / size) * INSET];
  });
  const [left, right] = [lowered[0], lowered[last]];
  return [[left[0], left[1] - rise], ...lowered, [right[0], right[1] - rise]];
}

/** Where a closed polygon crosses a row, from left to right. */
function crossingsOf(polygon: readonly Vec[], row: number): number[] {
  const found: number[] = [];
  polygon.forEach(([bx, by], i) => {
    const [ax, ay] = polygon[i === 0 ? polygon.length - 1 : i - 1];
    if (ay <= row !== by <= row) found.push(ax + ((bx - ax) * (row - ay)) / (by - ay));
  });
  return found.toSorted((a, b) => a - b);
}

/** Adds a span of a row to the pixels that it covers; pixels are centred on whole numbers. */
function addSpan(cover: Float32Array, from: number, to: number): void {
  const first = Math.max(0, Math.round(from));
  const last = Math.min(cover.length - 1, Math.round(to));
  for (let x = first; x <= last; x++) {
    cover[x] += Math.max(0, Math.min(to, x + 0.5) - Math.max(from, x - 0.5));
  }
}
