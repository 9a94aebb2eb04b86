import { createMask, type Mask, type Plane, type RgbImage, threshold } from '../../pixels/image.ts';
import { inRegion } from '@toile/memory';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { type Backdrop, findBackdrop } from './backdrop.ts';
import { findShadedSlits } from './gaps.ts';
import { CLOTH, markers } from './markers.ts';
import { labRelief } from './relief.ts';
import { settleOutline } from './settle-outline.ts';
import { shadowTest } from './shadow-test.ts';
import { softEdge } from './soft-edge.ts';
import { tidyMask } from './tidy-mask.ts';
import { watershed } from './watershed.ts';

export interface GarmentMatte {
  /** Share of garment, soft at the edge. */
  readonly matte: Plane;
  readonly mask: Mask;
  readonly backdrop: Backdrop;
  /** Lab gradient, per pixel of distance. */
  readonly relief: Plane;
  /** 0..1: how well the outline follows edges of the picture and the net's opinion. */
  readonly confidence: number;
}

/**
 * Cuts a product from its backdrop: what the net is sure of, and what clearly differs in colour, grows as cloth; what
 * looks like backdrop and is reached from outside grows as backdrop; between them the strongest edge decides, which
 * parts white from white and cloth from its own soft shadow.
 */
export function findGarmentMatte(image: RgbImage, saliency: Plane): GarmentMatte {
  const backdrop = inRegion(() => findBackdrop(image, saliency));
  const relief = inRegion(() => labRelief(backdrop.lab));
  const seen = shrinkRim(
    threshold(saliency, 0.85),
    Math.max(3, Math.max(image.width, image.height) / 140),
  );
  const slits = inRegion(() => findShadedSlits(seen, backdrop, relief));
  const core = without(seen, slits);
  const shadows = shadowTest(backdrop, relief, core);
  const labels = inRegion(() => markers(backdrop, relief, saliency, core, slits, shadows));
  inRegion(() => watershed(labels, relief, 24));
  const raw = createMask(image.width, image.height);
  for (let i = 0; i < labels.length; i++) raw.data[i] = labels[i] === CLOTH ? 1 : 0;
  const tidied = inRegion(() => tidyMask(raw, core, saliency, slits, backdrop, shadows));
  const mask = inRegion(() => settleOutline(tidied, raw, backdrop, relief));
  return {
    matte: inRegion(() => softEdge(image, mask)),
    mask,
    backdrop,
    relief,
    confidence: Math.min(
      agreement(mask, saliency),
      outlineSupport(mask, relief),
      leavesMuch(mask, backdrop) ? DOUBTFUL : 1,
    ),
  };
}

/** Relief below which an outline runs along nothing that can be seen, and how much such outline counts. */
const SEEN_EDGE = 0.8;
const UNSEEN_WEIGHT = 3;

/** 1 where the outline runs along edges of the picture, less the more of it follows none, as in burnt-out photos. */
function outlineSupport({ width, height, data }: Mask, relief: Plane): number {
  let outline = 0;
  let unseen = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (!data[i] || (data[i - 1] && data[i + 1] && data[i - width] && data[i + width])) continue;
      outline++;
      if (!edgeAbout(relief, i)) unseen++;
    }
  }
  return 1 - UNSEEN_WEIGHT * Math.min(1 / UNSEEN_WEIGHT, unseen / Math.max(1, outline));
}

function edgeAbout({ width, data }: Plane, i: number): boolean {
  for (let row = i - width; row <= i + width; row += width) {
    for (let k = row - 1; k <= row + 1; k++) if (data[k] >= SEEN_EDGE) return true;
  }
  return false;
}

const DOUBTFUL = 0.7;
const PLAIN_BACKDROP = 0.9;
/** Colour distance that is neither backdrop nor shadow, and the share of the garment's area that may be left of it. */
const STANDS_OUT = 25;
const MUCH_LEFT = 0.002;

/**
 * Whether something else stands out from a plain backdrop: labels and prints of a garment whose cloth is as white as
 * the backdrop, so that only a part of it was found.
 */
function leavesMuch(mask: Mask, { difference, evenness }: Backdrop): boolean {
  if (evenness < PLAIN_BACKDROP) return false;
  const found = growRim(mask, Math.max(mask.width, mask.height) / 170);
  let area = 0;
  let left = 0;
  for (let i = 0; i < mask.data.length; i++) {
    area += mask.data[i];
    if (!found.data[i] && difference.data[i] > STANDS_OUT) left++;
  }
  return left > MUCH_LEFT * area;
}

function without(mask: Mask, part: Mask): Mask {
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < result.data.length; i++)
    result.data[i] = mask.data[i] && !part.data[i] ? 1 : 0;
  return result;
}

/** Overlap of the outline with the net's opinion (intersection over union). */
function agreement(mask: Mask, saliency: Plane): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < mask.data.length; i++) {
    const seen = saliency.data[i] > 0.5;
    if (seen && mask.data[i]) both++;
    if (seen || mask.data[i]) either++;
  }
  return either === 0 ? 0 : both / either;
}
