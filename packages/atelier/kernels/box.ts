import { narrow, wide } from './lanes';

/**
 * Mean over a square of side 2 radius + 1, normalised at the borders, by running sums.
 *
 * @param plane floats, which the means replace
 * @param spare memory of the plane's size, and a row of 64-bit numbers after it
 */
export function boxMean(plane: usize, spare: usize, width: i32, height: i32, radius: i32): void {
  meanAcross(plane, spare, width, height, radius);
  const afterPlane = (<usize>width * height * sizeof<f32>() + 15) & ~15;
  meanDown(spare, plane, spare + afterPlane, width, height, radius);
}

/** Four rows go side by side: a running sum waits for itself, four of them do not wait for each other. */
function meanAcross(source: usize, target: usize, width: i32, height: i32, radius: i32): void {
  const row = <usize>width * sizeof<f32>();
  const inner = min(width, radius + 1);
  const outer = max(inner, width - radius);
  const share = f64x2.splat(1.0 / <f64>(2 * radius + 1));
  for (let y = 0; y < height; y += 4) {
    // Below the last row the last one is done again.
    const row0 = <usize>y * row;
    const row1 = <usize>min(y + 1, height - 1) * row;
    const row2 = <usize>min(y + 2, height - 1) * row;
    const row3 = <usize>min(y + 3, height - 1) * row;
    const a = source + row0;
    const b = source + row1;
    const c = source + row2;
    const d = source + row3;
    const toA = target + row0;
    const toB = target + row1;
    const toC = target + row2;
    const toD = target + row3;
    let sumsAB = f64x2(
      leftEnd(a, toA, width, radius, inner),
      leftEnd(b, toB, width, radius, inner),
    );
    let sumsCD = f64x2(
      leftEnd(c, toC, width, radius, inner),
      leftEnd(d, toD, width, radius, inner),
    );
    let x = inner;
    for (; x + 4 <= outer; x += 4) {
      const enters = <usize>(x + radius) * sizeof<f32>();
      const leaves = <usize>(x - radius - 1) * sizeof<f32>();
      const at = <usize>x * sizeof<f32>();
      const enterA = v128.load(a + enters);
      const enterB = v128.load(b + enters);
      const leaveA = v128.load(a + leaves);
      const leaveB = v128.load(b + leaves);
      const enterC = v128.load(c + enters);
      const enterD = v128.load(d + enters);
      const leaveC = v128.load(c + leaves);
      const leaveD = v128.load(d + leaves);
      const sumsAB0 = f64x2.add(
        sumsAB,
        f64x2.sub(column0(enterA, enterB), column0(leaveA, leaveB)),
      );
      const sumsCD0 = f64x2.add(
        sumsCD,
        f64x2.sub(column0(enterC, enterD), column0(leaveC, leaveD)),
      );
      const sumsAB1 = f64x2.add(
        sumsAB0,
        f64x2.sub(column1(enterA, enterB), column1(leaveA, leaveB)),
      );
      const sumsCD1 = f64x2.add(
        sumsCD0,
        f64x2.sub(column1(enterC, enterD), column1(leaveC, leaveD)),
      );
      const sumsAB2 = f64x2.add(
        sumsAB1,
        f64x2.sub(column2(enterA, enterB), column2(leaveA, leaveB)),
      );
      const sumsCD2 = f64x2.add(
        sumsCD1,
        f64x2.sub(column2(enterC, enterD), column2(leaveC, leaveD)),
      );
      sumsAB = f64x2.add(sumsAB2, f64x2.sub(column3(enterA, enterB), column3(leaveA, leaveB)));
      sumsCD = f64x2.add(sumsCD2, f64x2.sub(column3(enterC, enterD), column3(leaveC, leaveD)));
      const leftAB = pairs(f64x2.mul(sumsAB0, share), f64x2.mul(sumsAB1, share));
      const rightAB = pairs(f64x2.mul(sumsAB2, share), f64x2.mul(sumsAB, share));
      const leftCD = pairs(f64x2.mul(sumsCD0, share), f64x2.mul(sumsCD1, share));
      const rightCD = pairs(f64x2.mul(sumsCD2, share), f64x2.mul(sumsCD, share));
      v128.store(toA + at, i64x2.shuffle(leftAB, rightAB, 0, 2));
      v128.store(toB + at, i64x2.shuffle(leftAB, rightAB, 1, 3));
      v128.store(toC + at, i64x2.shuffle(leftCD, rightCD, 0, 2));
      v128.store(toD + at, i64x2.shuffle(leftCD, rightCD, 1, 3));
    }
    const sumA = f64x2.extract_lane(sumsAB, 0);
    const sumB = f64x2.extract_lane(sumsAB, 1);
    const sumC = f64x2.extract_lane(sumsCD, 0);
    const sumD = f64x2.extract_lane(sumsCD, 1);
    rightEnd(a, toA, width, radius, x, outer, sumA);
    rightEnd(b, toB, width, radius, x, outer, sumB);
    rightEnd(c, toC, width, radius, x, outer, sumC);
    rightEnd(d, toD, width, radius, x, outer, sumD);
  }
}

