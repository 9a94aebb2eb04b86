import { labOf } from '../../pixels/colour.ts';
import type { Plane, RgbImage } from '../../pixels/image.ts';
import { clamp, median, quantile, smoothstep } from '../../pixels/scalar.ts';
import type { WornTopShape } from './worn-top.ts';

/** The inner part of the garment's body in which a print is looked for, from the middle to the sides. */
const INNER = 0.78;
/** Distance from the plain cloth, in CIELAB with lightness counting less, from which a place is printed. */
const PRINTED = 18;
/** Share of the inner part that a print covers, and its least breadth: what is smaller has its place on one side. */
const LEAST = 0.006;
const MOST = 0.45;
const LEAST_BREADTH = 0.3;
/** Shifts smaller than this, in half-widths, are left alone; a print farther out than the largest is meant to be there. */
const LEAST_SHIFT = 0.03;
const MOST_SHIFT = 0.32;
/** Every so many pixels one is looked at. */
const STRIDE = 2;

/**
 * Somebody who stands a little turned shows more of one side, and a print on the chest lies beside the middle of what is
 * seen. The cloth is pushed across, most in the middle and not at all at the sides, until its print is in the middle.
 */
export function recentrePrint(
  picture: RgbImage,
  matte: Plane,
  shape: WornTopShape,
  centreX: number,
): RgbImage {
  const neck = Math.max(...shape.landmarks.neckline.curve.map(([, y]) => y));
  const body = bodyOf(shape, centreX, Math.ceil(neck));
  const print = findPrint(picture, matte, body);
  if (!print) return picture;
  const { width, height } = picture;
  const data = Uint8Array.from(picture.data);
  for (let y = Math.max(0, Math.ceil(neck)); y < height; y++) {
    const { middle, half } = body.at(y);
    // The neck stays where it is; all of the print moves alike.
    const share = smoothstep(neck, Math.max(neck + 0.1 * half, print.top), y);
    const first = Math.max(0, Math.ceil(middle - half));
    for (let x = first; x < Math.min(width, middle + half); x++) {
      const outwards = Math.abs(x - middle) / half;
      const from = x + share * print.shift * half * (1 - outwards ** 3);
      sampleRow(picture, y, clamp(from, 0, width - 1), data, 3 * (y * width + x));
    }
  }
  return { ...picture, data };
}

interface Body {
  readonly top: number;
  readonly bottom: number;
  at(y: number): { readonly middle: number; readonly half: number };
}

function bodyOf({ edges }: WornTopShape, centreX: number, neck: number): Body {
  const last = edges.left.length - 1;
  return {
    top: neck,
    bottom: edges.top + last,
    at(y) {
      const k = clamp(Math.round(y) - edges.top, 0, last);
      const [left, right] = [centreX - edges.left[k], centreX + edges.right[k]];
      return { middle: (left + right) / 2, half: Math.max(1, (right - left) / 2) };
    },
  };
}

interface Print {
  /** From the middle of the body to the middle of the print, in half-widths. */
  readonly shift: number;
  readonly top: number;
}

/** A print on plain cloth that is to be moved; null where there is none, or it lies well. */
function findPrint(picture: RgbImage, matte: Plane, body: Body): Print | null {
  const { width, height, data } = picture;
  const places: number[] = [];
  for (let y = Math.max(0, body.top); y < Math.min(height, body.bottom); y += STRIDE) {
    const { middle, half } = body.at(y);
    const to = Math.min(width - 1, Math.floor(middle + INNER * half));
    for (let x = Math.max(0, Math.ceil(middle - INNER * half)); x <= to; x += STRIDE) {
      if (matte.data[y * width + x] > 0.97) places.push(y * width + x);
    }
  }
  if (places.length < 400) return null;
  const labs = places.map((i) => labOf(data[3 * i], data[3 * i + 1], data[3 * i + 2]));
  const [l, a, b] = [0, 1, 2].map((c) => median(labs.map((lab) => lab[c])));
  const printed = places.filter((_, k) => {
    const [ownL, ownA, ownB] = labs[k];
    const away = Math.hypot(0.6 * (ownL - l), ownA - a, ownB - b);
    return away > PRINTED;
  });
  if (printed.length < LEAST * places.length || printed.length > MOST * places.length) return null;
  const across = printed.map((i) => {
    const { middle, half } = body.at(Math.floor(i / width));
    return ((i % width) - middle) / half;
  });
  const top = quantile(
    printed.map((i) => Math.floor(i / width)),
    0.02,
  );
  const [from, to] = [quantile(across, 0.03), quantile(across, 0.97)];
  const shift = (from + to) / 2;
  if (to - from < 2 * LEAST_BREADTH || Math.abs(shift) < LEAST_SHIFT) return null;
  // What runs out at a side is shade, or a pattern all over.
  if (Math.abs(shift) > MOST_SHIFT || Math.max(-from, to) > INNER - 0.04) return null;
  return { shift, top };
}

/** A colour between pixels of a row, by a cubic through four of them (Catmull and Rom, 1974). */
function sampleRow(
  { width, data }: RgbImage,
  y: number,
  x: number,
  target: Uint8Array,
  to: number,
): void {
  const left = Math.floor(x);
  const t = x - left;
  const weights = [
    t * (-0.5 + t * (1 - 0.5 * t)),
    1 + t * t * (-2.5 + 1.5 * t),
    t * (0.5 + t * (2 - 1.5 * t)),
    t * t * (-0.5 + 0.5 * t),
  ];
  for (let c = 0; c < 3; c++) {
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      sum += weights[k] * data[3 * (y * width + clamp(left + k - 1, 0, width - 1)) + c];
    }
    target[to + c] = clamp(Math.round(sum), 0, 255);
  }
}
