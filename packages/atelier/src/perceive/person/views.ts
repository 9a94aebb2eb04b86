import { reduced } from '../../nets/reduced.ts';
import { labPlanes } from '../../pixels/colour.ts';
import { type Plane, type RgbImage, toPlanes } from '../../pixels/image.ts';
import { resizeRgb } from '../../pixels/resize.ts';
import { type Cut, cutImage, cutPlane } from '../../pixels/cut.ts';
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
  const small = smaller(image, half, scaleTo(SMALL_SIDE, image));
  return {
    full: { image, guide: toPlanes(image) },
    half: view(half),
    small: view(small),
    rough: view(smaller(image, small, scaleTo(ROUGH_SIDE, image))),
  };
}

const scaleTo = (side: number, { width, height }: RgbImage): number =>
  Math.min(1, side / Math.max(width, height));

/** The picture at a smaller size, made from a copy that is small already. */
const smaller = ({ width, height }: RgbImage, source: RgbImage, scale: number): RgbImage =>
  resizeRgb(
    source,
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );

/** The views of a box of the picture, each at the size it has in the whole; the box is made even, so that it can be halved. */
export function cutViews({ full, half }: Views, box: Cut): { cut: Cut; views: Views } {
  const { width, height } = full.image;
  const halved = half.image !== full.image;
  const even = (value: number): number => value - (value % 2);
  const left = even(box.left);
  const top = even(box.top);
  const cut = {
    left,
    top,
    width: Math.min(width - (halved ? width % 2 : 0), even(box.left + box.width + 1)) - left,
    height: Math.min(height - (halved ? height % 2 : 0), even(box.top + box.height + 1)) - top,
  };
  const halfCut = halved
    ? { left: left / 2, top: top / 2, width: cut.width / 2, height: cut.height / 2 }
    : cut;
  const image = cutImage(full.image, cut);
  const halfImage = cutImage(half.image, halfCut);
  const small = smaller(image, halfImage, scaleTo(SMALL_SIDE, full.image));
  return {
    cut,
    views: {
      full: { image, guide: cutThree(full.guide, cut) },
      half: {
        image: halfImage,
        guide: cutThree(half.guide, halfCut),
        lab: cutThree(half.lab, halfCut),
      },
      small: view(small),
      rough: view(smaller(image, small, scaleTo(ROUGH_SIDE, full.image))),
    },
  };
}

const cutThree = (
  [first, second, third]: readonly [Plane, Plane, Plane],
  cut: Cut,
): [Plane, Plane, Plane] => [cutPlane(first, cut), cutPlane(second, cut), cutPlane(third, cut)];

const view = (image: RgbImage): View => ({
  image,
  guide: toPlanes(image),
  lab: labPlanes(image),
});
