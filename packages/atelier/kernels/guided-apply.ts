import { narrow, rounded, wide } from './lanes';
import { between } from './stretch';
import { above, below, beginRows, bringRows, lineBytes } from './stretched-rows';

/**
 * Lays slopes (red, green, blue) and offsets, stretched to the guide's size, on rows of the guide, and cuts off what is
 * below 0 or above 1.
 *
 * @param planes of the slopes and the offset, `step` bytes from one to the next, `across` pixels wide
 * @param columns the taps of the wanted columns
 * @param rows the taps of the wanted rows, of which there are `allRows`
 * @param begin the first of them to do now
 * @param end after the last of them to do now
 * @param lines memory for eight rows of `width` floats and two more each
 * @param guide the guide's red from the first wanted pixel on; green and blue follow, `guideStep` bytes further each
 * @param guideAcross the guide's width
 * @param target memory for the rows that are done now, `width` pixels wide
 */
export function apply(
  planes: usize,
  step: usize,
  across: i32,
  columns: usize,
  width: i32,
  rows: usize,
  allRows: i32,
  begin: i32,
  end: i32,
  lines: usize,
  guide: usize,
  guideStep: usize,
  guideAcross: i32,
  target: usize,
): void {
  const line = lineBytes(width);
  beginRows(lines, 4, width);
  for (let y = begin; y < end; y++) {
    const down = bringRows(planes, step, 4, across, columns, width, rows, allRows, y);
    const from = guide + ((<usize>((y - begin) * guideAcross)) << 2);
    const to = target + ((<usize>((y - begin) * width)) << 2);
    for (let x = 0; x < width; x += 2) {
      const at = (<usize>x) << 2;
      const upper = above + at;
      const lower = below + at;
      const red = f64x2.mul(rounded(between(upper, lower, down)), wide(from + at));
      const green = f64x2.mul(
        rounded(between(upper + line, lower + line, down)),
        wide(from + guideStep + at),
      );
      const blue = f64x2.mul(
        rounded(between(upper + 2 * line, lower + 2 * line, down)),
        wide(from + 2 * guideStep + at),
      );
      const offset = rounded(between(upper + 3 * line, lower + 3 * line, down));
      const sum = f64x2.add(f64x2.add(f64x2.add(red, green), blue), offset);
      const share = f64x2.pmin(f64x2.pmax(sum, f64x2.splat(0)), f64x2.splat(1));
      narrow(to + at, share, x + 2 <= width);
    }
  }
}
