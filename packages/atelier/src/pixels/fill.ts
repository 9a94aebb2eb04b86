import { createPlane, type Plane } from './image.ts';
import { type Place, withKernels, type Workbench } from './kernels/kernels.ts';
import { layTaps } from './kernels/taps.ts';

/**
 * Fills where `weight` is 0 from where it is 1, smoothly, by averaging up a pyramid and interpolating down
 * (pull-push, Gortler et al., "The Lumigraph", 1996). Known pixels (weight at least 0.999) are kept exactly.
 */
export function pullPush(planes: readonly Plane[], weight: Plane): Plane[] {
  return withKernels((bench) => {
    const levels = layLevels(bench, weight);
    const lines = bench.take(2 * (weight.width + 2));
    return planes.map(({ width, height, data }) => {
      const { plane } = levels[0];
      bench.put(plane, data);
      fillLevels(bench, levels, lines);
      const result = createPlane(width, height);
      result.data.set(bench.look(plane, data.length));
      return result;
    });
  });
}

/** A step of the pyramid, each half as large as the one before: its weights, and room for a plane. */
interface Level {
  readonly width: number;
  readonly height: number;
  readonly weight: Place;
  readonly plane: Place;
  /** Where its pixels lie between those of the next. */
  readonly columns: Place;
  readonly rows: Place;
}

function layLevels(bench: Workbench, { width, height, data }: Plane): Level[] {
  const levels: Level[] = [];
  let weight = bench.lay(data);
  for (;;) {
    const across = (width + 1) >> 1;
    const down = (height + 1) >> 1;
    const plane = bench.take(width * height);
    const columns = layTaps(bench, across, width, 0, width);
    const rows = layTaps(bench, down, height, 0, height);
    levels.push({ width, height, weight, plane, columns, rows });
    if (width <= 2 || height <= 2) return levels;
    const next = bench.take(across * down);
    bench.run.pullWeight(weight, width, height, next);
    [width, height, weight] = [across, down, next];
  }
}

/** Fills the plane on the first level; those on the others are its smaller copies. */
function fillLevels({ run }: Workbench, levels: readonly Level[], lines: Place): void {
  const last = levels.length - 1;
  for (let k = 0; k < last; k++) {
    const { plane, weight, width, height } = levels[k];
    run.pull(plane, weight, width, height, levels[k + 1].plane);
  }
  const { plane, weight, width, height } = levels[last];
  run.fillWithMean(plane, weight, width * height);
  for (let k = last - 1; k >= 0; k--) {
    const { plane, weight, width, height, columns, rows } = levels[k];
    const coarse = levels[k + 1];
    run.push(plane, weight, width, height, coarse.plane, coarse.width, columns, rows, lines);
  }
}
