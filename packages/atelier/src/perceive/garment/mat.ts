import { type Cut, cutImage } from '../../pixels/cut.ts';
import type { RgbImage } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';
import { clamp } from '../../pixels/scalar.ts';
import { commonFrameColour } from './frame-colour.ts';

/** Levels of a channel by which pixels of a mat differ at most. */
const SAME = 4;
/** Share of the photo's own frame that is plain backdrop. */
const NEARLY_ALL = 0.97;
/** Width of the blurred step from mat to photo, pixels. */
const STEP = 2;
/** Smallest photo in a mat, as a share of each side, and share of it that is not its backdrop. */
const LEAST = 0.3;
const LEAST_SHOWN = 0.03;
const PLAINLY_ANOTHER = 24;

/**
 * A product photo that was set into bars or a border of one colour, as shops do to make all their pictures square, with
 * its own backdrop continued over them. Any other picture is returned as it is.
 */
export function withoutMat(image: RgbImage): RgbImage {
  const { photo, bars } = photoIn(image);
  const large = photo.width > LEAST * image.width && photo.height > LEAST * image.height;
  if (!large || bars.length === 0) return image;
  const inner = cutImage(image, photo);
  const { colour, share } = commonFrameColour(inner);
  if (share < NEARLY_ALL || !bars.every((bar) => stepsFrom(bar, inner))) return image;
  let shown = 0;
  for (let i = 0; i < inner.data.length; i += 3) {
    if (differsBy(inner.data, i, colour) > PLAINLY_ANOTHER) shown++;
  }
  // A rectangle of one colour is no backdrop but a product.
  return shown * 3 < LEAST_SHOWN * inner.data.length ? image : continued(image, photo);
}

/** Whether the photo's line along a bar plainly is of another colour, all along: shadows and products reach it in places. */
function stepsFrom({ colour, along }: Bar, { width, height, data }: RgbImage): boolean {
  const [from, step, count] = {
    top: [0, 1, width] as const,
    bottom: [(height - 1) * width, 1, width] as const,
    left: [0, width, height] as const,
    right: [width - 1, width, height] as const,
  }[along];
  let other = 0;
  for (let k = 0; k < count; k++) {
    if (differsBy(data, 3 * (from + k * step), colour) > SAME) other++;
  }
  return other >= NEARLY_ALL * count;
}

interface Bar {
  readonly along: 'top' | 'bottom' | 'left' | 'right';
  readonly colour: Colour;
}

/** What is left when the outermost lines of one colour, the bars, are taken off at each side, with their blurred edges. */
function photoIn({ width, height, data }: RgbImage): { photo: Cut; bars: readonly Bar[] } {
  const box = { left: 0, top: 0, right: width, bottom: height };
  const plain = (from: number, step: number, count: number, colour: Colour): boolean => {
    for (let k = 0; k < count; k++) {
      if (differsBy(data, 3 * (from + k * step), colour) > SAME) return false;
    }
    return true;
  };
  const colourAt = (x: number, y: number): Colour => {
    const i = 3 * (y * width + x);
    return [data[i], data[i + 1], data[i + 2]];
  };
  const row = (y: number, colour: Colour): boolean =>
    plain(y * width + box.left, 1, box.right - box.left, colour);
  const column = (x: number, colour: Colour): boolean =>
    plain(box.top * width + x, width, box.bottom - box.top, colour);
  const [upper, lower] = [colourAt(0, 0), colourAt(width - 1, height - 1)];
  while (box.top < height && row(box.top, upper)) box.top++;
  while (box.bottom > box.top && row(box.bottom - 1, lower)) box.bottom--;
  const level = Math.min(box.top, height - 1);
  const [first, last] = [colourAt(0, level), colourAt(width - 1, level)];
  while (box.left < width && column(box.left, first)) box.left++;
  while (box.right > box.left && column(box.right - 1, last)) box.right--;
  const bars: Bar[] = [];
  if (box.top > 0) bars.push({ along: 'top', colour: upper });
  if (box.bottom < height) bars.push({ along: 'bottom', colour: lower });
  if (box.left > 0) bars.push({ along: 'left', colour: first });
  if (box.right < width) bars.push({ along: 'right', colour: last });
  const left = box.left > 0 ? box.left + STEP : 0;
  const top = box.top > 0 ? box.top + STEP : 0;
  const right = box.right < width ? box.right - STEP : width;
  const bottom = box.bottom < height ? box.bottom - STEP : height;
  return { photo: { left, top, width: right - left, height: bottom - top }, bars };
}

type Colour = readonly [number, number, number];

const differsBy = (data: ArrayLike<number>, i: number, [r, g, b]: Colour): number =>
  Math.max(Math.abs(data[i] - r), Math.abs(data[i + 1] - g), Math.abs(data[i + 2] - b));

/** The picture with each pixel outside a box taken from the box's nearest one. */
function continued({ width, height, data }: RgbImage, box: Cut): RgbImage {
  const result = bytes(data.length);
  for (let y = 0; y < height; y++) {
    const row = clamp(y, box.top, box.top + box.height - 1) * width;
    for (let x = 0; x < width; x++) {
      const from = 3 * (row + clamp(x, box.left, box.left + box.width - 1));
      const to = 3 * (y * width + x);
      result[to] = data[from];
      result[to + 1] = data[from + 1];
      result[to + 2] = data[from + 2];
    }
  }
  return { width, height, data: result };
}
