import { setBoxMean } from './box-filter.ts';
import { type Cut, cutPlane } from './cut.ts';
import { createPlane, type Plane, type RgbImage } from './image.ts';
import { clamp } from './scalar.ts';
import { scratch } from './scratch.ts';
import { bytes, floats, inRegion } from './memory.ts';

/** Resamples a plane: bilinear, with a box prefilter when it gets smaller. */
export function resizePlane(plane: Plane, width: number, height: number): Plane {
  if (plane.width === width && plane.height === height) return plane;
  const shrink = Math.max(plane.width / width, plane.height / height);
  const source = shrink > 1.5 ? prefiltered(plane, Math.round(shrink / 2 - 0.5)) : plane;
  const result = createPlane(width, height);
  const row = stretchRows(source, width, height);
  for (let y = 0; y < height; y++) result.data.set(row(y), y * width);
  return result;
}

/** A box of the plane as it is after resizing to `whole`, without making the rest: bilinear, for planes that get larger. */
export function growCut(
  plane: Plane,
  whole: { readonly width: number; readonly height: number },
  cut: Cut,
): Plane {
  if (plane.width === whole.width && plane.height === whole.height) return cutPlane(plane, cut);
  const result = createPlane(cut.width, cut.height);
  const row = stretchRows(plane, whole.width, whole.height, cut);
  for (let y = 0; y < cut.height; y++) result.data.set(row(cut.top + y), y * cut.width);
  return result;
}

function prefiltered(plane: Plane, radius: number): Plane {
  const data = scratch('prefiltered', plane.data.length);
  setBoxMean(plane, Math.max(1, radius), data);
  return { ...plane, data };
}

/**
 * The rows, asked for from the top down, of a plane stretched bilinearly; each is valid until the next is asked for.
 *
 * @param part the columns that are wanted
 */
export function stretchRows(
  plane: Plane,
  width: number,
  height: number,
  part: { readonly left: number; readonly width: number } = { left: 0, width },
): (y: number) => Float32Array {
  const columns = taps(plane.width, width, part);
  const rows = taps(plane.height, height, { left: 0, width: height });
  const across = part.width;
  const line = new Float32Array(across);
  // Rows stretched to the new width, kept while they serve: an enlargement asks for each of them several times.
  let above = new Float32Array(across);
  let below = new Float32Array(across);
  let aboveRow = -1;
  let belowRow = -1;
  return (y) => {
    if (rows.first[y] === belowRow) {
      const row = above;
      above = below;
      below = row;
      belowRow = aboveRow;
      aboveRow = rows.first[y];
    }
    if (rows.first[y] !== aboveRow) {
      aboveRow = rows.first[y];
      stretchRow(plane.data, aboveRow * plane.width, columns, above);
    }
    if (rows.second[y] !== belowRow) {
      belowRow = rows.second[y];
      stretchRow(plane.data, belowRow * plane.width, columns, below);
    }
    const down = rows.share[y];
    for (let x = 0; x < across; x++) line[x] = above[x] + (below[x] - above[x]) * down;
    return line;
  };
}

function stretchRow(
  source: Float32Array,
  start: number,
  columns: Taps,
  target: Float32Array,
): void {
  const { first, second, share } = columns;
  for (let x = 0; x < target.length; x++) {
    const left = source[start + first[x]];
    target[x] = left + (source[start + second[x]] - left) * share[x];
  }
}

interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

function taps(
  from: number,
  to: number,
  { left, width }: { readonly left: number; readonly width: number },
): Taps {
  const first = new Int32Array(width);
  const second = new Int32Array(width);
  const share = new Float32Array(width);
  for (let i = 0; i < width; i++) {
    const position = clamp(((left + i + 0.5) * from) / to - 0.5, 0, from - 1);
    first[i] = Math.floor(position);
    second[i] = Math.min(from - 1, first[i] + 1);
    share[i] = position - first[i];
  }
  return { first, second, share };
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
