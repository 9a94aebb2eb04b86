import { reduced } from '../../nets/reduced.ts';
import { labPlanes } from '../../pixels/colour.ts';
import { type Plane, type RgbImage, toPlanes } from '../../pixels/image.ts';
import { resizeRgb } from '../../pixels/resize.ts';
import type { LabPlanes } from './colour-mixture.ts';

/** A picture at one size, with what most stages ask of it. */
export interface View {
  readonly image: RgbImage;
  readonly guide: readonly [Plane, Plane, Plane];
  readonly lab: LabPlanes;
}

/** The picture at the three sizes at which it is read. */
export interface Views {
  /** As it came: borders are laid on its edges. */
  readonly full: Omit<View, 'lab'>;
  /** Half as large, where colours are compared pixel by pixel. */
  readonly half: View;
  /** Where the person is found and divided before borders are laid. */
  readonly small: View;
  /** Where the colours of skin, hair and clothes are learned. */
  readonly rough: View;
}

/** Long side of the small view. */
const SMALL_SIDE = 416;
/** Long side of the rough view. */
const ROUGH_SIDE = 256;
/** Pictures below this long side are not halved. */
const LEAST_HALVED = 700;

/** The half view's picture alone, for the nets. */
export const halfOf = (image: RgbImage): RgbImage =>
  Math.max(image.width, image.height) < LEAST_HALVED ? image : reduced(image, 2);

export function viewsOf(image: RgbImage): Views {
  const half = halfOf(image);
  const within = (side: number, source: RgbImage): RgbImage => {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    return resizeRgb(
      source,
      Math.max(1, Math.round(image.width * scale)),
      Math.max(1, Math.round(image.height * scale)),
    );
  };
  const small = within(SMALL_SIDE, half);
  return {
    full: { image, guide: toPlanes(image) },
    half: view(half),
    small: view(small),
    rough: view(within(ROUGH_SIDE, small)),
  };
}

const view = (image: RgbImage): View => ({
  image,
  guide: toPlanes(image),
  lab: labPlanes(image),
});
