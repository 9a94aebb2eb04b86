import { pullPush } from '../../pixels/fill.ts';
import { createPlane, type Mask, maskToPlane, type Plane } from '../../pixels/image.ts';
import { resizePlane } from '../../pixels/resize.ts';
import { reduceBlocks } from '../../pixels/soften.ts';
import type { Scene } from '../scene.ts';

/** Longer side of the grid on which colours are grown: what is grown is smooth, so that more pixels would show no more. */
const GROWING_SIDE = 400;

/** The photo's colours grown smoothly outwards from the seeds over the whole picture. */
export function growColours(scene: Scene, seeds: Mask): readonly Plane[] {
  const { width, height } = scene.image;
  const factor = Math.max(1, Math.round(Math.max(width, height) / GROWING_SIDE));
  const weight = maskToPlane(seeds);
  const share = reduceBlocks(weight, factor);
  // Premultiplied, so that the neighbours of a seed do not bleed into it.
  const colours = scene.colours.map((plane) => {
    const reduced = reduceBlocks(multiply(plane, weight), factor);
    return {
      ...reduced,
      data: reduced.data.map((value, i) => (share.data[i] > 0 ? value / share.data[i] : 0)),
    };
  });
  return pullPush(colours, share).map((plane) => resizePlane(plane, width, height));
}

function multiply(a: Plane, b: Plane): Plane {
  const result = createPlane(a.width, a.height);
  for (let i = 0; i < result.data.length; i++) result.data[i] = a.data[i] * b.data[i];
  return result;
}
