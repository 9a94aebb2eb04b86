import { narrow, rounded, wide } from './lanes';
import { between } from './stretch';
import { above, below, beginRows, bringRows } from './stretched-rows';

/** From here on a pixel is known, and kept exactly. */
const KNOWN: f64 = 0.999;

/** Weights of a plane of half the size: twice the mean of each four, at most 1. */
export function pullWeight(weight: usize, width: i32, height: i32, target: usize): void {
  const across = (width + 1) >> 1;
  const down = (height + 1) >> 1;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      let total: f64 = 0;
      let count = 0;
      for (let k = 0; k < 4; k++) {
        const px = 2 * x + (k & 1);
        const py = 2 * y + (k >> 1);
        if (px >= width || py >= height) continue;
        total += load<f32>(weight + ((<usize>(py * width + px)) << 2));
        count++;
      }
      const doubled = (2 * total) / <f64>count;
      store<f32>(target + ((<usize>(y * across + x)) << 2), <f32>(doubled > 1 ? 1 : doubled));
    }
  }
}

/** A plane of half the size: the weighted mean of each four pixels, 0 where they weigh nothing. */
export function pull(plane: usize, weight: usize, width: i32, height: i32, target: usize): void {
  const across = (width + 1) >> 1;
  const down = (height + 1) >> 1;
  const row = (<usize>width) << 2;
  for (let y = 0; y < down; y++) {
    const upper = <usize>(2 * y) * row;
    let x = 0;
    if (2 * y + 1 < height) {
      for (; 2 * x + 4 <= width; x += 2) {
        const at = upper + ((<usize>x) << 3);
        const to = target + ((<usize>(y * across + x)) << 2);
        pullTwo(plane + at, weight + at, row, to);
      }
    }
    for (; x < across; x++) pullOne(plane, weight, width, height, target, across, x, y);
  }
}

/** Two pixels next to each other, from four of two rows. Sums are rounded after each of the four. */
function pullTwo(plane: usize, weight: usize, row: usize, target: usize): void {
  const numbers0 = v128.load(plane);
  const numbers1 = v128.load(plane + row);
  const weights0 = v128.load(weight);
  const weights1 = v128.load(weight + row);
  const w0 = even(weights0);
  const w1 = odd(weights0);
  const w2 = even(weights1);
  const w3 = odd(weights1);
  let sum = rounded(f64x2.add(f64x2.splat(0), f64x2.mul(even(numbers0), w0)));
  sum = rounded(f64x2.add(sum, f64x2.mul(odd(numbers0), w1)));
  sum = rounded(f64x2.add(sum, f64x2.mul(even(numbers1), w2)));
  sum = rounded(f64x2.add(sum, f64x2.mul(odd(numbers1), w3)));
  const total = f64x2.add(f64x2.add(f64x2.add(w0, w1), w2), w3);
  const weighs = f64x2.gt(total, f64x2.splat(0));
  narrow(target, v128.bitselect(f64x2.div(sum, total), sum, weighs), true);
}

function even(numbers: v128): v128 {
  return f64x2.promote_low_f32x4(i32x4.shuffle(numbers, numbers, 0, 2, 0, 2));
}

function odd(numbers: v128): v128 {
  return f64x2.promote_low_f32x4(i32x4.shuffle(numbers, numbers, 1, 3, 1, 3));
}

/** One pixel, which may lie on the border. */
function pullOne(
  plane: usize,
  weight: usize,
  width: i32,
  height: i32,
  target: usize,
  across: i32,
  x: i32,
  y: i32,
): void {
  let total: f64 = 0;
  let sum: f32 = 0;
  for (let k = 0; k < 4; k++) {
    const px = 2 * x + (k & 1);
    const py = 2 * y + (k >> 1);
    if (px >= width || py >= height) continue;
    const at = (<usize>(py * width + px)) << 2;
    const w = <f64>load<f32>(weight + at);
    total += w;
    sum = <f32>(<f64>sum + <f64>load<f32>(plane + at) * w);
  }
  if (total > 0) sum = <f32>(<f64>sum / total);
  store<f32>(target + ((<usize>(y * across + x)) << 2), sum);
}

/**
 * Fills a plane, in place, from its filled copy of half the size, stretched.
 *
 * @param coarse the copy, `across` pixels wide
 * @param lines memory for two rows of `width` floats and two more each
 */
export function push(
  plane: usize,
  weight: usize,
  width: i32,
  height: i32,
  coarse: usize,
  across: i32,
  columns: usize,
  rows: usize,
  lines: usize,
): void {
  beginRows(lines, 1, width);
  for (let y = 0; y < height; y++) {
    const down = bringRows(coarse, 0, 1, across, columns, width, rows, height, y);
    const row = (<usize>(y * width)) << 2;
    for (let x = 0; x < width; x += 2) {
      const at = (<usize>x) << 2;
      const beneath = rounded(between(above + at, below + at, down));
      fill(plane + row + at, weight + row + at, beneath, x + 2 <= width);
    }
  }
}

/** Fills a small plane, in place, with its weighted mean, or 0.5 where nothing weighs anything. */
export function fillWithMean(plane: usize, weight: usize, length: i32): void {
  let sum: f64 = 0;
  let total: f64 = 0;
  for (let i = 0; i < length; i++) {
    const at = (<usize>i) << 2;
    const w = <f64>load<f32>(weight + at);
    sum += <f64>load<f32>(plane + at) * w;
    total += w;
  }
  const mean = f64x2.splat(total > 0 ? sum / total : 0.5);
  for (let i = 0; i < length; i += 2) {
    const at = (<usize>i) << 2;
    fill(plane + at, weight + at, mean, i + 2 <= length);
  }
}

function fill(plane: usize, weight: usize, beneath: v128, both: bool): void {
  const own = wide(plane);
  const share = wide(weight);
  const mixed = f64x2.add(beneath, f64x2.mul(f64x2.sub(own, beneath), share));
  const known = f64x2.ge(share, f64x2.splat(KNOWN));
  narrow(plane, v128.bitselect(own, mixed, known), both);
}
