import { createMask, createPlane, type Mask, type Plane } from './image.ts';

const FAR = 1e10;

/** Distance in pixels from every pixel to the nearest one inside the mask, exact (Felzenszwalb and Huttenlocher, 2012). */
export function distanceTo(mask: Mask): Plane {
  const { width, height } = mask;
  const plane = createPlane(width, height);
  const squared = plane.data;
  for (let i = 0; i < squared.length; i++) squared[i] = mask.data[i] ? 0 : FAR;
  const envelope = new LowerEnvelope(Math.max(width, height));
  for (let x = 0; x < width; x++) envelope.run(squared, x, width, height);
  for (let y = 0; y < height; y++) envelope.run(squared, y * width, 1, width);
  for (let i = 0; i < squared.length; i++) squared[i] = Math.sqrt(squared[i]);
  return plane;
}

/** One-dimensional squared distance transform, with the scratch arrays that all rows and columns share. */
class LowerEnvelope {
  readonly #input: Float64Array;
  readonly #vertices: Int32Array;
  readonly #bounds: Float64Array;

  constructor(length: number) {
    this.#input = new Float64Array(length);
    this.#vertices = new Int32Array(length);
    this.#bounds = new Float64Array(length + 1);
  }

  run(values: Float32Array, start: number, stride: number, count: number): void {
    const f = this.#input;
    const v = this.#vertices;
    const z = this.#bounds;
    for (let q = 0; q < count; q++) f[q] = values[start + q * stride];
    let k = 0;
    v[0] = 0;
    z[0] = -FAR;
    z[1] = FAR;
    for (let q = 1; q < count; q++) {
      let crossing = (f[q] + q * q - (f[v[k]] + v[k] * v[k])) / (2 * q - 2 * v[k]);
      while (crossing <= z[k]) {
        k--;
        crossing = (f[q] + q * q - (f[v[k]] + v[k] * v[k])) / (2 * q - 2 * v[k]);
      }
      k++;
      v[k] = q;
      z[k] = crossing;
      z[k + 1] = FAR;
    }
    k = 0;
    for (let q = 0; q < count; q++) {
      while (z[k + 1] < q) k++;
      values[start + q * stride] = (q - v[k]) * (q - v[k]) + f[v[k]];
    }
  }
}

/** As `distanceTo`, but only within `reach` of the mask's box; farther off the distance is infinite. */
export function distanceNear(mask: Mask, reach: number): Plane {
  const { width, height } = mask;
  const result = createPlane(width, height);
  result.data.fill(Infinity);
  const box = boxOf(mask);
  if (!box) return result;
  const left = Math.max(0, box.left - reach);
  const top = Math.max(0, box.top - reach);
  const across = Math.min(width, box.right + reach) - left;
  const down = Math.min(height, box.bottom + reach) - top;
  const part = createMask(across, down);
  for (let y = 0; y < down; y++) {
    const from = (top + y) * width + left;
    part.data.set(mask.data.subarray(from, from + across), y * across);
  }
  const { data } = distanceTo(part);
  for (let y = 0; y < down; y++) {
    result.data.set(data.subarray(y * across, (y + 1) * across), (top + y) * width + left);
  }
  return result;
}

/** The smallest box that holds the mask, right and bottom excluded; null when it is empty. */
function boxOf({ width, height, data }: Mask): {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
} | null {
  let left = width;
  let right = 0;
  let top = height;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first < 0) continue;
    left = Math.min(left, first);
    right = Math.max(right, row.lastIndexOf(1) + 1);
    top = Math.min(top, y);
    bottom = y + 1;
  }
  return right > left ? { left, top, right, bottom } : null;
}

/** The mask grown by `radius` pixels. */
export function dilate(mask: Mask, radius: number): Mask {
  const distance = distanceTo(mask).data;
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < distance.length; i++) result.data[i] = distance[i] <= radius ? 1 : 0;
  return result;
}

/** The mask shrunk by `radius` pixels; the picture's border does not shrink it. */
export function erode(mask: Mask, radius: number): Mask {
  const distance = distanceTo(invert(mask)).data;
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < distance.length; i++) result.data[i] = distance[i] > radius ? 1 : 0;
  return result;
}

export function invert(mask: Mask): Mask {
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < mask.data.length; i++) result.data[i] = mask.data[i] ? 0 : 1;
  return result;
}
