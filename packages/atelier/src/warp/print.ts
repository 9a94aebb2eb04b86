import type { Vec } from '../geometry/vector.ts';
import type { GarmentReading } from '../perceive/garment.ts';
import { labPlanes } from '../pixels/colour.ts';
import { createPlane } from '../pixels/image.ts';
import { resizeRgb, sample } from '../pixels/resize.ts';
import { clamp } from '../pixels/scalar.ts';
import { reduceBlocks, soften } from '../pixels/soften.ts';

/** Longer side of the grid on which prints are looked for. */
const LOOKING_SIDE = 400;

/**
 * Where the cloth carries a print, lettering or a pattern, 0 to 1: the local spread of colour against the plain
 * cloth's own. The warp keeps these places from being stretched unevenly.
 *
 * @returns the share at a place of the garment's picture
 */
export function printShare({ image, front }: GarmentReading): (at: Vec) => number {
  const factor = Math.max(1, Math.round(Math.max(image.width, image.height) / LOOKING_SIDE));
  const cloth = reduceBlocks(front, factor);
  const { width, height } = cloth;
  const reach = height * 0.02;
  const spread = createPlane(width, height);
  for (const plane of labPlanes(resizeRgb(image, width, height))) {
    const smooth = soften(plane, reach);
    for (let i = 0; i < spread.data.length; i++) {
      if (cloth.data[i] > 0.9) spread.data[i] += Math.abs(plane.data[i] - smooth.data[i]);
    }
  }
  const local = soften(spread, reach);
  for (let i = 0; i < local.data.length; i++) local.data[i] = clamp((local.data[i] - 5) / 12, 0, 1);
  return ([x, y]) => sample(local, x / factor, y / factor);
}
