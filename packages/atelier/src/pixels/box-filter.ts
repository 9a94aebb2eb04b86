import { createPlane, type Plane } from './image.ts';
import { scratch } from './scratch.ts';
import { copyFloats } from './memory.ts';

/** Mean over a square of side 2 radius + 1, normalised at the borders; O(1) a pixel by running sums. */
export function boxMean(plane: Plane, radius: number): Plane {
  const result = createPlane(plane.width, plane.height);
  setBoxMean(plane, radius, result.data);
  return result;
}

/** As `boxMean`, into memory that is given; it may be the plane's own. */
export function setBoxMean(
  { width, height, data }: Plane,
  radius: number,
  target: Float32Array,
): void {
  const across = scratch('box', width * height);
  meanAcross(data, across, width, height, radius);
  meanDown(across, target, width, height, radius);
}

function meanAcross(
  source: Float32Array,
  target: Float32Array,
  width: number,
  height: number,
  radius: number,
): void {
  const side = 2 * radius + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    const lead = Math.min(radius, width);
    for (let x = 0; x < lead; x++) sum += source[row + x];
    // The window touches a border on the left and on the right of the picture; between them nothing needs asking.
    const inner = Math.min(width, radius + 1);
    const outer = Math.max(inner, width - radius);
    for (let x = 0; x < inner; x++) {
      if (x + radius < width) sum += source[row + x + radius];
      target[row + x] = sum / (Math.min(width - 1, x + radius) + 1);
    }
    const share = 1 / side;
    for (let x = inner; x < outer; x++) {
      sum += source[row + x + radius] - source[row + x - radius - 1];
      target[row + x] = sum * share;
    }
    for (let x = outer; x < width; x++) {
      sum -= source[row + x - radius - 1];
      target[row + x] = sum / (width - x + radius);
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
    const row = y * width;
    for (let x = 0; x < width; x++) sums[x] += source[row + x];
  }
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const entering = (y + radius) * width;
    const leaving = (y - radius - 1) * width;
    const count = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    const share = 1 / count;
    if (y + radius < height && leaving >= 0) {
      for (let x = 0; x < width; x++) {
        const sum = sums[x] + source[entering + x] - source[leaving + x];
        sums[x] = sum;
        target[row + x] = sum * share;
      }
      continue;
    }
    if (y + radius < height) for (let x = 0; x < width; x++) sums[x] += source[entering + x];
    if (leaving >= 0) for (let x = 0; x < width; x++) sums[x] -= source[leaving + x];
    for (let x = 0; x < width; x++) target[row + x] = sums[x] * share;
  }
}

/**
 * Gaussian blur of the given sigma in pixels, approximated by three box passes (Wells, 1986).
 * Below sigma 0.4 the plane is copied.
 */
export function blur(plane: Plane, sigma: number): Plane {
  if (sigma < 0.4) return { ...plane, data: copyFloats(plane.data) };
  const ideal = Math.sqrt((12 * sigma * sigma) / 3 + 1);
  const small = Math.max(0, Math.floor((ideal - 1) / 2));
  const narrow = 2 * small + 1;
  const narrowPasses = Math.round(
    (12 * sigma * sigma - 3 * narrow * narrow - 12 * narrow - 9) / (-4 * narrow - 4),
  );
  const result = createPlane(plane.width, plane.height);
  let source = plane;
  for (let pass = 0; pass < 3; pass++) {
    const radius = pass < narrowPasses ? small : small + 1;
    // A window of one pixel changes nothing.
    if (radius === 0) continue;
    setBoxMean(source, radius, result.data);
    source = result;
  }
  if (source !== result) result.data.set(plane.data);
  return result;
}
