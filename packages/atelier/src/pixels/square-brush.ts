import { createMask, type Mask } from './image.ts';
import { bytes } from '@toile/memory';

/**
 * Gives every pixel within `radius` columns and rows of one that has the value this value too. Four pixels are worked on
 * at a time, and windows are put together from halves (van Herk's doubling): the radius hardly counts.
 */
export function spreadSquare(mask: Mask, radius: number, value: 0 | 1): Mask {
  const result = createMask(mask.width, mask.height);
  // Outside the mask's surroundings everything is and stays 0.
  const box = boxOf(mask, value === 1 ? radius : 1);
  if (box.right <= box.left || box.bottom <= box.top) return result;
  const grid = openGrid(mask, box, radius, value);
  spreadAcross(grid, radius, value);
  spreadDown(grid, radius, value);
  const width = box.right - box.left;
  for (let y = box.top; y < box.bottom; y++) {
    const start = (y - box.top) * grid.stride;
    result.data.set(grid.bytes.subarray(start, start + width), y * mask.width + box.left);
  }
  return result;
}

interface Box {
  readonly left: number;
  readonly top: number;
  /** First column and row beyond. */
  readonly right: number;
  readonly bottom: number;
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

/** A copy of the box with a frame of `radius` pixels of the other value, its rows padded to whole words. */
interface Grid {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** Bytes a row. */
  readonly stride: number;
  readonly rows: number;
}

function openGrid(mask: Mask, box: Box, radius: number, value: 0 | 1): Grid {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  // A spare word at the end of each row is shifted in from.
  const stride = (width + 2 * radius + 7) & ~3;
  const rows = height + 2 * radius;
  const grid = bytes(stride * rows);
  if (value === 0) grid.fill(1);
  for (let y = 0; y < height; y++) {
    const from = (box.top + y) * mask.width + box.left;
    grid.set(mask.data.subarray(from, from + width), (radius + y) * stride + radius);
  }
  return { bytes: grid, words: new Uint32Array(grid.buffer), stride, rows };
}

/** Offsets whose steps one after the other give windows of 2 radius + 1: 1, 2, 4, and what is left. */
function stepsFor(radius: number): readonly number[] {
  const steps: number[] = [];
  let length = 1;
  while (2 * length <= 2 * radius + 1) {
    steps.push(length);
    length *= 2;
  }
  if (length < 2 * radius + 1) steps.push(2 * radius + 1 - length);
  return steps;
}

/** Every byte becomes the greatest (least) of those up to 2 radius to its right. */
function spreadAcross({ words, stride, rows }: Grid, radius: number, value: 0 | 1): void {
  const across = stride >> 2;
  for (const step of stepsFor(radius)) {
    const whole = step >> 2;
    const down = 8 * (step & 3);
    const up = 32 - down;
    const last = across - whole - 1;
    for (let y = 0; y < rows; y++) {
      const row = y * across;
      for (let x = 0; x < last; x++) {
        const i = row + x;
        const near = words[i + whole];
        // Bytes lie in words from the lowest on.
        const other = down === 0 ? near : (near >>> down) | (words[i + whole + 1] << up);
        words[i] = value === 1 ? words[i] | other : words[i] & other;
      }
    }
  }
}

/** Every byte becomes the greatest (least) of those up to 2 radius below it. */
function spreadDown({ words, stride, rows }: Grid, radius: number, value: 0 | 1): void {
  const across = stride >> 2;
  for (const step of stepsFor(radius)) {
    const offset = step * across;
    const end = rows * across - offset;
    if (value === 1) for (let i = 0; i < end; i++) words[i] |= words[i + offset];
    else for (let i = 0; i < end; i++) words[i] &= words[i + offset];
  }
}
