import type { Nets } from '../../nets/open-nets.ts';
import { createPlane, type Plane, type RgbImage } from '../../pixels/image.ts';
import { commonFrameColour } from './frame-colour.ts';

/** Margin that is added at each side for the net's eye, as a share of that side's length. */
const MARGIN = 0.1;
/** Share of the outermost pixels that must be of one colour to be continued beyond the frame. */
const PLAIN = 0.4;

/**
 * The net's view of a picture's main object. On a plain backdrop the net is shown the picture with a margin of the same
 * colour: of what fills its frame it sees parts only, a print on a vest or the buttons of a cardigan.
 */
export async function objectSaliency(
  image: RgbImage,
  nets: Pick<Nets, 'saliency'>,
): Promise<Plane> {
  const frame = commonFrameColour(image);
  if (frame.share < PLAIN) return await nets.saliency(image);
  const { width, height } = image;
  const left = Math.round(MARGIN * width);
  const top = Math.round(MARGIN * height);
  const wide = withMargin(image, frame.colour, left, top);
  const seen = await nets.saliency(wide);
  const result = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const from = (y + top) * wide.width + left;
    result.data.set(seen.data.subarray(from, from + width), y * width);
  }
  return result;
}

function withMargin(
  { width, height, data }: RgbImage,
  colour: readonly number[],
  left: number,
  top: number,
): RgbImage {
  const columns = width + 2 * left;
  const rows = height + 2 * top;
  const result = new Uint8Array(3 * columns * rows);
  for (let i = 0; i < 3 * columns; i++) result[i] = colour[i % 3];
  for (let y = 1; y < rows; y++) result.copyWithin(3 * y * columns, 0, 3 * columns);
  for (let y = 0; y < height; y++) {
    const row = data.subarray(3 * y * width, 3 * (y + 1) * width);
    result.set(row, 3 * ((y + top) * columns + left));
  }
  return { width: columns, height: rows, data: result };
}
