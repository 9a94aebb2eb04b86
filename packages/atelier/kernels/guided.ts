import { narrow, rounded, wide } from './lanes';

/** The product of two boxes of pixels, whose planes may be wider; its own rows follow each other. */
export function multiply(
  a: usize,
  acrossA: i32,
  b: usize,
  acrossB: i32,
  target: usize,
  width: i32,
  height: i32,
): void {
  const row = (<usize>width) << 2;
  for (let y: usize = 0; y < <usize>height; y++) {
    const rowA = a + ((y * acrossA) << 2);
    const rowB = b + ((y * acrossB) << 2);
    const to = target + y * row;
    let x: usize = 0;
    for (; x + 16 <= row; x += 16) {
      v128.store(to + x, f32x4.mul(v128.load(rowA + x), v128.load(rowB + x)));
    }
    for (; x < row; x += 4) store<f32>(to + x, load<f32>(rowA + x) * load<f32>(rowB + x));
  }
}

/**
 * From a guide's means (red, green, blue) and the means of its products (00 01 02 11 12 22), which follow them, the
 * inverse of its covariance, whose upper triangle takes the place of the products.
 *
 * @param step bytes from plane to plane
 */
export function invertCovariance(planes: usize, step: usize, length: i32, epsilon: f64): void {
  const products = planes + 3 * step;
  const more = f64x2.splat(epsilon);
  for (let i = 0; i < length; i += 2) {
    const at = (<usize>i) << 2;
    const mr = wide(planes + at);
    const mg = wide(planes + step + at);
    const mb = wide(planes + 2 * step + at);
    const entry = products + at;
    const rr = f64x2.add(f64x2.sub(wide(entry), f64x2.mul(mr, mr)), more);
    const rg = f64x2.sub(wide(entry + step), f64x2.mul(mr, mg));
    const rb = f64x2.sub(wide(entry + 2 * step), f64x2.mul(mr, mb));
    const gg = f64x2.add(f64x2.sub(wide(entry + 3 * step), f64x2.mul(mg, mg)), more);
    const gb = f64x2.sub(wide(entry + 4 * step), f64x2.mul(mg, mb));
    const bb = f64x2.add(f64x2.sub(wide(entry + 5 * step), f64x2.mul(mb, mb)), more);
    const c00 = minor(gg, bb, gb, gb);
    const c01 = minor(rb, gb, rg, bb);
    const c02 = minor(rg, gb, rb, gg);
    const scale = f64x2.div(f64x2.splat(1), notZero(dot(rr, c00, rg, c01, rb, c02)));
    const both = i + 2 <= length;
    narrow(entry, f64x2.mul(c00, scale), both);
    narrow(entry + step, f64x2.mul(c01, scale), both);
    narrow(entry + 2 * step, f64x2.mul(c02, scale), both);
    narrow(entry + 3 * step, f64x2.mul(minor(rr, bb, rb, rb), scale), both);
    narrow(entry + 4 * step, f64x2.mul(minor(rg, rb, rr, gb), scale), both);
    narrow(entry + 5 * step, f64x2.mul(minor(rr, gg, rg, rg), scale), both);
  }
}

function minor(a: v128, d: v128, b: v128, c: v128): v128 {
  return f64x2.sub(f64x2.mul(a, d), f64x2.mul(b, c));
}

function dot(a0: v128, b0: v128, a1: v128, b1: v128, a2: v128, b2: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.mul(a0, b0), f64x2.mul(a1, b1)), f64x2.mul(a2, b2));
}

/** A determinant by which can be divided. */
function notZero(determinant: v128): v128 {
  const zero = f64x2.eq(determinant, f64x2.splat(0));
  const fails = v128.or(zero, f64x2.ne(determinant, determinant));
  return v128.bitselect(f64x2.splat(1e-12), determinant, fails);
}

/**
 * From the means of an input's products with the guide (red, green, blue) and its own mean, which follows them, the
 * slope in each channel and the offset, which take their places.
 *
 * @param statistics the guide's means and inverse covariance, from the box's first pixel on
 * @param across the width of the statistics' planes
 */
export function fit(
  planes: usize,
  step: usize,
  statistics: usize,
  statisticsStep: usize,
  across: i32,
  width: i32,
  height: i32,
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 2) {
      const red = planes + ((<usize>(y * width + x)) << 2);
      const from = statistics + ((<usize>(y * across + x)) << 2);
      const mr = wide(from);
      const mg = wide(from + statisticsStep);
      const mb = wide(from + 2 * statisticsStep);
      const e1 = wide(from + 4 * statisticsStep);
      const e2 = wide(from + 5 * statisticsStep);
      const e4 = wide(from + 7 * statisticsStep);
      const mean = wide(red + 3 * step);
      const cr = f64x2.sub(wide(red), f64x2.mul(mean, mr));
      const cg = f64x2.sub(wide(red + step), f64x2.mul(mean, mg));
      const cb = f64x2.sub(wide(red + 2 * step), f64x2.mul(mean, mb));
      const ar = rounded(dot(wide(from + 3 * statisticsStep), cr, e1, cg, e2, cb));
      const ag = rounded(dot(e1, cr, wide(from + 6 * statisticsStep), cg, e4, cb));
      const ab = rounded(dot(e2, cr, e4, cg, wide(from + 8 * statisticsStep), cb));
      const both = x + 2 <= width;
      narrow(red, ar, both);
      narrow(red + step, ag, both);
      narrow(red + 2 * step, ab, both);
      const explained = f64x2.sub(f64x2.sub(mean, f64x2.mul(ar, mr)), f64x2.mul(ag, mg));
      narrow(red + 3 * step, f64x2.sub(explained, f64x2.mul(ab, mb)), both);
    }
  }
}
