import { copyBytes } from '@toile/memory';
import type { GarmentReading } from '../perceive/garment.ts';
import { type Mask, type Plane, type RgbImage, threshold } from '../pixels/image.ts';
import { resizePlane, resizeRgb } from '../pixels/resize.ts';
import { clamp } from '../pixels/scalar.ts';
import { shrinkRim } from '../pixels/soften.ts';

/** Colours and coverage of a garment, each at its own resolution. */
export interface ClothTexture {
  readonly colours: RgbImage;
  /** Colour pixels a garment pixel. */
  readonly scale: number;
  readonly coverage: Plane;
  /** Coverage pixels a garment pixel. */
  readonly coverageScale: number;
  /** Coverages this far from a half count as all or nothing: takes back the softness that resampling adds to an edge. */
  readonly edge: number;
}

/** Pictures up to this much finer than they are drawn need no reduction: the sampling kernel is wide enough. */
const FINE_ENOUGH = 1.25;

/**
 * The garment's colours near the density at which they will be drawn, carried outwards over the edge where the photo's
 * background has mixed in. Taken from the photo in full where the reading carries it and the answer shows that much.
 *
 * @param density answer pixels a garment pixel
 */
export function openTexture(
  garment: GarmentReading,
  density: number,
): (coverage: Plane) => ClothTexture {
  const photo = garment.texture ?? garment.image;
  const native = photo.width / garment.image.width;
  const scale = native > density * FINE_ENOUGH ? density : native;
  const width = Math.max(8, Math.round(garment.image.width * scale));
  const height = Math.max(8, Math.round(garment.image.height * scale));
  const small = resizeRgb(photo, width, height);
  const colours = withoutBackground(small, resizePlane(garment.matte, width, height));
  return (coverage) => {
    const coverageScale = density * FINE_ENOUGH < 1 ? density : 1;
    return {
      colours,
      scale,
      coverage: resizePlane(
        coverage,
        Math.max(8, Math.round(coverage.width * coverageScale)),
        Math.max(8, Math.round(coverage.height * coverageScale)),
      ),
      coverageScale,
      edge: clamp(0.3 / density, 0.1, 0.3),
    };
  };
}

/** Inside this far from the matte's edge the photo shows cloth and nothing else, pixels. */
const RIM = 2;
/** How far colours are carried outwards, pixels. */
const REACH = 16;

/** The garment's own colours carried outwards over its edge, ring by ring, each pixel the mean of its known neighbours. */
function withoutBackground(image: RgbImage, matte: Plane): RgbImage {
  const { width, height } = image;
  const known = shrinkRim(threshold(matte, 0.98), RIM);
  const data = copyBytes(image.data);
  let ring = ringAround(known);
  for (let step = 0; step < REACH && ring.length > 0; step++) {
    for (const at of ring) meanOfKnown(data, known, width, at);
    const next: number[] = [];
    for (const at of ring) known.data[at] = 1;
    for (const at of ring) {
      for (const near of neighbours(at, width, height)) {
        if (known.data[near] !== 0) continue;
        known.data[near] = WAITING;
        next.push(near);
      }
    }
    for (const at of next) known.data[at] = 0;
    ring = next;
  }
  return { width, height, data };
}

/** Marks a pixel that is already in the next ring. */
const WAITING = 2;

function ringAround(known: Mask): number[] {
  const { width, height, data } = known;
  const ring: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (data[i]) continue;
      if (
        (x > 0 && data[i - 1]) ||
        (x + 1 < width && data[i + 1]) ||
        (y > 0 && data[i - width]) ||
        (y + 1 < height && data[i + width])
      ) {
        ring.push(i);
      }
    }
  }
  return ring;
}

function neighbours(at: number, width: number, height: number): number[] {
  const x = at % width;
  const result: number[] = [];
  if (x > 0) result.push(at - 1);
  if (x + 1 < width) result.push(at + 1);
  if (at >= width) result.push(at - width);
  if (at < width * (height - 1)) result.push(at + width);
  return result;
}

function meanOfKnown(data: Uint8Array, known: Mask, width: number, at: number): void {
  const x = at % width;
  const y = (at - x) / width;
  let red = 0;
  let green = 0;
  let blue = 0;
  let count = 0;
  for (let ny = Math.max(0, y - 1); ny <= Math.min(known.height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
      const near = ny * width + nx;
      if (known.data[near] !== 1) continue;
      red += data[3 * near];
      green += data[3 * near + 1];
      blue += data[3 * near + 2];
      count++;
    }
  }
  if (count === 0) return;
  data[3 * at] = Math.round(red / count);
  data[3 * at + 1] = Math.round(green / count);
  data[3 * at + 2] = Math.round(blue / count);
}
