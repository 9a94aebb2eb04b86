import type { GarmentReading } from '../perceive/garment.ts';
import { pullPush } from '../pixels/fill.ts';
import { maskToPlane, type Plane, type RgbImage, threshold, toPlanes } from '../pixels/image.ts';
import { resizePlane, resizeRgb } from '../pixels/resize.ts';
import { clamp, smoothstep } from '../pixels/scalar.ts';
import { shrinkRim } from '../pixels/soften.ts';
import type { ClothTexture } from '../warp/render.ts';

/** The garment's own colours carried outwards over its edge, where the photo's background has mixed in. */
export function withoutBackground(garment: GarmentReading): RgbImage {
  const { image, matte } = garment;
  const sure = shrinkRim(threshold(matte, 0.98), 2);
  const planes = pullPush(toPlanes(image), maskToPlane(sure));
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < image.width * image.height; i++) {
    for (let c = 0; c < 3; c++)
      data[3 * i + c] = clamp(Math.round(planes[c].data[i] * 255), 0, 255);
  }
  return { width: image.width, height: image.height, data };
}

/** The colours at `scale` texture pixels a garment pixel, about the density at which they will be drawn, for any coverage. */
export function textureAt(colours: RgbImage, scale: number): (coverage: Plane) => ClothTexture {
  const width = Math.max(8, Math.round(colours.width * scale));
  const height = Math.max(8, Math.round(colours.height * scale));
  const scaled = resizeRgb(colours, width, height);
  return (coverage) => ({
    colours: scaled,
    coverage: crisp(resizePlane(coverage, width, height)),
    scale,
  });
}

/** Takes back the softness that resampling adds: an edge should pass from cloth to none within about a pixel and a half. */
function crisp(plane: Plane): Plane {
  return { ...plane, data: plane.data.map((share) => smoothstep(0.2, 0.8, share)) };
}
