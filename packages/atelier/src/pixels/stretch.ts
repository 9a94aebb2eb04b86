import type { Cut } from './cut.ts';
import type { Plane } from './image.ts';
import { type Planes, withKernels, type Workbench } from './kernels/kernels.ts';
import { layTaps } from './kernels/taps.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Rows that are stretched at a time: the bench need not hold the whole of an enlargement. */
const STRIPE = 64;

/**
 * Stretches planes on the bench bilinearly, and hands over a cut of the result in stripes from the top down.
 *
 * @param size of each plane
 * @param whole the size that they are stretched to
 * @param hand takes each plane's rows from `begin` on, which stay valid until memory of the bench is taken
 */
export function stretchInStripes(
  bench: Workbench,
  { place, step, count }: Planes,
  size: Size,
  whole: Size,
  cut: Cut,
  hand: (stripes: readonly Float32Array[], begin: number, rows: number) => void,
): void {
  const { width, height } = cut;
  const columns = layTaps(bench, size.width, whole.width, cut.left, width);
  const rows = layTaps(bench, size.height, whole.height, cut.top, height);
  const lines = bench.take(2 * count * (width + 2));
  const target = bench.takePlanes(count, STRIPE * width);
  for (let begin = 0; begin < height; begin += STRIPE) {
    const end = Math.min(height, begin + STRIPE);
    bench.run.stretch(
      place,
      step,
      count,
      size.width,
      columns,
      width,
      rows,
      height,
      begin,
      end,
      lines,
      target.place,
      target.step,
    );
    const stripes = Array.from({ length: count }, (_, k) =>
      bench.look(target.at(k), (end - begin) * width),
    );
    hand(stripes, begin, end - begin);
  }
}

/**
 * Visits the rows of planes of one size, stretched bilinearly to another, from the top down. A row's numbers are valid
 * while it is visited and no other kernel asked for.
 */
export function eachStretchedRow(
  planes: readonly Plane[],
  width: number,
  height: number,
  visit: (lines: readonly Float32Array[], y: number) => void,
): void {
  withKernels((bench) => {
    const laid = bench.takePlanes(planes.length, planes[0].data.length);
    planes.forEach(({ data }, k) => bench.put(laid.at(k), data));
    const cut = { left: 0, top: 0, width, height };
    stretchInStripes(bench, laid, planes[0], cut, cut, (stripes, begin, rows) => {
      for (let y = 0; y < rows; y++) {
        visit(
          stripes.map((stripe) => stripe.subarray(y * width, (y + 1) * width)),
          begin + y,
        );
      }
    });
  });
}
