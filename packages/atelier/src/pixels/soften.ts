import { blur } from './box-filter.ts';
import { createPlane, type Mask, type Plane } from './image.ts';
import { inRegion } from '@toile/memory';
import { withKernels } from './kernels/kernels.ts';
import { resizePlane } from './resize.ts';
import { spreadSquare } from './square-brush.ts';

/** Mean of each block of `factor` x `factor` pixels; blocks at the right and bottom border may be smaller. */
export function reduceBlocks(plane: Plane, factor: number): Plane {
  if (factor <= 1) return plane;
  const width = Math.ceil(plane.width / factor);
  const height = Math.ceil(plane.height / factor);
  const result = createPlane(width, height);
  withKernels((bench) => {
    const laid = bench.lay(plane.data);
    const target = bench.take(result.data.length);
    bench.run.reduceBlocks(laid, plane.width, plane.height, factor, target);
    result.data.set(bench.look(target, result.data.length));
  });
  return result;
}

/** A Gaussian blur for shadows and shading: wide ones are made on a coarser grid, where they cost a fraction. */
export function soften(plane: Plane, sigma: number): Plane {
  const factor = Math.max(1, Math.min(8, Math.floor(sigma / 2)));
  if (factor === 1) return blur(plane, sigma);
  return inRegion(() =>
    resizePlane(blur(reduceBlocks(plane, factor), sigma / factor), plane.width, plane.height),
  );
}

/** The mask grown by a square of `radius` pixels: for rims of a few pixels, where a round brush would look the same. */
export function growRim(mask: Mask, radius: number): Mask {
  return spreadSquare(mask, Math.round(radius), 1);
}

/** The mask shrunk by a square of `radius` pixels; the picture's border does not shrink it. */
export function shrinkRim(mask: Mask, radius: number): Mask {
  return spreadSquare(mask, Math.round(radius), 0);
}
