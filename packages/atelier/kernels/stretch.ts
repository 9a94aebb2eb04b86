import { narrow, wide } from './lanes';

/**
 * Where each of `count` samples of a side stretched from `from` to `to` pixels lies between two of the old ones: the
 * byte offsets of both, and the share of the second. Three lists, each with one entry more that nothing depends on.
 *
 * @param first the first sample that is wanted
 */
export function setTaps(taps: usize, from: i32, to: i32, first: i32, count: i32): void {
  const list = listBytes(count);
  for (let i = 0; i < count; i++) {
    const raw = ((<f64>(first + i) + 0.5) * <f64>from) / <f64>to - 0.5;
    const position: f64 = raw < 0 ? 0 : raw > <f64>(from - 1) ? <f64>(from - 1) : raw;
    const before = <i32>floor(position);
    const at = taps + ((<usize>i) << 2);
    store<i32>(at, before << 2);
    store<i32>(at + list, min(from - 1, before + 1) << 2);
    store<f32>(at + 2 * list, <f32>(position - <f64>before));
  }
  const end = taps + ((<usize>count) << 2);
  store<i32>(end, 0);
  store<i32>(end + list, 0);
  store<f32>(end + 2 * list, 0);
}

export function listBytes(count: i32): usize {
  return (<usize>(count + 1)) << 2;
}

/** A row at its new width. */
export function stretchRow(source: usize, columns: usize, count: i32, target: usize): void {
  const list = listBytes(count);
  for (let x = 0; x < count; x += 2) {
    const at = columns + ((<usize>x) << 2);
    const left = gather(source, at);
    const right = gather(source, at + list);
    const share = wide(at + 2 * list);
    const stretched = f64x2.add(left, f64x2.mul(f64x2.sub(right, left), share));
    narrow(target + ((<usize>x) << 2), stretched, x + 2 <= count);
  }
}

/** The floats at two offsets, widened. */
function gather(source: usize, offsets: usize): v128 {
  const first = v128.load32_zero(source + load<u32>(offsets));
  const both = v128.load32_lane(source + load<u32>(offsets, 4), first, 1);
  return f64x2.promote_low_f32x4(both);
}

/** Between two rows. */
export function between(above: usize, below: usize, down: v128): v128 {
  const from = wide(above);
  return f64x2.add(from, f64x2.mul(f64x2.sub(wide(below), from), down));
}
