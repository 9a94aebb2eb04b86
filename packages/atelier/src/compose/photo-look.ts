import { blur } from '../pixels/box-filter.ts';
import type { PersonReading } from '../perceive/person.ts';
import { createPlane, type Plane, type RgbImage } from '../pixels/image.ts';
import { clamp, quantile, smoothstep } from '../pixels/scalar.ts';

/** How a photo looks, apart from what it shows. */
export interface PhotoLook {
  /** Blur of its sharpest edges as sigma in pixels; 0 for a sharp picture. */
  readonly softness: number;
  /** Standard deviation of its grain, of a range from 0 to 1. */
  readonly grain: number;
  /** Factor that its exposure puts on what is white; 1 or less. */
  readonly exposure: number;
}

/** How the photo of a person looks, by its own edges and smoothest places around the head and chest, and by how dark it is. */
export function lookOf({ image, pose }: Pick<PersonReading, 'image' | 'pose'>): PhotoLook {
  const [x, y] = pose.shoulderMiddle;
  const side = 1.2 * pose.shoulderWidth;
  return lookOfPicture(image, [x - side, y - side, x + side, y + side]);
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** How a picture looks, by the edges and smoothest places within a box, and by how dark it is. */
export function lookOfPicture(image: RgbImage, box: Box): PhotoLook {
  const luma = lumaWithin(image, box);
  return {
    softness: softnessOf(sharpness(luma)),
    grain: grainOf(luma),
    exposure: exposureOf(image),
  };
}

function lumaWithin({ width, height, data }: RgbImage, edges: Box): Plane {
  const [left, right] = [edges[0], edges[2]].map((x) => clamp(Math.round(x), 0, width));
  const [top, bottom] = [edges[1], edges[3]].map((y) => clamp(Math.round(y), 0, height));
  const luma = createPlane(right - left, bottom - top);
  for (let row = 0, i = 0; row < luma.height; row++) {
    for (let column = 0; column < luma.width; column++, i++) {
      const at = 3 * ((top + row) * width + left + column);
      luma.data[i] = (0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]) / 255;
    }
  }
  return luma;
}

/** Luminance of what is white in a well exposed photo, and the least factor of a darker one: it may just show nothing white. */
const WHITE = 0.86;
const DARKEST = 0.82;

function exposureOf({ data }: RgbImage): number {
  const values: number[] = [];
  for (let i = 0; i < data.length; i += 3 * 29) {
    values.push((0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2]) / 255);
  }
  return clamp((quantile(values, 0.99) / WHITE) ** 0.6, DARKEST, 1);
}

/** Pixels between those whose edges are looked at. */
const STEP = 5;

/** Differences under which nothing in a picture is an edge, and its sharpness cannot be told. */
const LEAST_EDGE = 0.02;

/**
 * How strong the finest detail is at the strongest edges, as a share of that of twice the size: above one half in sharp
 * pictures, below one third in soft ones. NaN for a picture without edges.
 *
 * @param where coverage of what counts; all by default
 */
export function sharpness(luma: Plane, where?: Float32Array): number {
  const near = blur(luma, 1);
  const far = blur(near, 2);
  const fine: number[] = [];
  const middle: number[] = [];
  for (let i = 0; i < luma.data.length; i += STEP) {
    if (where && where[i] < 0.99) continue;
    fine.push(Math.abs(luma.data[i] - near.data[i]));
    middle.push(Math.abs(near.data[i] - far.data[i]));
  }
  const edge = fine.length > 200 ? quantile(middle, 0.97) : 0;
  return edge < LEAST_EDGE ? Number.NaN : quantile(fine, 0.97) / edge;
}

/** Sigma of the blur that lowers a usual picture's sharpness to this; measured on blurred pictures. */
const softnessOf = (ratio: number): number =>
  Number.isNaN(ratio) ? 0 : 1.5 * smoothstep(0.46, 0.2, ratio);

/** Grain by the faintest fifth of the Laplacian's values, where there is nothing but grain (after Immerkaer, 1996). */
function grainOf({ width, height, data }: Plane): number {
  const values: number[] = [];
  for (let y = 1; y < height - 1; y += 3) {
    for (let x = 1 + (y % 4); x < width - 1; x += 4) {
      const i = y * width + x;
      const cross = data[i - 1] + data[i + 1] + data[i - width] + data[i + width];
      const corners =
        data[i - width - 1] + data[i - width + 1] + data[i + width - 1] + data[i + width + 1];
      values.push(Math.abs(4 * data[i] - 2 * cross + corners) / 6);
    }
  }
  // A fifth of normally distributed values lies within a quarter of the deviation.
  return values.length > 0 ? quantile(values, 0.2) / 0.253 : 0;
}
