import { createMask, createPlane, type Mask, type Plane } from '../../pixels/image.ts';

/** A hole and its surroundings cut out of larger planes. */
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

/** Puts what was made of a cut back in its place; the rest of the plane is kept. */
export function pasteCut(plane: Plane, cut: Cut, piece: Plane, where: Mask): void {
  for (let y = 0; y < cut.height; y++) {
    for (let x = 0; x < cut.width; x++) {
      const at = (cut.top + y) * plane.width + cut.left + x;
      if (where.data[at]) plane.data[at] = piece.data[y * cut.width + x];
    }
  }
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
