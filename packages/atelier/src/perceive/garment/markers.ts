import { boxMean } from '../../pixels/box-filter.ts';
import { createMask, type Mask, type Plane } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';
import { clamp, quantile } from '../../pixels/scalar.ts';
import type { Backdrop } from './backdrop.ts';
import { findGaps } from './gaps.ts';
import type { ShadowTest } from './shadow-test.ts';

/** Labels of what is sure before the strongest edges decide the rest; 0 is undecided. */
export const BACKDROP = 1;
export const CLOTH = 2;

/**
 * What is surely garment and surely backdrop. `core` is what the net is sure of, without the `slits` found in it.
 */
export function markers(
  backdrop: Backdrop,
  relief: Plane,
  saliency: Plane,
  core: Mask,
  slits: Mask,
  shadows: ShadowTest,
): Uint8Array {
  const { width, height } = saliency;
  const { difference, darker, tint } = backdrop;
  const tight = 1.2 + 2.2 * backdrop.noise;
  const gaps = findGaps(core, backdrop, relief);
  const { alike, alikeBelow } = likeness(core, gaps, difference, tight);
  const meanDarker = boxMean(darker, 2).data;
  const meanTint = boxMean(tint, 2).data;
  const tinted = Math.max(2.2, 1.5 * tight);
  const around = boxMean(difference, 8).data;
  const even = backdrop.evenness > 0.9;
  const labels = bytes(width * height);
  const overlooked = even ? findOverlooked(backdrop, relief, saliency, core) : null;
  for (let i = 0; i < labels.length; i++) {
    const d = difference.data[i];
    const seen = even || saliency.data[i] > 0.06;
    if (gaps.data[i] || slits.data[i]) labels[i] = BACKDROP;
    else if (core.data[i] && (alike || d > alikeBelow)) labels[i] = shadows.strange(i) ? 0 : CLOTH;
    else if (seen && d > Math.max(14, 3 * tight) && !shadows.like(i)) labels[i] = CLOTH;
    else if (overlooked?.data[i]) labels[i] = CLOTH;
    else if (seen && d > tight && meanDarker[i] < -tight - 0.5) labels[i] = CLOTH;
    else if (
      saliency.data[i] > 0.4 &&
      d > Math.max(2 * tight, 0.3 * around[i]) &&
      meanTint[i] > tinted + 0.12 * Math.abs(meanDarker[i])
    ) {
      labels[i] = CLOTH;
    }
  }
  flood(labels, width, height, (i) => {
    if (labels[i] === CLOTH) return false;
    const share = saliency.data[i];
    if (difference.data[i] < tight) return share < 0.85 || !alike;
    if (!shadows.like(i)) return false;
    return share < 0.08 || shadows.alien(i) || (share < 0.25 && difference.data[i] < 4 * tight);
  });
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0 && difference.data[i] < tight && saliency.data[i] < 0.3) {
      labels[i] = BACKDROP;
    }
  }
  return labels;
}

/** Colour distance and mean relief from which something on a plain backdrop may be cloth that the net overlooked. */
const OVERLOOKED = 8;
const ROUGH = 2;
/** Of what the net is sure of, the share that there must be of it: rims of dark shadow come to less. */
const MUCH = 0.3;

/** Knitted and woven cloth that the net saw nothing of, on a backdrop without texture; shadows are smooth. */
function findOverlooked(
  { difference, noise }: Backdrop,
  relief: Plane,
  saliency: Plane,
  core: Mask,
): Mask | null {
  if (noise > 1.5) return null;
  const roughness = boxMean(relief, 3).data;
  const result = createMask(core.width, core.height);
  let found = 0;
  let sure = 0;
  for (let i = 0; i < result.data.length; i++) {
    sure += core.data[i];
    if (difference.data[i] < OVERLOOKED || saliency.data[i] > 0.06 || roughness[i] < ROUGH)
      continue;
    result.data[i] = 1;
    found++;
  }
  return found > MUCH * sure ? result : null;
}

/**
 * Whether the garment holds the backdrop's own colour, so that colour alone cannot tell a gap from cloth, and below
 * which colour distance a pixel of the core is open to doubt.
 */
function likeness(
  core: Mask,
  gaps: Mask,
  difference: Plane,
  tight: number,
): { readonly alike: boolean; readonly alikeBelow: number } {
  const inside: number[] = [];
  for (let i = 0; i < core.data.length; i += 7) {
    if (core.data[i] && !gaps.data[i]) inside.push(difference.data[i]);
  }
  if (inside.length === 0) return { alike: false, alikeBelow: tight };
  const alike = inside.filter((d) => d < tight).length > 0.015 * inside.length;
  return { alike, alikeBelow: clamp(0.35 * quantile(inside, 0.04), tight, 8) };
}

/** Labels as backdrop whatever is reached from the border over passable pixels. */
function flood(
  labels: Uint8Array,
  width: number,
  height: number,
  passable: (i: number) => boolean,
): void {
  const stack: number[] = [];
  const visit = (i: number): void => {
    if (labels[i] === BACKDROP || !passable(i)) return;
    labels[i] = BACKDROP;
    stack.push(i);
  };
  for (let x = 0; x < width; x++) {
    visit(x);
    visit((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    visit(y * width);
    visit(y * width + width - 1);
  }
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < labels.length - width) visit(i + width);
  }
}
