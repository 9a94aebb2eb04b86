import { pullPush } from '../../pixels/fill.ts';
import { createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { clamp, lerp } from '../../pixels/scalar.ts';
import type { Scene } from '../scene.ts';

/** Longer side of the grid on which colours are grown: what is grown is smooth, so that more pixels would show no more. */
const GROWING_SIDE = 400;

export const growingFactor = ({ image }: Scene): number =>
  Math.max(1, Math.round(Math.max(image.width, image.height) / GROWING_SIDE));

/** The photo's colours grown smoothly outwards from the seeds, for the pixels of `where`; elsewhere 0. */
export function growColours(scene: Scene, seeds: Mask, where: Mask): readonly Plane[] {
  const { means, share } = meansOf(
    scene,
    (i) => seeds.data[i],
    (i, c) => scene.colours[c].data[i],
  );
  return pullPush(means, share).map((plane) => enlarge(plane, growingFactor(scene), where));
}

/** A plane of the growing grid at the answer's size, interpolated for the pixels of `where`; elsewhere 0. */
export function enlarge(plane: Plane, factor: number, where: Mask): Plane {
  const { width, height } = where;
  const result = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const place = clamp((y + 0.5) / factor - 0.5, 0, plane.height - 1);
    const above = Math.floor(place);
    const below = Math.min(plane.height - 1, above + 1);
    const down = place - above;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (!where.data[at]) continue;
      const across = clamp((x + 0.5) / factor - 0.5, 0, plane.width - 1);
      const left = Math.floor(across);
      const right = Math.min(plane.width - 1, left + 1);
      const share = across - left;
      const upper = lerp(
        plane.data[above * plane.width + left],
        plane.data[above * plane.width + right],
        share,
      );
      const lower = lerp(
        plane.data[below * plane.width + left],
        plane.data[below * plane.width + right],
        share,
      );
      result.data[at] = lerp(upper, lower, down);
    }
  }
  return result;
}

/** Weighted means of three values over the cells of the growing grid, and the mean weight of each cell. */
export function meansOf(
  scene: Scene,
  weightAt: (index: number) => number,
  valueAt: (index: number, channel: number) => number,
): { readonly means: readonly Plane[]; readonly share: Plane } {
  const factor = growingFactor(scene);
  const { width, height } = scene.image;
  const columns = Math.ceil(width / factor);
  const rows = Math.ceil(height / factor);
  const means = [0, 1, 2].map(() => createPlane(columns, rows));
  const share = createPlane(columns, rows);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / factor) * columns;
    for (let x = 0; x < width; x++, i++) {
      const weight = weightAt(i);
      if (weight <= 0) continue;
      const cell = row + Math.floor(x / factor);
      share.data[cell] += weight;
      for (let c = 0; c < 3; c++) means[c].data[cell] += weight * valueAt(i, c);
    }
  }
  for (let cell = 0; cell < share.data.length; cell++) {
    const total = share.data[cell];
    if (total <= 0) continue;
    for (const plane of means) plane.data[cell] /= total;
    const x = (cell % columns) * factor;
    const y = Math.floor(cell / columns) * factor;
    share.data[cell] = total / (Math.min(factor, width - x) * Math.min(factor, height - y));
  }
  return { means, share };
}