/** The first of four columns of two rows, widened. */
function column0(above: v128, below: v128): v128 {
  return f64x2.promote_low_f32x4(i32x4.shuffle(above, below, 0, 4, 0, 4));
}

function column1(above: v128, below: v128): v128 {
  return f64x2.promote_low_f32x4(i32x4.shuffle(above, below, 1, 5, 1, 5));
}

function column2(above: v128, below: v128): v128 {
  return f64x2.promote_low_f32x4(i32x4.shuffle(above, below, 2, 6, 2, 6));
}

function column3(above: v128, below: v128): v128 {
  return f64x2.promote_low_f32x4(i32x4.shuffle(above, below, 3, 7, 3, 7));
}

/** Two columns of two rows as floats: the upper row's two, then the lower row's. */
function pairs(left: v128, right: v128): v128 {
  return i32x4.shuffle(f32x4.demote_f64x2_zero(left), f32x4.demote_f64x2_zero(right), 0, 4, 1, 5);
}

/** A row's means where the window reaches over its left end; returns the sum after them. */
function leftEnd(source: usize, target: usize, width: i32, radius: i32, inner: i32): f64 {
  let sum: f64 = 0;
  const lead = min(radius, width);
  for (let x = 0; x < lead; x++) sum += load<f32>(source + ((<usize>x) << 2));
  for (let x = 0; x < inner; x++) {
    if (x + radius < width) sum += load<f32>(source + ((<usize>(x + radius)) << 2));
    const count = <f64>(min(width - 1, x + radius) + 1);
    store<f32>(target + ((<usize>x) << 2), <f32>(sum / count));
  }
  return sum;
}

/** A row's means from `x` on to its right end, over which the window reaches from `outer` on. */
function rightEnd(
  source: usize,
  target: usize,
  width: i32,
  radius: i32,
  x: i32,
  outer: i32,
  sum: f64,
): void {
  const share = 1.0 / <f64>(2 * radius + 1);
  for (; x < outer; x++) {
    const enters = <f64>load<f32>(source + ((<usize>(x + radius)) << 2));
    sum += enters - <f64>load<f32>(source + ((<usize>(x - radius - 1)) << 2));
    store<f32>(target + ((<usize>x) << 2), <f32>(sum * share));
  }
  for (; x < width; x++) {
    sum -= load<f32>(source + ((<usize>(x - radius - 1)) << 2));
    store<f32>(target + ((<usize>x) << 2), <f32>(sum / <f64>(width - x + radius)));
  }
}

/** @param sums memory for a row of 64-bit numbers, and one more */
function meanDown(
  source: usize,
  target: usize,
  sums: usize,
  width: i32,
  height: i32,
  radius: i32,
): void {
  const row = <usize>width * sizeof<f32>();
  memory.fill(sums, 0, (<usize>width + 1) * sizeof<f64>());
  const lead = min(radius, height);
  for (let y = 0; y < lead; y++) {
    const from = source + <usize>y * row;
    for (let x: usize = 0; x < row; x += 8) {
      v128.store(sums + 2 * x, f64x2.add(v128.load(sums + 2 * x), wide(from + x)));
    }
  }
  for (let y = 0; y < height; y++) {
    const to = target + <usize>y * row;
    const entering = source + <usize>(y + radius) * row;
    const leaving = source + <usize>(y - radius - 1) * row;
    const enters = y + radius < height;
    const leaves = y - radius - 1 >= 0;
    const count = min(height - 1, y + radius) - max(0, y - radius) + 1;
    const share = f64x2.splat(1.0 / <f64>count);
    for (let x: usize = 0; x < row; x += 8) {
      let sum = v128.load(sums + 2 * x);
      if (enters) sum = f64x2.add(sum, wide(entering + x));
      if (leaves) sum = f64x2.sub(sum, wide(leaving + x));
      v128.store(sums + 2 * x, sum);
      narrow(to + x, f64x2.mul(sum, share), x + 8 <= row);
    }
  }
}
