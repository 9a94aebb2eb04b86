import { takeBoxSpare } from './box-filter.ts';
import { boxAround, type Cut, cutPlane, scaleCut } from './cut.ts';
import { createPlane, type Plane, threshold } from './image.ts';
import { inRegion } from '@toile/memory';
import { type Place, type Planes, withKernels, type Workbench } from './kernels/kernels.ts';
import { layTaps } from './kernels/taps.ts';
import { resizePlane } from './resize.ts';

export interface GuidedFilterOptions {
  /** Window radius in pixels of the guide. */
  readonly radius: number;
  /** Regularisation, in squared units of the guide (0 to 1): smaller follows weaker edges. */
  readonly epsilon: number;
  /** The coefficients are found on a grid this many times coarser (He and Sun, "Fast Guided Filter", 2015). Default 1. */
  readonly subsample?: number;
  /** The guide on that coarser grid, where the caller has it already; it then takes the place of `subsample`. */
  readonly coarse?: Guide;
}

type Guide = readonly [Plane, Plane, Plane];

/**
 * Edge-aware smoothing of shares (0 to 1) led by a colour picture (He, Sun and Tang, "Guided Image Filtering", 2013).
 * Several inputs share the guide's statistics and may be of any size; results are the guide's and clamped to 0..1.
 */
export function guidedFilter(
  guide: Guide,
  inputs: readonly Plane[],
  options: GuidedFilterOptions,
): Plane[] {
  return inRegion(() => filtered(guide, inputs, options));
}

function filtered(guide: Guide, inputs: readonly Plane[], options: GuidedFilterOptions): Plane[] {
  const { width, height } = guide[0];
  const coarse = options.coarse ?? reduceGuide(guide, options.subsample ?? 1);
  const { width: across, height: down } = coarse[0];
  const radius = Math.max(1, Math.round((options.radius * across) / width));
  return withKernels((bench) => {
    const statistics = layStatistics(bench, coarse, radius, options.epsilon);
    return inputs.map((input) =>
      inRegion(() => {
        const reduced = resizePlane(input, across, down);
        // Two windows away from what holds anything, nothing is what comes out.
        const box = boxAround(threshold(reduced, NOTHING), 2 * radius + 1);
        if (!box) return createPlane(width, height);
        return bench.within(() => {
          const coefficients = layCoefficients(bench, statistics, reduced, box, radius);
          const where = scaleCut(box, coarse[0], { width, height });
          return applied(bench, guide, coefficients, coarse[0], where);
        });
      }),
    );
  });
}

/** Shares below this are none. */
const NOTHING = 1e-3;

function reduceGuide(guide: Guide, factor: number): Guide {
  const { width, height } = guide[0];
  const reduce = (plane: Plane): Plane =>
    resizePlane(
      plane,
      Math.max(1, Math.round(width / factor)),
      Math.max(1, Math.round(height / factor)),
    );
  return [reduce(guide[0]), reduce(guide[1]), reduce(guide[2])];
}

/** What is known of a guide on its coarse grid. */
interface Statistics {
  readonly guide: Planes;
  /** Means of red, green and blue, and the upper triangle of the inverse covariance: 00 01 02 11 12 22. */
  readonly planes: Planes;
  readonly boxSpare: Place;
}

function layStatistics(
  bench: Workbench,
  coarse: Guide,
  radius: number,
  epsilon: number,
): Statistics {
  const { width, height } = coarse[0];
  const length = width * height;
  const guide = bench.takePlanes(3, length);
  const planes = bench.takePlanes(9, length);
  const boxSpare = takeBoxSpare(bench, width, height);
  coarse.forEach(({ data }, k) => {
    bench.put(guide.at(k), data);
    bench.put(planes.at(k), data);
  });
  let next = 3;
  for (let i = 0; i < 3; i++) {
    for (let j = i; j < 3; j++) {
      const target = planes.at(next++);
      bench.run.multiply(guide.at(i), width, guide.at(j), width, target, width, height);
    }
  }
  for (let k = 0; k < 9; k++) bench.run.boxMean(planes.at(k), boxSpare, width, height, radius);
  bench.run.invertCovariance(planes.place, planes.step, length, epsilon);
  return { guide, planes, boxSpare };
}

/**
 * Slope in each channel and offset, averaged over the window; found in a box of the coarse grid, outside of which they
 * are 0.
 */
function layCoefficients(
  bench: Workbench,
  { guide, planes, boxSpare }: Statistics,
  input: Plane,
  box: Cut,
  radius: number,
): Planes {
  const { run } = bench;
  const { width, height } = box;
  const { width: across, height: down } = input;
  const first = box.top * across + box.left;
  const offset = first * Float32Array.BYTES_PER_ELEMENT;
  const found = bench.takePlanes(4, width * height);
  const shares = found.at(3);
  bench.put(shares, cutPlane(input, box).data);
  for (let k = 0; k < 3; k++) {
    run.multiply(shares, width, guide.at(k) + offset, across, found.at(k), width, height);
  }
  for (let k = 0; k < 4; k++) run.boxMean(found.at(k), boxSpare, width, height, radius);
  run.fit(found.place, found.step, planes.place + offset, planes.step, across, width, height);
  const whole = bench.takePlanes(4, across * down);
  for (let k = 0; k < 4; k++) {
    run.boxMean(found.at(k), boxSpare, width, height, radius);
    run.layBack(found.at(k), width, height, whole.at(k), across, down, first);
  }
  return whole;
}

/** Rows of the guide that are laid on the bench at a time: it need not hold the whole. */
const STRIPE = 64;

/** Lays the coefficients, stretched to the guide's size, on the guide within a box; 0 elsewhere. */
function applied(
  bench: Workbench,
  guide: Guide,
  coefficients: Planes,
  coarse: Plane,
  box: Cut,
): Plane {
  const { width, height } = guide[0];
  const columns = layTaps(bench, coarse.width, width, box.left, box.width);
  const rows = layTaps(bench, coarse.height, height, box.top, box.height);
  const lines = bench.take(8 * (box.width + 2));
  const stripes = bench.takePlanes(3, STRIPE * width);
  const target = bench.take(STRIPE * box.width);
  const result = createPlane(width, height);
  for (let begin = 0; begin < box.height; begin += STRIPE) {
    const end = Math.min(box.height, begin + STRIPE);
    const start = (box.top + begin) * width;
    guide.forEach(({ data }, k) => {
      bench.put(stripes.at(k), data.subarray(start, start + (end - begin) * width));
    });
    bench.run.apply(
      coefficients.place,
      coefficients.step,
      coarse.width,
      columns,
      box.width,
      rows,
      box.height,
      begin,
      end,
      lines,
      stripes.place + box.left * Float32Array.BYTES_PER_ELEMENT,
      stripes.step,
      width,
      target,
    );
    const done = bench.look(target, (end - begin) * box.width);
    for (let y = 0; y < end - begin; y++) {
      const row = done.subarray(y * box.width, (y + 1) * box.width);
      result.data.set(row, start + y * width + box.left);
    }
  }
  return result;
}
