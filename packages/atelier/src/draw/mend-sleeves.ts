import { add, distance, normalize, subtract, toSegment, type Vec } from '../geometry/vector.ts';
import type { Sleeve, TopReading } from '../perceive/garment.ts';
import { type Side, sides } from '../perceive/person.ts';
import { components } from '../pixels/components.ts';
import { createMask, type Mask } from '../pixels/image.ts';
import { bytes, copyFloats } from '@toile/memory';
import { lerp, median } from '../pixels/scalar.ts';

/** A gap counts as cloth when it lies well within the sleeve, by this share of its half-width. */
const WITHIN = 0.98;
/** From this share of cloth a pixel is whole; at the rims of a gap the others are mended with it. */
const WHOLE = 0.99;
/** Gaps are no longer than this along the sleeve, in half-widths. */
const LONGEST = 0.8;
/** Stripes run across: a gap that stays farther from the sleeve's axis than this is a dent in its edge, as folds make. */
const DENT = 0.6;
/** Where more of a sleeve than this would have to be mended, it was misread and is left alone. */
const MOST = 0.12;

/**
 * Closes gaps across long sleeves: a stripe in the backdrop's own colour looks like backdrop, but lies within the sleeve
 * and has cloth above and below it.
 */
export function mendSleeves(garment: TopReading): TopReading {
  const gaps = sides.flatMap((side) => gapsOf(garment, side).map((pixel) => ({ side, pixel })));
  if (gaps.length === 0) return garment;
  const matte = copyFloats(garment.matte.data);
  const front = copyFloats(garment.front.data);
  const masks = {
    left: Uint8Array.from(garment.sleeves.left.data),
    right: Uint8Array.from(garment.sleeves.right.data),
  };
  for (const { side, pixel } of gaps) {
    matte[pixel] = 1;
    front[pixel] = 1;
    masks[side][pixel] = 1;
  }
  return {
    ...garment,
    matte: { ...garment.matte, data: matte },
    front: { ...garment.front, data: front },
    sleeves: {
      left: { ...garment.sleeves.left, data: masks.left },
      right: { ...garment.sleeves.right, data: masks.right },
    },
  };
}

function gapsOf(garment: TopReading, side: Side): number[] {
  const { sleeve } = garment.landmarks[side];
  if (!sleeve || sleeve.class !== 'long') return [];
  const { width, height, data } = garment.matte;
  const halfWidths = steadyWidths(sleeve);
  const reach = Math.max(...halfWidths);
  const xs = sleeve.axis.map(([x]) => x);
  const ys = sleeve.axis.map(([, y]) => y);
  const gaps = createMask(width, height);
  const nearAxis = bytes(width * height);
  const right = Math.min(width - 1, Math.max(...xs) + reach);
  const bottom = Math.min(height - 1, Math.max(...ys));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(...xs) - reach)); x <= right; x++) {
      const pixel = y * width + x;
      if (data[pixel] >= WHOLE) continue;
      const place = placeOn(sleeve, halfWidths, [x, y]);
      if (place.share > WITHIN) continue;
      const most = LONGEST * place.halfWidth;
      if (!clothWithin(garment, [x, y], place.direction, most)) continue;
      gaps.data[pixel] = 1;
      if (place.share < DENT) nearAxis[pixel] = 1;
    }
  }
  const across = acrossSleeve(gaps, nearAxis);
  let cloth = 0;
  for (const value of garment.sleeves[side].data) cloth += value;
  return across.length < MOST * cloth ? across : [];
}

/** The pixels of those gaps that come near the axis. */
function acrossSleeve(gaps: Mask, nearAxis: Uint8Array): number[] {
  const { labels, areas } = components(gaps);
  const reaching = new Uint8Array(areas.length);
  for (let i = 0; i < labels.length; i++) if (nearAxis[i]) reaching[labels[i]] = 1;
  const pixels: number[] = [];
  for (let i = 0; i < labels.length; i++) if (reaching[labels[i]]) pixels.push(i);
  return pixels;
}

/** The half-widths without the dents that the gaps themselves have made, nor the cuff's end, where the axis runs out. */
function steadyWidths({ halfWidths }: Sleeve): number[] {
  const last = halfWidths.length - 1;
  const kept = halfWidths.map((value, k) => (k === last ? halfWidths[last - 1] : value));
  return kept.map((_, k) => median(kept.slice(Math.max(0, k - 2), k + 3)));
}

function placeOn(
  { axis }: Sleeve,
  halfWidths: readonly number[],
  point: Vec,
): { readonly share: number; readonly halfWidth: number; readonly direction: Vec } {
  let best = { share: Infinity, halfWidth: 1, direction: [0, 1] as Vec };
  for (let k = 0; k + 1 < axis.length; k++) {
    if (distance(axis[k], axis[k + 1]) < 1) continue;
    const hit = toSegment(point, axis[k], axis[k + 1]);
    const halfWidth = Math.max(1, lerp(halfWidths[k], halfWidths[k + 1], hit.along));
    const share = hit.distance / halfWidth;
    if (share < best.share) {
      best = { share, halfWidth, direction: normalize(subtract(axis[k + 1], axis[k])) };
    }
  }
  return best;
}

/** Whether there is cloth in both directions along the sleeve, no farther than `most` pixels in all. */
function clothWithin({ matte }: TopReading, point: Vec, direction: Vec, most: number): boolean {
  const run = (sign: number): number => {
    for (let r = 1; r <= most; r++) {
      const [x, y] = add(point, direction, sign * r);
      const [px, py] = [Math.round(x), Math.round(y)];
      if (px < 0 || py < 0 || px >= matte.width || py >= matte.height) return Infinity;
      if (matte.data[py * matte.width + px] > 0.9) return r;
    }
    return Infinity;
  };
  return run(1) + run(-1) <= most;
}
