import { takeBoxSpare } from './box-filter.ts';
import { type Cut, cutPlane } from './cut.ts';
import { createPlane, type Plane, type RgbImage } from './image.ts';
import { bytes, floats, inRegion } from '@toile/memory';
import { withKernels } from './kernels/kernels.ts';
import { clamp } from './scalar.ts';
import { stretchInStripes } from './stretch.ts';

/** Resamples a plane: bilinear, with a box prefilter when it gets smaller. */
export function resizePlane(plane: Plane, width: number, height: number): Plane {
  if (plane.width === width && plane.height === height) return plane;
  const shrink = Math.max(plane.width / width, plane.height / height);
  const radius = shrink > 1.5 ? Math.max(1, Math.round(shrink / 2 - 0.5)) : 0;
  const whole = { width, height };
  return stretched(plane, whole, { left: 0, top: 0, ...whole }, radius);
}

/** A box of the plane as it is after resizing to `whole`, without making the rest: bilinear, for planes that get larger. */
export function growCut(
  plane: Plane,
  whole: { readonly width: number; readonly height: number },
  cut: Cut,
): Plane {
  if (plane.width === whole.width && plane.height === whole.height) return cutPlane(plane, cut);
  return stretched(plane, whole, cut, 0);
}

/** @param radius of the box whose mean is taken first, pixels; 0 for none */
function stretched(
  plane: Plane,
  whole: { readonly width: number; readonly height: number },
  cut: Cut,
  radius: number,
): Plane {
  const { width, height, data } = plane;
  const result = createPlane(cut.width, cut.height);
  withKernels((bench) => {
    const laid = bench.takePlanes(1, data.length);
    bench.put(laid.place, data);
    if (radius > 0) {
      const spare = takeBoxSpare(bench, width, height);
      bench.run.boxMean(laid.place, spare, width, height, radius);
    }
    stretchInStripes(bench, laid, plane, whole, cut, ([stripe], begin) => {
      result.data.set(stripe, begin * cut.width);
    });
  });
  return result;
}

/** Resamples colour pixels: area average when they get fewer, bilinear when they get more. */
export function resizeRgb(image: RgbImage, width: number, height: number): RgbImage {
  if (image.width === width && image.height === height) return image;
  return inRegion(() => squeezed(image, width, height));
}

function squeezed(image: RgbImage, width: number, height: number): RgbImage {
  const across = squeezeRows(image, spans(image.width, width), width);
  const data = bytes(width * height * 3);
  const rows = spans(image.height, height);
  const line = new Float32Array(width * 3);
  for (let y = 0; y < height; y++) {
    line.fill(0);
    for (let k = rows.start[y]; k < rows.start[y + 1]; k++) {
      const from = rows.index[k] * line.length;
      const weight = rows.weight[k];
      for (let x = 0; x < line.length; x++) line[x] += across[from + x] * weight;
    }
    const start = y * line.length;
    for (let x = 0; x < line.length; x++) data[start + x] = clamp(Math.round(line[x]), 0, 255);
  }
  return { width, height, data };
}

/** Every row of the picture at another width, still unrounded. */
function squeezeRows(image: RgbImage, columns: Spans, width: number): Float32Array {
  const { data } = image;
  const { start, index, weight } = columns;
  const result = floats(width * image.height * 3);
  for (let y = 0; y < image.height; y++) {
    const row = y * image.width;
    for (let x = 0; x < width; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let k = start[x]; k < start[x + 1]; k++) {
        const from = (row + index[k]) * 3;
        red += data[from] * weight[k];
        green += data[from + 1] * weight[k];
        blue += data[from + 2] * weight[k];
      }
      const to = (y * width + x) * 3;
      result[to] = red;
      result[to + 1] = green;
      result[to + 2] = blue;
    }
  }
  return result;
}

interface Spans {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly weight: Float32Array;
}

/** Triangle-filter weights of every target sample, widened by the reduction so that nothing aliases. */
function spans(from: number, to: number): Spans {
  const scale = from / to;
  const support = Math.max(1, scale);
  const start = new Int32Array(to + 1);
  const index: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const begin = index.length;
    let total = 0;
    for (let s = Math.ceil(centre - support); s <= Math.floor(centre + support); s++) {
      const w = 1 - Math.abs(s - centre) / support;
      if (w <= 0) continue;
      index.push(clamp(s, 0, from - 1));
      weight.push(w);
      total += w;
    }
    for (let k = begin; k < weight.length; k++) weight[k] /= total;
    start[i + 1] = index.length;
  }
  return { start, index: Int32Array.from(index), weight: Float32Array.from(weight) };
}

/** Bilinear sample at pixel-centre coordinates; outside the plane the nearest border value. */
export function sample(plane: Plane, x: number, y: number): number {
  const { width, height, data } = plane;
  const px = clamp(x, 0, width - 1);
  const py = clamp(y, 0, height - 1);
  const left = Math.floor(px);
  const top = Math.floor(py);
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const across = px - left;
  const above = data[top * width + left] * (1 - across) + data[top * width + right] * across;
  const below = data[bottom * width + left] * (1 - across) + data[bottom * width + right] * across;
  return above + (below - above) * (py - top);
}
