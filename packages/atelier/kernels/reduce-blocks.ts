/**
 * Mean of each block of `factor` x `factor` pixels, in floats of 32 bits; blocks at the right and bottom border may be
 * smaller.
 */
export function reduceBlocks(
  plane: usize,
  width: i32,
  height: i32,
  factor: i32,
  target: usize,
): void {
  const across = (width + factor - 1) / factor;
  const whole = width / factor;
  for (let top = 0, to = target; top < height; top += factor) {
    const rows = min(factor, height - top);
    const first = plane + ((<usize>(top * width)) << 2);
    let x = 0;
    for (; x + 4 <= whole; x += 4) {
      const at = first + ((<usize>(x * factor)) << 2);
      const count = f32x4.splat(<f32>(rows * factor));
      v128.store(to, f32x4.div(sumsOfFour(at, width, rows, factor), count));
      to += 16;
    }
    for (; x < across; x++) {
      const columns = min(factor, width - x * factor);
      const sum = sumOfOne(first + ((<usize>(x * factor)) << 2), width, rows, columns);
      store<f32>(to, sum / <f32>(rows * columns));
      to += 4;
    }
  }
}

/** Four blocks next to each other, so that no sum waits for itself alone. */
function sumsOfFour(first: usize, width: i32, rows: i32, factor: i32): v128 {
  const block = (<usize>factor) << 2;
  let sums = f32x4.splat(0);
  for (let y = 0; y < rows; y++) {
    const row = first + ((<usize>(y * width)) << 2);
    for (let at = row; at < row + block; at += 4) {
      let numbers = v128.load32_zero(at);
      numbers = v128.load32_lane(at + block, numbers, 1);
      numbers = v128.load32_lane(at + 2 * block, numbers, 2);
      numbers = v128.load32_lane(at + 3 * block, numbers, 3);
      sums = f32x4.add(sums, numbers);
    }
  }
  return sums;
}

function sumOfOne(first: usize, width: i32, rows: i32, columns: i32): f32 {
  let sum: f32 = 0;
  for (let y = 0; y < rows; y++) {
    const row = first + ((<usize>(y * width)) << 2);
    for (let x = 0; x < columns; x++) sum += load<f32>(row + ((<usize>x) << 2));
  }
  return sum;
}
