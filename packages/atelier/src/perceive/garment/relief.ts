import { blur } from '../../pixels/box-filter.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';

/** Length of the colour gradient after a little smoothing. */
export function labRelief(lab: readonly Plane[]): Plane {
  const { width, height } = lab[0];
  const result = createPlane(width, height);
  for (const channel of lab) {
    const { data } = blur(channel, 0.7);
    for (let y = 0; y < height; y++) {
      const above = Math.max(0, y - 1) * width;
      const below = Math.min(height - 1, y + 1) * width;
      for (let x = 0; x < width; x++) {
        const left = data[y * width + Math.max(0, x - 1)];
        const right = data[y * width + Math.min(width - 1, x + 1)];
        const across = (right - left) / 2;
        const down = (data[below + x] - data[above + x]) / 2;
        result.data[y * width + x] += across * across + down * down;
      }
    }
  }
  for (let i = 0; i < result.data.length; i++) result.data[i] = Math.sqrt(result.data[i]);
  return result;
}
