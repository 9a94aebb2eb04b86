import { createPlane, type Plane } from './image.ts';
import { resizePlane } from './resize.ts';
import { inRegion } from './memory.ts';

/**
 * Fills where `weight` is 0 from where it is 1, smoothly, by averaging up a pyramid and interpolating down
 * (pull-push, Gortler et al., "The Lumigraph", 1996). Known pixels (weight at least 0.999) are kept exactly.
 */
export function pullPush(planes: readonly Plane[], weight: Plane): Plane[] {
  return inRegion(() => pullAndPush(planes, weight));
}

function pullAndPush(planes: readonly Plane[], weight: Plane): Plane[] {
  const { width, height } = weight;
  if (width <= 2 || height <= 2) return planes.map((plane) => fillWithMean(plane, weight));
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  const coarse = planes.map(() => createPlane(halfWidth, halfHeight));
  const coarseWeight = createPlane(halfWidth, halfHeight);
  for (let y = 0; y < halfHeight; y++) {
    for (let x = 0; x < halfWidth; x++) pull(planes, weight, coarse, coarseWeight, x, y);
  }
  const filled = pullAndPush(coarse, coarseWeight);
  return planes.map((plane, p) => {
    const below = resizePlane(filled[p], width, height).data;
    const result = createPlane(width, height);
    for (let i = 0; i < below.length; i++) {
      const w = weight.data[i];
      result.data[i] = w >= 0.999 ? plane.data[i] : below[i] + (plane.data[i] - below[i]) * w;
    }
    return result;
  });
}

function pull(
  planes: readonly Plane[],
  weight: Plane,
  coarse: readonly Plane[],
  coarseWeight: Plane,
  x: number,
  y: number,
): void {
  const { width, height } = weight;
  const target = y * coarseWeight.width + x;
  let total = 0;
  let count = 0;
  for (let k = 0; k < 4; k++) {
    const px = 2 * x + (k & 1);
    const py = 2 * y + (k >> 1);
    if (px >= width || py >= height) continue;
    const i = py * width + px;
    const w = weight.data[i];
    total += w;
    count++;
    for (let p = 0; p < planes.length; p++) coarse[p].data[target] += planes[p].data[i] * w;
  }
  coarseWeight.data[target] = Math.min(1, (2 * total) / count);
  if (total > 0) for (const plane of coarse) plane.data[target] /= total;
}

function fillWithMean(plane: Plane, weight: Plane): Plane {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < plane.data.length; i++) {
    sum += plane.data[i] * weight.data[i];
    total += weight.data[i];
  }
  const mean = total > 0 ? sum / total : 0.5;
  const result = createPlane(plane.width, plane.height);
  for (let i = 0; i < plane.data.length; i++) {
    const w = weight.data[i];
    result.data[i] = w >= 0.999 ? plane.data[i] : mean + (plane.data[i] - mean) * w;
  }
  return result;
}
