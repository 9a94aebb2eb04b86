import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { copyFloats } from '@toile/memory';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { soften } from '../../pixels/soften.ts';

/** How far along a line the cloth's edge is evened, and how near the line that edge lies; in shoulder widths. */
const EVEN = 0.022;
const NEAR_LINE = 0.05;

/**
 * The cloth with the steps of the parse taken out of its edge near a line from left to right, but for the line's ends.
 *
 * @param line at equal steps across
 * @param unit width of the shoulders, pixels
 */
export function evenAlong(cloth: Plane, line: readonly Vec[], unit: number): Plane {
  const { width, height } = cloth;
  const even = soften(cloth, EVEN * unit).data;
  const data = copyFloats(cloth.data);
  const [left, right] = [line[0][0], line[line.length - 1][0]];
  for (let x = Math.max(0, Math.ceil(left)); x <= Math.min(width - 1, right); x++) {
    const fromEnd = Math.min(x - left, right - x) / unit;
    const evened = smoothstep(NEAR_LINE, 3 * NEAR_LINE, fromEnd);
    const y = heightAt(line, x);
    const first = Math.max(0, Math.round(y - NEAR_LINE * unit));
    const last = Math.min(height - 1, Math.round(y + NEAR_LINE * unit));
    for (let row = first; row <= last; row++) {
      const i = row * width + x;
      data[i] = lerp(data[i], smoothstep(0.4, 0.6, even[i]), evened);
    }
  }
  return { width, height, data };
}

/** Height of a line at a column, between its points, which are at equal steps across. */
export function heightAt(line: readonly Vec[], x: number): number {
  const last = line.length - 1;
  const [left, right] = [line[0][0], line[last][0]];
  const k = clamp(((x - left) / (right - left || 1)) * last, 0, last - 0.001);
  const at = Math.floor(k);
  return lerp(line[at][1], line[at + 1][1], k - at);
}
