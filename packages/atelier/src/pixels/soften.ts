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

interface Box {
  readonly left: number;
  readonly top: number;
  /** First column and row beyond. */
  readonly right: number;
  readonly bottom: number;
}

/** Gives every pixel within `radius` columns and rows of one that has the value this value too. */
function spread(mask: Mask, radius: number, value: 0 | 1): Mask {
  const { width, height } = mask;
  const across = createMask(width, height);
  const result = createMask(width, height);
  // Outside the mask's surroundings everything is and stays 0.
  const box = boxOf(mask, value === 1 ? radius : 1);
  spreadRows(mask, across, box, radius, value);
  spreadColumns(across, result, box, radius, value);
  return result;
}

function boxOf({ width, height, data }: Mask, margin: number): Box {
  const first = data.indexOf(1);
  if (first < 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  const top = Math.floor(first / width);
  const bottom = Math.floor(data.lastIndexOf(1) / width);
  let left = width;
  let right = 0;
  for (let y = top; y <= bottom; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    const start = row.indexOf(1);
    if (start < 0) continue;
    left = Math.min(left, start);
    right = Math.max(right, row.lastIndexOf(1));
  }
  return {
    left: Math.max(0, left - margin),
    top: Math.max(0, top - margin),
    right: Math.min(width, right + margin + 1),
    bottom: Math.min(height, bottom + margin + 1),
  };
}

function spreadRows(source: Mask, target: Mask, box: Box, radius: number, value: 0 | 1): void {
  const other = 1 - value;
  const { left, right } = box;
  for (let y = box.top; y < box.bottom; y++) {
    const row = y * source.width;
    let last = left - radius - 1;
    for (let x = left; x < right; x++) {
      if (source.data[row + x] === value) last = x;
      target.data[row + x] = x - last <= radius ? value : other;
    }
    last = right + radius;
    for (let x = right - 1; x >= left; x--) {
      if (source.data[row + x] === value) last = x;
      if (last - x <= radius) target.data[row + x] = value;
    }
  }
}

function spreadColumns(source: Mask, target: Mask, box: Box, radius: number, value: 0 | 1): void {
  const other = 1 - value;
  const { left, top, right, bottom } = box;
  const last = new Int32Array(source.width).fill(top - radius - 1);
  for (let y = top; y < bottom; y++) {
    const row = y * source.width;
    for (let x = left; x < right; x++) {
      if (source.data[row + x] === value) last[x] = y;
      target.data[row + x] = y - last[x] <= radius ? value : other;
    }
  }
  last.fill(bottom + radius);
  for (let y = bottom - 1; y >= top; y--) {
    const row = y * source.width;
    for (let x = left; x < right; x++) {
      if (source.data[row + x] === value) last[x] = y;
      if (last[x] - y <= radius) target.data[row + x] = value;
    }
  }
}
