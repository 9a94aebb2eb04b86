import type { Nets } from './nets/open-nets.ts';
import { layRegion, wholeOf } from './nets/region.ts';
import { SEGMENTER_SIZE } from './nets/segmenter.ts';
import { findGarmentMatte } from './perceive/garment/garment-matte.ts';
import { noGaps } from './perceive/person/gaps.ts';
import { type Opinions, personMatte } from './perceive/person/person-matte.ts';
import { viewsOf } from './perceive/person/views.ts';
import { withinSide } from './pixels/codec-resize.ts';
import { pullPush } from './pixels/fill.ts';
import { guidedFilter } from './pixels/guided-filter.ts';
import {
  complement,
  maskToPlane,
  type Plane,
  type RgbImage,
  threshold,
  toPlanes,
} from './pixels/image.ts';
import { resizePlane } from './pixels/resize.ts';
import { clamp, smoothstep } from './pixels/scalar.ts';
import { shrinkRim } from './pixels/soften.ts';
import { bytes } from '@toile/memory';

export interface CutOut {
  /** Share of subject in each pixel, at the picture's own size. */
  readonly alpha: Plane;
  /** The subject's own colours, carried outwards over the edge where the background has mixed in. */
  readonly colours: RgbImage;
  /** 0 when nothing stands out, towards 1 when the subject is told from its surroundings everywhere. */
  readonly confidence: number;
}

/** Longer side at which the subject is found; the matte is then refined at the picture's own size. */
const FINDING_SIDE = 1024;
/** From this score on a figure is taken for a person. */
const PERSON_SCORE = 0.35;

/** Separates the main subject, a person or a product, from its background. */
export async function cutOut(image: RgbImage, nets: Nets): Promise<CutOut> {
  const small = await withinSide(image, FINDING_SIDE);
  // The saliency net runs in threads of its own while the other nets keep this one busy.
  const [saliency, segmenter] = await Promise.all([
    nets.saliency(small),
    seenAsPerson(small, nets),
  ]);
  const found = segmenter
    ? matteOfPerson(small, { saliency, pose: saliency, segmenter })
    : findGarmentMatte(small, saliency).matte;
  const alpha = refine(image, found);
  return { alpha, colours: ownColours(image, alpha), confidence: decidedness(saliency, found) };
}

/** The segmenter's view of the person in the picture; null when nobody is in it. */
async function seenAsPerson(image: RgbImage, nets: Nets): Promise<Plane | null> {
  const people = await nets.people(image);
  if (!people.some((person) => person.score >= PERSON_SCORE)) return null;
  const region = wholeOf(image);
  const { shares } = await nets.segment(image, region);
  const background = layRegion(shares.background, SEGMENTER_SIZE, region, image, 1);
  return complement(background);
}

function matteOfPerson(image: RgbImage, opinions: Opinions): Plane {
  const views = viewsOf(image);
  const { width, height } = views.small.image;
  return personMatte(views, opinions, noGaps(width, height));
}

/** Lays the border of a matte found at a smaller size on the edges of the picture itself. */
function refine(image: RgbImage, found: Plane): Plane {
  if (image.width === found.width && image.height === found.height) return found;
  const rough = resizePlane(found, image.width, image.height);
  const factor = image.width / found.width;
  const [fine] = guidedFilter(toPlanes(image), [rough], {
    radius: Math.max(2, Math.round(3 * factor)),
    epsilon: 1e-5,
    subsample: Math.max(1, Math.round(factor)),
  });
  for (let i = 0; i < fine.data.length; i++) fine.data[i] = smoothstep(0.08, 0.92, fine.data[i]);
  return fine;
}

function ownColours(image: RgbImage, alpha: Plane): RgbImage {
  const sure = maskToPlane(shrinkRim(threshold(alpha, 0.97), 1));
  const planes = pullPush(toPlanes(image), sure);
  const data = bytes(image.data.length);
  for (let i = 0; i < alpha.data.length; i++) {
    for (let c = 0; c < 3; c++) {
      data[3 * i + c] =
        alpha.data[i] > 0.999
          ? image.data[3 * i + c]
          : clamp(Math.round(planes[c].data[i] * 255), 0, 255);
    }
  }
  return { width: image.width, height: image.height, data };
}

/** How far the net's view of the subject and of the rest lie apart; 0 where there is hardly a subject at all. */
function decidedness(saliency: Plane, matte: Plane): number {
  let inside = 0;
  let outside = 0;
  let area = 0;
  for (let i = 0; i < matte.data.length; i++) {
    area += matte.data[i];
    inside += matte.data[i] * saliency.data[i];
    outside += (1 - matte.data[i]) * saliency.data[i];
  }
  const size = matte.data.length;
  if (area < 0.002 * size) return 0;
  return clamp(inside / area - outside / Math.max(1, size - area), 0, 1);
}
