import { listBytes, stretchRow } from './stretch';

/**
 * The two rows between which a wanted row of stretched planes lies, at their new width. Rows are kept while they serve:
 * an enlargement asks for each of them several times.
 */
export let above: usize = 0;
export let below: usize = 0;

let aboveRow: u32 = 0;
let belowRow: u32 = 0;

/**
 * Bytes from one plane's row to the next plane's: lines of one row, and two floats more, follow each other.
 *
 * @param width of the stretched rows
 */
export function lineBytes(width: i32): usize {
  return (<usize>(width + 2)) << 2;
}

/** @param lines memory for two lines a plane */
export function beginRows(lines: usize, planes: i32, width: i32): void {
  above = lines;
  below = lines + <usize>planes * lineBytes(width);
  aboveRow = u32.MAX_VALUE;
  belowRow = u32.MAX_VALUE;
}

/** @returns the share of `below` in the wanted row, twice */
export function bringRows(
  source: usize,
  step: usize,
  planes: i32,
  across: i32,
  columns: usize,
  width: i32,
  rows: usize,
  allRows: i32,
  y: i32,
): v128 {
  const list = listBytes(allRows);
  const tap = rows + ((<usize>y) << 2);
  const first = load<u32>(tap);
  const second = load<u32>(tap + list);
  if (first == belowRow) {
    const line = above;
    above = below;
    below = line;
    belowRow = aboveRow;
    aboveRow = first;
  }
  if (first != aboveRow) {
    aboveRow = first;
    bring(source + first * across, step, planes, columns, width, above);
  }
  if (second != belowRow) {
    belowRow = second;
    bring(source + second * across, step, planes, columns, width, below);
  }
  return f64x2.splat(<f64>load<f32>(tap + 2 * list));
}

function bring(
  source: usize,
  step: usize,
  planes: i32,
  columns: usize,
  width: i32,
  target: usize,
): void {
  for (let k = 0; k < planes; k++) {
    stretchRow(source + k * step, columns, width, target + k * lineBytes(width));
  }
}
