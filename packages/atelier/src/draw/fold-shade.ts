import type { Folds } from '../fit/flare.ts';
import type { GarmentReading } from '../perceive/garment.ts';
import type { RgbImage } from '../pixels/image.ts';
import { clamp, smoothstep } from '../pixels/scalar.ts';

/** How much darker than the cloth around it a fold is at its deepest, and how much lighter its crest. */
const DEPTH = 0.2;
const CREST = 0.05;
/** Shares of cloth hidden in folds from which these show, and at which they are deepest. */
const SHALLOW = 0.04;
const DEEP = 0.3;
/** So far beyond the edges cloth may reach, garment pixels. */
const BESIDE = 24;

/**
 * Soft shading of the folds in which a skirt hangs, drawn on its picture: the folds run from the waist to the hem along
 * the lines that the cloth itself takes, closer together towards the sides, and deepen with what they hide.
 */
export function shadeFolds<Garment extends GarmentReading>(
  garment: Garment,
  folds: Folds,
): Garment {
  if (folds.hidden(folds.hem) < SHALLOW) return garment;
  const { image, texture } = garment;
  return {
    ...garment,
    image: shade(image, folds, 1),
    ...(texture && { texture: shade(texture, folds, texture.height / image.height) }),
  };
}

function shade(picture: RgbImage, { hem, edges, hidden }: Folds, zoom: number): RgbImage {
  const { width, height } = picture;
  const data = Uint8Array.from(picture.data);
  for (let row = 0; row < height; row++) {
    const y = Math.min((row + 0.5) / zoom, hem);
    const strength = smoothstep(SHALLOW, DEEP, hidden(y));
    if (strength <= 0) continue;
    const [left, right] = edges(y);
    const last = Math.min(width, Math.ceil((right + BESIDE) * zoom));
    for (let column = Math.max(0, Math.floor((left - BESIDE) * zoom)); column < last; column++) {
      const share = ((column + 0.5) / zoom - left) / Math.max(1, right - left);
      const around = Math.asin(clamp(2 * share - 1, -1, 1)) / (Math.PI / 2);
      const factor = 1 + strength * relief(around);
      const o = 3 * (row * width + column);
      for (let c = 0; c < 3; c++) data[o + c] = Math.min(255, Math.round(data[o + c] * factor));
    }
  }
  return { width, height, data };
}

/** Light on folds round a body, -1 at its left side and 1 at its right: narrow valleys at uneven distances, broad crests. */
function relief(around: number): number {
  const phase = 2 * Math.PI * 3.1 * around + 0.9 * Math.sin(4.3 * around + 0.6);
  const valley = (0.5 - 0.5 * Math.cos(phase + 0.8)) ** 3;
  return CREST - (DEPTH + CREST) * valley;
}
