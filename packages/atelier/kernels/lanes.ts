/**
 * Pixels are floats of 32 bits and are reckoned with in 64, two at a time, so that answers are those of ordinary numbers
 * of JavaScript to the last bit.
 */

/** Two neighbouring floats, widened. */
export function wide(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** Rounds two numbers to floats and writes them, or only the first of them where a row has no second. */
export function narrow(at: usize, numbers: v128, both: bool): void {
  const floats = f32x4.demote_f64x2_zero(numbers);
  if (both) v128.store64_lane(at, floats, 0);
  else v128.store32_lane(at, floats, 0);
}

/** The numbers as they are after being written as floats and read again. */
export function rounded(numbers: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(numbers));
}
