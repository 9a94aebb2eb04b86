import { createPlane, type Plane } from './image.ts';
import { copyFloats } from '@toile/memory';
import { withKernels, type Place, type Workbench } from './kernels/kernels.ts';

/** Mean over a square of side 2 radius + 1, normalised at the borders; O(1) a pixel by running sums. */
export function boxMean(plane: Plane, radius: number): Plane {
  const result = createPlane(plane.width, plane.height);
  setBoxMean(plane, radius, result.data);
  return result;
}

/** As `boxMean`, into memory that is given; it may be the plane's own. */
export function setBoxMean(plane: Plane, radius: number, target: Float32Array): void {
  setBoxMeans(plane, [radius], target);
}

/** The mean of the mean and so on, over windows of these radii. */
function setBoxMeans(
  { width, height, data }: Plane,
  radii: readonly number[],
  target: Float32Array,
): void {
  withKernels((bench) => {
    const place = bench.lay(data);
    const spare = takeBoxSpare(bench, width, height);
    for (const radius of radii) bench.run.boxMean(place, spare, width, height, radius);
    target.set(bench.look(place, data.length));
  });
}

/** The spare memory that the kernel asks for. */
export function takeBoxSpare(bench: Workbench, width: number, height: number): Place {
  return bench.take(width * height + 4 + 2 * (width + 1));
}

/**
 * Gaussian blur of the given sigma in pixels, approximated by three box passes (Wells, 1986).
 * Below sigma 0.4 the plane is copied.
 */
export function blur(plane: Plane, sigma: number): Plane {
  if (sigma < 0.4) return { ...plane, data: copyFloats(plane.data) };
  const ideal = Math.sqrt((12 * sigma * sigma) / 3 + 1);
  const small = Math.max(0, Math.floor((ideal - 1) / 2));
  const narrow = 2 * small + 1;
  const narrowPasses = Math.round(
    (12 * sigma * sigma - 3 * narrow * narrow - 12 * narrow - 9) / (-4 * narrow - 4),
  );
  const radii = [0, 1, 2].map((pass) => (pass < narrowPasses ? small : small + 1));
  const result = createPlane(plane.width, plane.height);
  // A window of one pixel changes nothing.
  setBoxMeans(
    plane,
    radii.filter((radius) => radius > 0),
    result.data,
  );
  return result;
}
