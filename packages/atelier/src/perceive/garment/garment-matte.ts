import { createMask, type Mask, type Plane, type RgbImage, threshold } from '../../pixels/image.ts';
import { shrinkRim } from '../../pixels/soften.ts';
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
  const backdrop = findBackdrop(image, saliency);
  const relief = labRelief(backdrop.lab);
  const seen = shrinkRim(
    threshold(saliency, 0.85),
    Math.max(3, Math.max(image.width, image.height) / 140),
  );
  const slits = findShadedSlits(seen, backdrop, relief);
  const core = without(seen, slits);
  const shadows = shadowTest(backdrop, relief, core);
  const labels = markers(backdrop, relief, saliency, core, slits, shadows);
  watershed(labels, relief, 24);
  const raw = createMask(image.width, image.height);
  for (let i = 0; i < labels.length; i++) raw.data[i] = labels[i] === CLOTH ? 1 : 0;
  const tidied = tidyMask(raw, saliency, slits, backdrop, shadows);
  const mask = settleOutline(tidied, raw, backdrop, relief);
  return {
    matte: softEdge(image, mask),
    mask,
    backdrop,
    relief,
    confidence: agreement(mask, saliency),
  };
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
