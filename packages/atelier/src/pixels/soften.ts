import { blur } from './box-filter.ts';
import { createMask, createPlane, type Mask, type Plane } from './image.ts';
import { resizePlane } from './resize.ts';

/** Mean of each block of `factor` x `factor` pixels; blocks at the right and bottom border may be smaller. */
export function reduceBlocks(plane: Plane, factor: number): Plane {
  if (factor <= 1) return plane;
  const width = Math.ceil(plane.width / factor);
  const height = Math.ceil(plane.height / factor);
  const result = createPlane(width, height);
  for (let y = 0; y < plane.height; y++) {
    const row = Math.floor(y / factor) * width;
    for (let x = 0, column = 0, left = factor; x < plane.width; x++) {
      result.data[row + column] += plane.data[y * plane.width + x];
      if (--left === 0) {
        column++;
        left = factor;
      }
    }
  }
  for (let y = 0; y < height; y++) {
    const rows = Math.min(factor, plane.height - y * factor);
    for (let x = 0; x < width; x++) {
      result.data[y * width + x] /= rows * Math.min(factor, plane.width - x * factor);
    }
  }
  return result;
}

/** A Gaussian blur for shadows and shading: wide ones are made on a coarser grid, where they cost a fraction. */
export function soften(plane: Plane, sigma: number): Plane {
  const factor = Math.max(1, Math.min(8, Math.floor(sigma / 2)));
  if (factor === 1) return blur(plane, sigma);
  return resizePlane(blur(reduceBlocks(plane, factor), sigma / factor), plane.width, plane.height);
}

/** The mask grown by a square of `radius` pixels: for rims of a few pixels, where a round brush would look the same. */
export function growRim(mask: Mask, radius: number): Mask {
  return spread(mask, Math.round(radius), 1);
}

/** The mask shrunk by a square of `radius` pixels; the picture's border does not shrink it. */
export function shrinkRim(mask: Mask, radius: number): Mask {
  return spread(mask, Math.round(radius), 0);
}

/** Gives every pixel within `radius` columns and rows of one that has the value this value too. */
function spread(mask: Mask, radius: number, value: 0 | 1): Mask {
  const { width, height } = mask;
  const across = createMask(width, height);
  spreadRows(mask, across, radius, value);
  const result = createMask(width, height);
  spreadColumns(across, result, radius, value);
  return result;
}

function spreadRows(source: Mask, target: Mask, radius: number, value: 0 | 1): void {
  const { width, height } = source;
  const other = 1 - value;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let last = -radius - 1;
    for (let x = 0; x < width; x++) {
      if (source.data[row + x] === value) last = x;
      target.data[row + x] = x - last <= radius ? value : other;
    }
    last = width + radius;
    for (let x = width - 1; x >= 0; x--) {
      if (source.data[row + x] === value) last = x;
      if (last - x <= radius) target.data[row + x] = value;
    }
  }
}

function spreadColumns(source: Mask, target: Mask, radius: number, value: 0 | 1): void {
  const { width, height } = source;
  const other = 1 - value;
  const last = new Int32Array(width).fill(-radius - 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      if (source.data[row + x] === value) last[x] = y;
      target.data[row + x] = y - last[x] <= radius ? value : other;
    }
  }
  last.fill(height + radius);
  for (let y = height - 1; y >= 0; y--) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      if (source.data[row + x] === value) last[x] = y;
      if (last[x] - y <= radius) target.data[row + x] = value;
    }
  }
}
