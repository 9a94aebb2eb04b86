import { narrow } from './lanes';
import { between } from './stretch';
import { above, below, beginRows, bringRows, lineBytes } from './stretched-rows';

/**
 * Rows of planes stretched bilinearly.
 *
 * @param source planes, `step` bytes from one to the next, `across` pixels wide
 * @param columns the taps of the wanted columns
 * @param rows the taps of the wanted rows, of which there are `allRows`
 * @param begin the first of them to do now
 * @param end after the last of them to do now
 * @param lines memory for two rows a plane of `width` floats and two more each
 * @param target memory for planes of the rows that are done now, `targetStep` bytes from one to the next
 */
export function stretch(
  source: usize,
  step: usize,
  planes: i32,
  across: i32,
  columns: usize,
  width: i32,
  rows: usize,
  allRows: i32,
  begin: i32,
  end: i32,
  lines: usize,
  target: usize,
  targetStep: usize,
): void {
  const line = lineBytes(width);
  beginRows(lines, planes, width);
  for (let y = begin; y < end; y++) {
    const down = bringRows(source, step, planes, across, columns, width, rows, allRows, y);
    for (let k = 0; k < planes; k++) {
      const upper = above + k * line;
      const lower = below + k * line;
      const to = target + k * targetStep + ((<usize>((y - begin) * width)) << 2);
      for (let x = 0; x < width; x += 2) {
        const at = (<usize>x) << 2;
        narrow(to + at, between(upper + at, lower + at, down), x + 2 <= width);
      }
    }
  }
}
