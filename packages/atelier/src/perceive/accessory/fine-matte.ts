import { components, fillHoles } from '../../pixels/components.ts';
import { pullPush } from '../../pixels/fill.ts';
import {
  createMask,
  createPlane,
  type Mask,
  type Plane,
  type RgbImage,
  threshold,
  toPlanes,
} from '../../pixels/image.ts';
import { resizePlane } from '../../pixels/resize.ts';
import { clamp } from '../../pixels/scalar.ts';
import { growRim, reduceBlocks, shrinkRim } from '../../pixels/soften.ts';
import { type Backdrop, findBackdrop } from '../garment/backdrop.ts';
import { labRelief } from '../garment/relief.ts';
import { DARKEST_SHADOW, isShade } from '../garment/shadow-test.ts';
import { boxOf } from './shape.ts';

/** What stands out from a plain backdrop by colour alone, however thin it is. */
export interface FineMatte {
  readonly share: Plane;
  readonly mask: Mask;
  readonly backdrop: Backdrop;
  /** Lab gradient, per pixel of distance. */
  readonly relief: Plane;
}

/** Colour distance from which a pixel is no backdrop, and in noises of the backdrop. */
const LEAST_DIFFERENCE = 3;
const LEAST_NOISES = 4;
/** Pieces smaller than this share of the picture are specks. */
const SPECK = 6e-5;
/** Gaps between links and glints in beads, in shares of the object's box. */
const GLINT = 0.004;
/** A shadow's edge rises no faster, Lab a pixel. */
const SHADOW_RELIEF = 3.5;

/**
 * Cuts thin things (rims, chains, strings of beads) from a plain backdrop: nets and region growing lose them, colour
 * does not. A pixel's share is its colour distance over the greatest one beside it.
 */
export function findFineMatte(image: RgbImage, saliency: Plane): FineMatte {
  const backdrop = findBackdrop(image, saliency);
  return fineMatteOn({ backdrop, relief: labRelief(backdrop.lab) });
}

/** The same, of a picture whose backdrop is known already. */
export function fineMatteOn({
  backdrop,
  relief,
}: Pick<FineMatte, 'backdrop' | 'relief'>): FineMatte {
  const least = Math.max(LEAST_DIFFERENCE, LEAST_NOISES * backdrop.noise);
  const mask = withoutSpecks(standingOut(backdrop, relief, least));
  const { difference } = backdrop;
  const filled = fillHoles(mask, GLINT * boxArea(mask));
  return { share: shareOf(filled, difference), mask: filled, backdrop, relief };
}

/** Everything but the backdrop and the shadows that pass into it without an edge: polished metal is grey too, but sharp all round. */
function standingOut(backdrop: Backdrop, relief: Plane, least: number): Mask {
  const { difference, darker } = backdrop;
  const { width, height } = relief;
  const away = createMask(width, height);
  const stack: number[] = [];
  for (let i = 0; i < away.data.length; i++) {
    if (difference.data[i] >= least) away.data[i] = 1;
    else stack.push(i);
  }
  const shadow = (i: number): boolean =>
    isShade(backdrop, i) && darker.data[i] < DARKEST_SHADOW && relief.data[i] < SHADOW_RELIEF;
  const give = (next: number): void => {
    if (!away.data[next] || !shadow(next)) return;
    away.data[next] = 0;
    stack.push(next);
  };
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    if (x > 0) give(i - 1);
    if (x + 1 < width) give(i + 1);
    if (i >= width) give(i - width);
    if (i + width < away.data.length) give(i + width);
  }
  return away;
}

function boxArea(mask: Mask): number {
  const box = boxOf(mask);
  return box ? (box.right - box.left) * (box.bottom - box.top) : 0;
}

function withoutSpecks(mask: Mask): Mask {
  const { labels, areas } = components(mask);
  const largest = Math.max(...areas);
  const least = Math.max(SPECK * mask.data.length, 0.002 * largest);
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < labels.length; i++) {
    result.data[i] = labels[i] > 0 && areas[labels[i]] >= least ? 1 : 0;
  }
  return result;
}

/** Pixels to either side among which the strongest colour stands for what the thing itself looks like. */
const REACH = 2;

function shareOf(mask: Mask, difference: Plane): Plane {
  const { width, height } = mask;
  const core = shrinkRim(mask, 2);
  const near = growRim(mask, 1);
  const share = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (core.data[i]) share.data[i] = 1;
      if (core.data[i] || !near.data[i]) continue;
      let most = 20;
      for (let v = Math.max(0, y - REACH); v <= Math.min(height - 1, y + REACH); v++) {
        for (let u = Math.max(0, x - REACH); u <= Math.min(width - 1, x + REACH); u++) {
          most = Math.max(most, difference.data[v * width + u]);
        }
      }
      share.data[i] = clamp((1.2 * difference.data[i]) / most - 0.08, 0, 1);
    }
  }
  return share;
}

/** Pixels a side of the blocks in which the backdrop's light is carried under the object. */
const BLOCK = 8;

/** The picture with the backdrop's light taken out of every pixel that mixes both, and the backdrop's own colours. */
export function unmix(
  image: RgbImage,
  share: Plane,
): { readonly image: RgbImage; readonly backdrop: readonly Plane[] } {
  const { width, height } = image;
  const near = growRim(threshold(share, 0.01), 3);
  const clear = createPlane(width, height);
  for (let i = 0; i < clear.data.length; i++) clear.data[i] = near.data[i] ? 0 : 1;
  const weight = reduceBlocks(clear, BLOCK);
  const planes = toPlanes(image).map((plane) => {
    const seen = createPlane(width, height);
    for (let i = 0; i < seen.data.length; i++) seen.data[i] = plane.data[i] * clear.data[i];
    const mean = reduceBlocks(seen, BLOCK);
    for (let i = 0; i < mean.data.length; i++) mean.data[i] /= weight.data[i] || 1;
    return mean;
  });
  const backdrop = pullPush(planes, weight).map((plane) => resizePlane(plane, width, height));
  const data = Uint8Array.from(image.data);
  for (let i = 0; i < share.data.length; i++) {
    const own = share.data[i];
    if (own <= 0.02 || own >= 0.999) continue;
    for (let c = 0; c < 3; c++) {
      const colour = (image.data[3 * i + c] - (1 - own) * 255 * backdrop[c].data[i]) / own;
      data[3 * i + c] = clamp(Math.round(colour), 0, 255);
    }
  }
  return { image: { width, height, data }, backdrop };
}
