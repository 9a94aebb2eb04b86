import { createMask, createPlane, type Mask, type Plane, type RgbImage } from './image.ts';
import { bytes, copyBytes } from '@toile/memory';

/** A box of pixels cut out of larger pictures and planes. */
export interface Cut {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The box around a mask with a margin; undefined for an empty mask. */
export function boxAround(mask: Mask, margin: number): Cut | undefined {
  const { width, height, data } = mask;
  let [x0, y0, x1, y1] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!data[y * width + x]) continue;
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x);
      y0 = Math.min(y0, y);
      y1 = y;
    }
  }
  if (x1 < 0) return undefined;
  const left = Math.max(0, x0 - margin);
  const top = Math.max(0, y0 - margin);
  return {
    left,
    top,
    width: Math.min(width, x1 + margin + 1) - left,
    height: Math.min(height, y1 + margin + 1) - top,
  };
}

/** The box of a larger picture that holds all of what a cut of its smaller copy shows. */
export function scaleCut(cut: Cut, copy: Size, picture: Size): Cut {
  const across = picture.width / copy.width;
  const down = picture.height / copy.height;
  const left = Math.floor(cut.left * across);
  const top = Math.floor(cut.top * down);
  return {
    left,
    top,
    width: Math.min(picture.width, Math.ceil((cut.left + cut.width) * across)) - left,
    height: Math.min(picture.height, Math.ceil((cut.top + cut.height) * down)) - top,
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export function cutPlane(plane: Plane, cut: Cut): Plane {
  const result = createPlane(cut.width, cut.height);
  for (let y = 0; y < cut.height; y++) {
    const start = (cut.top + y) * plane.width + cut.left;
    result.data.set(plane.data.subarray(start, start + cut.width), y * cut.width);
  }
  return result;
}

export function cutMask(mask: Mask, cut: Cut): Mask {
  const result = createMask(cut.width, cut.height);
  for (let y = 0; y < cut.height; y++) {
    const start = (cut.top + y) * mask.width + cut.left;
    result.data.set(mask.data.subarray(start, start + cut.width), y * cut.width);
  }
  return result;
}

export function cutImage(image: RgbImage, { left, top, width, height }: Cut): RgbImage {
  const data = bytes(3 * width * height);
  for (let y = 0; y < height; y++) {
    const start = 3 * ((top + y) * image.width + left);
    data.set(image.data.subarray(start, start + 3 * width), 3 * y * width);
  }
  return { width, height, data };
}

/** The picture with a piece of it, made from a cut, in the place of what was there. */
export function pasteImage(
  image: RgbImage,
  { left, top, width, height }: Cut,
  piece: RgbImage,
): RgbImage {
  const data = copyBytes(image.data);
  for (let y = 0; y < height; y++) {
    data.set(
      piece.data.subarray(3 * y * width, 3 * (y + 1) * width),
      3 * ((top + y) * image.width + left),
    );
  }
  return { ...image, data };
}

/** Puts what was made of a cut back in its place; the rest of the plane is kept. */
export function pasteCut(plane: Plane, cut: Cut, piece: Plane, where: Mask): void {
  for (let y = 0; y < cut.height; y++) {
    for (let x = 0; x < cut.width; x++) {
      const at = (cut.top + y) * plane.width + cut.left + x;
      if (where.data[at]) plane.data[at] = piece.data[y * cut.width + x];
    }
  }
}

/** A plane of the whole that shows a piece in its place, and `around` elsewhere. */
export function laidBack(piece: Plane, cut: Cut, whole: Size, around: number): Plane {
  const plane = createPlane(whole.width, whole.height);
  if (around !== 0) plane.data.fill(around);
  for (let y = 0; y < cut.height; y++) {
    const row = piece.data.subarray(y * cut.width, (y + 1) * cut.width);
    plane.data.set(row, (cut.top + y) * whole.width + cut.left);
  }
  return plane;
}

/** Visits the pixels of a cut: index in the whole, index in the cut. */
export function eachCutPixel(
  cut: Cut,
  width: number,
  visit: (at: number, from: number) => void,
): void {
  for (let y = 0; y < cut.height; y++) {
    const row = (cut.top + y) * width + cut.left;
    for (let x = 0; x < cut.width; x++) visit(row + x, y * cut.width + x);
  }
}
