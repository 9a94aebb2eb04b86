import { createPlane, type Plane, type RgbImage } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';
import { clamp } from '../../pixels/scalar.ts';
import type { UprightFrame } from './upright-frame.ts';

/** A plane of the photo on the upright canvas, bilinear; beyond the photo 0. */
export function layPlane(plane: Plane, frame: UprightFrame): Plane {
  const { data, width, height } = plane;
  const result = createPlane(frame.width, frame.height);
  for (let row = 0, i = 0; row < frame.height; row++) {
    const { from, step } = frame.row(row);
    for (let column = 0; column < frame.width; column++, i++) {
      const x = from[0] + column * step[0];
      const y = from[1] + column * step[1];
      if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) continue;
      const left = clamp(Math.floor(x), 0, width - 1);
      const top = clamp(Math.floor(y), 0, height - 1);
      const right = Math.min(width - 1, left + 1);
      const across = clamp(x - left, 0, 1);
      const upper = top * width;
      const lower = Math.min(height - 1, top + 1) * width;
      const above = data[upper + left] + (data[upper + right] - data[upper + left]) * across;
      const below = data[lower + left] + (data[lower + right] - data[lower + left]) * across;
      result.data[i] = above + (below - above) * clamp(y - top, 0, 1);
    }
  }
  return result;
}

/** The photo's colours on the upright canvas, by cubic interpolation (Keys, 1981), so that cloth keeps its grain. */
export function layColours(image: RgbImage, frame: UprightFrame): RgbImage {
  const { width, height } = frame;
  const data = bytes(width * height * 3);
  const across = new Float32Array(4);
  const down = new Float32Array(4);
  for (let row = 0, i = 0; row < height; row++) {
    const { from, step } = frame.row(row);
    for (let column = 0; column < width; column++, i += 3) {
      const x = from[0] + column * step[0];
      const y = from[1] + column * step[1];
      if (x < -1 || y < -1 || x > image.width || y > image.height) continue;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left === x && top === y && left < image.width && top < image.height && x >= 0 && y >= 0) {
        const at = (top * image.width + left) * 3;
        for (let c = 0; c < 3; c++) data[i + c] = image.data[at + c];
        continue;
      }
      weigh(x - left, across);
      weigh(y - top, down);
      cubic(image, left, top, across, down, data, i);
    }
  }
  return { width, height, data };
}

function cubic(
  image: RgbImage,
  left: number,
  top: number,
  across: Float32Array,
  down: Float32Array,
  target: Uint8Array,
  to: number,
): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let k = 0; k < 4; k++) {
    const row = clamp(top + k - 1, 0, image.height - 1) * image.width;
    for (let j = 0; j < 4; j++) {
      const weight = down[k] * across[j];
      const at = (row + clamp(left + j - 1, 0, image.width - 1)) * 3;
      red += weight * image.data[at];
      green += weight * image.data[at + 1];
      blue += weight * image.data[at + 2];
    }
  }
  target[to] = clamp(Math.round(red), 0, 255);
  target[to + 1] = clamp(Math.round(green), 0, 255);
  target[to + 2] = clamp(Math.round(blue), 0, 255);
}

/** Weights of the four neighbours at a share between the middle two. */
function weigh(t: number, weights: Float32Array): void {
  weights[0] = t * (-0.5 + t * (1 - 0.5 * t));
  weights[1] = 1 + t * t * (-2.5 + 1.5 * t);
  weights[2] = t * (0.5 + t * (2 - 1.5 * t));
  weights[3] = t * t * (-0.5 + 0.5 * t);
}
