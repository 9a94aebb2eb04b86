import { boxMean } from './box-filter.ts';
import { createPlane, type Mask, type Plane, type RgbImage } from './image.ts';
import { clamp } from './scalar.ts';

/** Resamples a plane: bilinear, with a box prefilter when it gets smaller. */
export function resizePlane(plane: Plane, width: number, height: number): Plane {
  if (plane.width === width && plane.height === height) return plane;
  const shrink = Math.max(plane.width / width, plane.height / height);
  const source = shrink > 1.5 ? boxMean(plane, Math.max(1, Math.round(shrink / 2 - 0.5))) : plane;
  const result = createPlane(width, height);
  const columns = taps(plane.width, width);
  const rows = taps(plane.height, height);
  for (let y = 0; y < height; y++) {
    const top = rows.first[y] * plane.width;
    const bottom = rows.second[y] * plane.width;
    const down = rows.share[y];
    for (let x = 0; x < width; x++) {
      const left = columns.first[x];
      const right = columns.second[x];
      const across = columns.share[x];
      const above = source.data[top + left] * (1 - across) + source.data[top + right] * across;
      const below =
        source.data[bottom + left] * (1 - across) + source.data[bottom + right] * across;
      result.data[y * width + x] = above + (below - above) * down;
    }
  }
  return result;
}

interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

function taps(from: number, to: number): Taps {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const share = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const position = clamp(((i + 0.5) * from) / to - 0.5, 0, from - 1);
    first[i] = Math.floor(position);
    second[i] = Math.min(from - 1, first[i] + 1);
    share[i] = position - first[i];
  }
  return { first, second, share };
}

/** Resamples colour pixels: area average when they get fewer, bilinear when they get more. */
export function resizeRgb(image: RgbImage, width: number, height: number): RgbImage {
  if (image.width === width && image.height === height) return image;
  const data = new Uint8Array(width * height * 3);
  const columns = spans(image.width, width);
  const rows = spans(image.height, height);
  const across = new Float32Array(width * image.height * 3);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let k = columns.start[x]; k < columns.start[x + 1]; k++) {
          sum += image.data[(y * image.width + columns.index[k]) * 3 + c] * columns.weight[k];
        }
        across[(y * width + x) * 3 + c] = sum;
      }
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * 3; x++) {
      let sum = 0;
      for (let k = rows.start[y]; k < rows.start[y + 1]; k++) {
        sum += across[rows.index[k] * width * 3 + x] * rows.weight[k];
      }
      data[y * width * 3 + x] = clamp(Math.round(sum), 0, 255);
    }
  }
  return { width, height, data };
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

/** Resamples a mask by nearest neighbour. */
export function resizeMask(mask: Mask, width: number, height: number): Mask {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row =
      Math.min(mask.height - 1, Math.floor(((y + 0.5) * mask.height) / height)) * mask.width;
    for (let x = 0; x < width; x++) {
      data[y * width + x] =
        mask.data[row + Math.min(mask.width - 1, Math.floor(((x + 0.5) * mask.width) / width))];
    }
  }
  return { width, height, data };
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
