import type { BottomReading } from '../perceive/garment.ts';
import { copyFloats } from '@toile/memory';
import { clamp } from '../pixels/scalar.ts';

/** Gaps narrower than this share of the garment's width there are closed, down to this share of its height below the crotch. */
const NARROW = 0.06;
const DEEP = 0.022;
/** The gap that is left opens from a point: to each side by so much of its depth. */
const OPENING = 0.3;
/** The gap is followed by its middle for no more than this share of the garment's height. */
const FOLLOWED = 0.06;

/**
 * The garment with the narrow top of the gap between its legs closed: when the wearer's thighs come together, ragged
 * bits of background there would be all that is left of it. Below, the gap opens gradually, as between two legs of cloth.
 */
export function mendCrotch(garment: BottomReading): BottomReading {
  const { crotch, left, right } = garment.landmarks;
  if (!crotch) return garment;
  const { width, height } = garment.front;
  const data = copyFloats(garment.front.data);
  const hip = right.outer[0][0] - left.outer[0][0];
  const most = NARROW * hip;
  const middle = Math.round(crotch[0]);
  const from = Math.max(0, Math.floor(crotch[1] - DEEP * height));
  const to = Math.min(height - 1, Math.ceil(crotch[1] + DEEP * height));
  let last = -1;
  for (let y = from; y <= to; y++) {
    const gap = gapAt(data, y * width, middle, most);
    if (!gap) continue;
    last = y;
    for (let x = gap.from; x <= gap.to; x++) data[y * width + x] = 1;
  }
  if (last >= 0)
    openFrom(data, width, last, Math.min(height, last + FOLLOWED * height), middle, most);
  return { ...garment, front: { width, height, data } };
}

/** Narrows the gap below a row where it was closed, so that it begins as a point. */
function openFrom(
  cloth: Float32Array,
  width: number,
  closed: number,
  end: number,
  middle: number,
  most: number,
): void {
  for (let y = closed + 1; y < end; y++) {
    const gap = gapAt(cloth, y * width, middle, 2 * most);
    if (!gap) return;
    const centre = (gap.from + gap.to) / 2;
    const half = OPENING * (y - closed);
    if (half > (gap.to - gap.from) / 2) return;
    for (let x = gap.from; x <= gap.to; x++) {
      const i = y * width + x;
      cloth[i] = Math.max(cloth[i], clamp(Math.abs(x - centre) - half + 0.5, 0, 1));
    }
  }
}

/** The stretch about the middle of a row that is not wholly cloth; null when it is none, or wider than `most`. */
function gapAt(
  cloth: Float32Array,
  row: number,
  middle: number,
  most: number,
): { readonly from: number; readonly to: number } | null {
  let from = Infinity;
  let to = -Infinity;
  for (let x = Math.round(middle - 1.5 * most); x <= middle + 1.5 * most; x++) {
    if (cloth[row + x] > 0.98) continue;
    from = Math.min(from, x);
    to = Math.max(to, x);
  }
  return to >= from && to - from <= most ? { from, to } : null;
}
