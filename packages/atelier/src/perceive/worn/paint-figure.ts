import type { Vec } from '../../geometry/vector.ts';
import type { RgbImage } from '../../pixels/image.ts';
import { clamp, smoothstep } from '../../pixels/scalar.ts';

export type Colour = readonly [number, number, number];

/** A head by proportion, in shoulder widths: height of the chin over the shoulders, of the face, half its breadth. */
export const CHIN = 0.36;
export const FACE = 0.66;
const BREADTH = 0.26;
/** Room above a face for hair and backdrop. */
export const ROOM = 0.3;
const HAIR: Colour = [58, 42, 34];
/** A tone of skin where the picture shows none. */
export const SOME_SKIN: Colour = [205, 160, 135];

/** Pixels of skin's chroma (Chai and Ngan, 1999) within a reach of a column, in the upper rows. */
export function skinWithin(
  { width, height, data }: RgbImage,
  x: number,
  reach: number,
  rows: number,
): number[] {
  const found: number[] = [];
  const stride = rows > 40 ? 5 : 1;
  for (let y = 0; y < Math.min(rows, height); y += stride) {
    for (
      let column = Math.max(0, Math.round(x - reach));
      column < Math.min(width, x + reach);
      column += stride
    ) {
      const i = y * width + column;
      const [r, g, b] = [data[3 * i], data[3 * i + 1], data[3 * i + 2]];
      const cb = 128 - 0.169 * r - 0.331 * g + 0.5 * b;
      const cr = 128 + 0.5 * r - 0.419 * g - 0.081 * b;
      if (cb > 77 && cb < 127 && cr > 133 && cr < 173) found.push(i);
    }
  }
  return found;
}

/** Above the picture its backdrop goes on, from corner to corner. */
export function paintBackdrop({ width, data }: RgbImage, image: RgbImage, pad: number): void {
  const corner = (x: number): Colour => [
    image.data[3 * x],
    image.data[3 * x + 1],
    image.data[3 * x + 2],
  ];
  const [left, right] = [corner(2), corner(width - 3)];
  for (let i = 0; i < width * pad; i++) {
    const share = (i % width) / width;
    for (let c = 0; c < 3; c++) data[3 * i + c] = left[c] + (right[c] - left[c]) * share;
  }
}

/** Neck, hair, face and what a face needs to be known for one, from back to front. */
export function paintHead(
  picture: RgbImage,
  [x, chin]: Vec,
  unit: number,
  pad: number,
  tone: Colour,
): void {
  const half = BREADTH * unit;
  const middle = chin - FACE * 0.5 * unit;
  const tall = FACE * 0.5 * unit;
  const darker = (share: number): Colour => [tone[0] * share, tone[1] * share, tone[2] * share];
  const paint = (centre: Vec, radii: Vec, colour: Colour, lowest = Infinity): void =>
    paintEllipse(picture, centre, radii, colour, lowest);
  paint([x, chin], [0.2 * unit, Math.max(0.4 * unit, 1.6 * (pad - chin))], darker(0.9), pad);
  paint([x, middle - 0.12 * unit], [1.18 * half, 1.02 * tall], HAIR, pad);
  paint([x, middle], [half, tall], tone, pad);
  paint([x, middle - 0.82 * tall], [0.9 * half, 0.34 * tall], HAIR, pad);
  for (const side of [-1, 1]) {
    const eye: Vec = [x + side * 0.42 * half, middle - 0.08 * tall];
    paint([eye[0], eye[1] - 0.17 * tall], [0.26 * half, 0.035 * tall], HAIR, pad);
    paint(eye, [0.2 * half, 0.075 * tall], [240, 238, 234], pad);
    paint(eye, [0.08 * half, 0.075 * tall], [40, 28, 22], pad);
  }
  paint([x, middle + 0.3 * tall], [0.14 * half, 0.05 * tall], darker(0.75), pad);
  paint(
    [x, middle + 0.58 * tall],
    [0.3 * half, 0.06 * tall],
    [tone[0] * 0.8, tone[1] * 0.5, tone[2] * 0.5],
    pad,
  );
}

/** An ellipse lit from the upper left, soft over a pixel, down to a row. */
export function paintEllipse(
  { width, data }: RgbImage,
  [cx, cy]: Vec,
  [rx, ry]: Vec,
  colour: Colour,
  lowest: number,
): void {
  const first = Math.max(0, Math.floor(cy - ry));
  for (let y = first; y < Math.min(lowest, cy + ry); y++) {
    for (let x = Math.max(0, Math.floor(cx - rx)); x < Math.min(width, cx + rx + 1); x++) {
      const away = Math.hypot((x - cx) / rx, (y - cy) / ry);
      const share = smoothstep(1 + 1 / rx, 1 - 1 / rx, away);
      if (share === 0) continue;
      const light = 1.06 - 0.2 * clamp((x - cx) / rx + 0.2, 0, 1);
      const i = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) {
        data[i + c] += (clamp(colour[c] * light, 0, 255) - data[i + c]) * share;
      }
    }
  }
}
