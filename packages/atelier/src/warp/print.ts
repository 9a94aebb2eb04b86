import type { GarmentReading } from '../perceive/garment.ts';
import { labPlanes } from '../pixels/colour.ts';
import { createPlane, type Plane } from '../pixels/image.ts';
import { clamp } from '../pixels/scalar.ts';
import { soften } from '../pixels/soften.ts';

/**
 * Where the cloth carries a print, lettering or a pattern, 0 to 1: the local spread of colour against the plain
 * cloth's own. The warp keeps these places from being stretched unevenly.
 */
export function printShare(garment: GarmentReading): Plane {
  const { image, front } = garment;
  const reach = image.height * 0.02;
  const spread = createPlane(image.width, image.height);
  for (const plane of labPlanes(image)) {
    const smooth = soften(plane, reach);
    for (let i = 0; i < spread.data.length; i++) {
      if (front.data[i] > 0.9) spread.data[i] += Math.abs(plane.data[i] - smooth.data[i]);
    }
  }
  const local = soften(spread, reach);
  for (let i = 0; i < local.data.length; i++) local.data[i] = clamp((local.data[i] - 5) / 12, 0, 1);
  return local;
}
