import { createPlane, type Plane } from './image.ts';

/** Mean over a square of side 2 radius + 1, normalised at the borders; O(1) a pixel by running sums. */
export function boxMean(plane: Plane, radius: number): Plane {
  const { width, height } = plane;
  const across = new Float32Array(width * height);
  const result = createPlane(width, height);
  meanAcross(plane.data, across, width, height, radius);
  meanDown(across, result.data, width, height, radius);
  return result;
}

function meanAcross(
  source: Float32Array,
  target: Float32Array,
  width: number,
  height: number,
  radius: number,
): void {
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    const lead = Math.min(radius, width);
    for (let x = 0; x < lead; x++) sum += source[row + x];
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += source[row + x + radius];
      if (x - radius - 1 >= 0) sum -= source[row + x - radius - 1];
      const count = Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1;
      target[row + x] = sum / count;
    }
  }
}

function meanDown(
  source: Float32Array,
  target: Float32Array,
  width: number,
  height: number,
  radius: number,
): void {
  const sums = new Float64Array(width);
  const lead = Math.min(radius, height);
  for (let y = 0; y < lead; y++) {
    for (let x = 0; x < width; x++) sums[x] += source[y * width + x];
  }
  for (let y = 0; y < height; y++) {
    const entering = y + radius < height ? (y + radius) * width : -1;
    const leaving = y - radius - 1 >= 0 ? (y - radius - 1) * width : -1;
    const count = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    const row = y * width;
    for (let x = 0; x < width; x++) {
      let sum = sums[x];
      if (entering >= 0) sum += source[entering + x];
      if (leaving >= 0) sum -= source[leaving + x];
      sums[x] = sum;
      target[row + x] = sum / count;
    }
  }
}

/**
 * Gaussian blur of the given sigma in pixels, approximated by three box passes (Wells, 1986).
 * Below sigma 0.4 the plane is copied.
 */
export function blur(plane: Plane, sigma: number): Plane {
  if (sigma < 0.4) return { ...plane, data: Float32Array.from(plane.data) };
  const ideal = Math.sqrt((12 * sigma * sigma) / 3 + 1);
  const small = Math.max(0, Math.floor((ideal - 1) / 2));
  const narrow = 2 * small + 1;
  const narrowPasses = Math.round(
    (12 * sigma * sigma - 3 * narrow * narrow - 12 * narrow - 9) / (-4 * narrow - 4),
  );
  let result = plane;
  for (let pass = 0; pass < 3; pass++) {
    result = boxMean(result, pass < narrowPasses ? small : small + 1);
  }
  return result;
}
