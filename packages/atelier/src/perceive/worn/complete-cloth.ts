import { pullPush } from '../../pixels/fill.ts';
import {
  createMask,
  createPlane,
  type Mask,
  maskToPlane,
  type Plane,
  type RgbImage,
  threshold,
  toPlanes,
} from '../../pixels/image.ts';
import { integers } from '@toile/memory';
import { clamp } from '../../pixels/scalar.ts';
import { shrinkRim, soften } from '../../pixels/soften.ts';

/** Size of what counts as a fold, stripe or weave rather than as light, in shoulder widths. */
const DETAIL = 0.07;
/** Local spread of lightness from which a place counts as printed: it is not copied to where nobody saw it. */
const PRINTED = 0.07;

/**
 * Paints the garment where something hid it. Its light comes smoothly from around; its folds, stripes and weave come
 * from the other half of the garment, or else from just beside, turned round; a print is copied from neither. Around the
 * garment its own colours are carried outwards.
 */
export function completeCloth(
  image: RgbImage,
  share: Plane,
  hidden: Mask,
  centreX: number,
  unit: number,
): RgbImage {
  const known = shrinkRim(threshold(share, 0.97), Math.max(1, Math.round(0.008 * unit)));
  const weight = maskToPlane(known);
  const planes = toPlanes(image);
  const sigma = DETAIL * unit;
  const cover = soften(weight, sigma);
  const light = planes.map((plane) => smoothed(plane, weight, cover, sigma));
  const base = pullPush(light, weight);
  const printed = printedPlaces(planes, light, known, sigma);
  const data = Uint8Array.from(image.data);
  const sources = detailSources(known, printed, hidden, centreX);
  for (let i = 0; i < hidden.data.length; i++) {
    // Beyond the garment its colours go on: what was there belongs to the first wearer.
    if (!hidden.data[i] && share.data[i] > 0.5) continue;
    const from = hidden.data[i] ? sources[i] : -1;
    for (let c = 0; c < 3; c++) {
      const detail = from < 0 ? 0 : planes[c].data[from] - light[c].data[from];
      data[3 * i + c] = clamp(Math.round((base[c].data[i] + detail) * 255), 0, 255);
    }
  }
  return { ...image, data };
}

function smoothed(plane: Plane, weight: Plane, cover: Plane, sigma: number): Plane {
  const weighted = createPlane(plane.width, plane.height);
  for (let i = 0; i < weighted.data.length; i++) {
    weighted.data[i] = plane.data[i] * weight.data[i];
  }
  const sum = soften(weighted, sigma);
  for (let i = 0; i < sum.data.length; i++) sum.data[i] /= Math.max(1e-4, cover.data[i]);
  return sum;
}

function printedPlaces(
  planes: readonly Plane[],
  light: readonly Plane[],
  known: Mask,
  sigma: number,
): Mask {
  const spread = createPlane(known.width, known.height);
  for (let c = 0; c < planes.length; c++) {
    for (let i = 0; i < spread.data.length; i++) {
      if (known.data[i]) spread.data[i] += Math.abs(planes[c].data[i] - light[c].data[i]) / 3;
    }
  }
  return threshold(soften(spread, sigma / 2), PRINTED);
}

/** For every hidden pixel the one whose detail it takes, or -1. */
function detailSources(known: Mask, printed: Mask, hidden: Mask, centreX: number): Int32Array {
  const { width, height } = known;
  const usable = createMask(width, height);
  for (let i = 0; i < usable.data.length; i++) {
    usable.data[i] = known.data[i] && !printed.data[i] ? 1 : 0;
  }
  const sources = integers(width * height).fill(-1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      if (!hidden.data[row + x]) continue;
      const mirrored = Math.round(2 * centreX - x);
      if (mirrored >= 0 && mirrored < width && usable.data[row + mirrored]) {
        sources[row + x] = row + mirrored;
        continue;
      }
      const inwards = x < centreX ? 1 : -1;
      const beside = turnedRound(usable, row, x, inwards) ?? turnedRound(usable, row, x, -inwards);
      const from = beside ?? turnedUp(usable, x, y);
      if (from !== null) sources[row + x] = from;
    }
  }
  return sources;
}

/** The pixel as far beyond the border of what is known as this one lies before it. */
function turnedRound(usable: Mask, row: number, x: number, step: number): number | null {
  for (let border = x; border >= 0 && border < usable.width; border += step) {
    if (!usable.data[row + border]) continue;
    const at = 2 * border - x;
    return at >= 0 && at < usable.width && usable.data[row + at] ? row + at : row + border;
  }
  return null;
}

/** The same down a column, for what a top hides of a waistband. */
function turnedUp(usable: Mask, x: number, y: number): number | null {
  const { width, height } = usable;
  for (let border = y; border < height; border++) {
    if (!usable.data[border * width + x]) continue;
    const at = (2 * border - y) * width + x;
    return 2 * border - y < height && usable.data[at] ? at : border * width + x;
  }
  return null;
}
