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
  return countIn(mask, Math.round(radius), (count) => count > 0);
}

/** The mask shrunk by a square of `radius` pixels; the picture's border does not shrink it. */
export function shrinkRim(mask: Mask, radius: number): Mask {
  return countIn(mask, Math.round(radius), (count, seen) => count === seen);
}

/** Decides each pixel by how many of the pixels seen in the square around it lie in the mask, rows first. */
function countIn(mask: Mask, radius: number, keep: (count: number, seen: number) => boolean): Mask {
  const { width, height } = mask;
  const across = createMask(width, height);
  slide(mask.data, across.data, height, width, width, 1, radius, keep);
  const result = createMask(width, height);
  slide(across.data, result.data, width, height, 1, width, radius, keep);
  return result;
}

function slide(
  source: Uint8Array,
  target: Uint8Array,
  lines: number,
  count: number,
  lineStride: number,
  stride: number,
  radius: number,
  keep: (count: number, seen: number) => boolean,
): void {
  for (let line = 0; line < lines; line++) {
    const start = line * lineStride;
    let inside = 0;
    for (let k = 0; k < Math.min(radius, count); k++) inside += source[start + k * stride];
    for (let k = 0; k < count; k++) {
      if (k + radius < count) inside += source[start + (k + radius) * stride];
      if (k - radius > 0) inside -= source[start + (k - radius - 1) * stride];
      const seen = Math.min(count - 1, k + radius) - Math.max(0, k - radius) + 1;
      target[start + k * stride] = keep(inside, seen) ? 1 : 0;
    }
  }
}
