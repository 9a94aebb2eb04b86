import { boxMean } from '../../pixels/box-filter.ts';
import {
  createPlane,
  type Mask,
  maskToPlane,
  type Plane,
  toPlanes,
  type RgbImage,
} from '../../pixels/image.ts';
import { clamp, smoothstep } from '../../pixels/scalar.ts';
import { reduceBlocks } from '../../pixels/soften.ts';
import { edgeDistance } from './edge-distance.ts';

/** How far from the hard edge a pixel may still be a mixture, pixels. */
const REACH = 2.2;
/** Squared colour distance (sRGB 0..1) of cloth and backdrop from which mixtures can be told. */
const TELLING = 0.012;

/**
 * Turns a hard mask into shares: a pixel at the edge is how far its colour lies on the way from the local backdrop
 * to the local cloth; where the two look alike it is the mask's own anti-aliased edge.
 */
export function softEdge(image: RgbImage, mask: Mask): Plane {
  const { width, height } = mask;
  const depth = edgeDistance(mask, REACH + 1).data;
  const inner = createPlane(width, height);
  const outer = createPlane(width, height);
  for (let i = 0; i < inner.data.length; i++) {
    inner.data[i] = depth[i] > REACH ? 1 : 0;
    outer.data[i] = depth[i] < -REACH ? 1 : 0;
  }
  const planes = toPlanes(image);
  const near = localColours(planes, inner);
  const far = localColours(planes, outer);
  const smooth = boxMean(boxMean(maskToPlane(mask), 1), 1).data;
  const result = createPlane(width, height);
  for (let i = 0; i < result.data.length; i++) {
    if (depth[i] > REACH) result.data[i] = 1;
    else if (depth[i] < -REACH) result.data[i] = 0;
    else {
      const plain = smoothstep(0.12, 0.88, smooth[i]);
      const block = near.blockOf(i);
      if (near.weight[block] < 1e-3 || far.weight[block] < 1e-3) {
        result.data[i] = plain;
        continue;
      }
      let along = 0;
      let apart = 0;
      for (let c = 0; c < 3; c++) {
        const span = near.colours[c][block] - far.colours[c][block];
        along += (planes[c].data[i] - far.colours[c][block]) * span;
        apart += span * span;
      }
      const mixture = clamp((along / (apart || 1e-9) - 0.04) / 0.92, 0, 1);
      const trust = smoothstep(TELLING / 4, TELLING, apart);
      result.data[i] = plain + (mixture - plain) * trust;
    }
  }
  return settle(result, depth);
}

/** A mixture may not contradict the mask by more than its own reach: far sides are pulled to 0 and 1. */
function settle(share: Plane, depth: Float32Array): Plane {
  const { data } = share;
  for (let i = 0; i < data.length; i++) {
    if (depth[i] > 0) data[i] = Math.max(data[i], smoothstep(0.8, REACH, depth[i]));
    else data[i] = Math.min(data[i], 1 - smoothstep(0.8, REACH, -depth[i]));
  }
  return share;
}

/** Colours are looked at in blocks of so many pixels a side, and so many blocks around one's own. */
const BLOCK = 2;
const AROUND = 2;

interface LocalColours {
  /** The block that a pixel lies in. */
  blockOf(pixel: number): number;
  readonly colours: readonly Float32Array[];
  readonly weight: Float32Array;
}

/** Mean colours, by blocks, of the pixels that have weight. */
function localColours(planes: readonly Plane[], weight: Plane): LocalColours {
  const columns = Math.ceil(weight.width / BLOCK);
  const total = boxMean(reduceBlocks(weight, BLOCK), AROUND).data;
  const weighted = createPlane(weight.width, weight.height);
  const colours = planes.map((plane) => {
    for (let i = 0; i < weighted.data.length; i++) {
      weighted.data[i] = plane.data[i] * weight.data[i];
    }
    const mean = boxMean(reduceBlocks(weighted, BLOCK), AROUND).data;
    for (let k = 0; k < total.length; k++) mean[k] /= total[k] || 1;
    return mean;
  });
  const blockOf = (pixel: number): number => {
    const x = pixel % weight.width;
    return Math.floor((pixel - x) / weight.width / BLOCK) * columns + Math.floor(x / BLOCK);
  };
  return { blockOf, colours, weight: total };
}
