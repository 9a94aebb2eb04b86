import { blur, boxMean } from '../../pixels/box-filter.ts';
import { components, keepLarge } from '../../pixels/components.ts';
import {
  createMask,
  createPlane,
  type Mask,
  maskToPlane,
  type Plane,
  type RgbImage,
  threshold,
} from '../../pixels/image.ts';
import { clamp, quantile } from '../../pixels/scalar.ts';
import { type Backdrop, findBackdrop } from './backdrop.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { softEdge } from './soft-edge.ts';
import { watershed } from './watershed.ts';

const BACKDROP = 1;
const CLOTH = 2;

export interface GarmentMatte {
  /** Share of garment, soft at the edge. */
  readonly matte: Plane;
  readonly mask: Mask;
  readonly backdrop: Backdrop;
  /** Lab gradient, per pixel of distance. */
  readonly relief: Plane;
  /** 0..1: how well the outline follows edges of the picture and the net's opinion. */
  readonly confidence: number;
}

/**
 * Cuts a product from its backdrop: what the net is sure of, and what clearly differs in colour, grows as cloth; what
 * looks like backdrop and is reached from outside grows as backdrop; between them the strongest edge decides, which
 * parts white from white and cloth from its own soft shadow.
 */
export function findGarmentMatte(image: RgbImage, saliency: Plane): GarmentMatte {
  const backdrop = findBackdrop(image, saliency);
  const relief = labRelief(backdrop.lab);
  const core = shrinkRim(
    threshold(saliency, 0.85),
    Math.max(3, Math.max(image.width, image.height) / 140),
  );
  const shadows = shadowTest(backdrop, relief, core);
  const labels = markers(backdrop, relief, saliency, core, shadows);
  watershed(labels, relief, 24);
  const raw = createMask(image.width, image.height);
  for (let i = 0; i < labels.length; i++) raw.data[i] = labels[i] === CLOTH ? 1 : 0;
  const mask = smoothed(tidy(closeStripes(raw, backdrop, shadows), saliency), backdrop);
  return {
    matte: softEdge(image, mask),
    mask,
    backdrop,
    relief,
    confidence: agreement(mask, saliency),
  };
}

/** Length of the colour gradient after a little smoothing. */
function labRelief(lab: readonly Plane[]): Plane {
  const { width, height } = lab[0];
  const result = createPlane(width, height);
  for (const channel of lab) {
    const { data } = blur(channel, 0.7);
    for (let y = 0; y < height; y++) {
      const above = Math.max(0, y - 1) * width;
      const below = Math.min(height - 1, y + 1) * width;
      for (let x = 0; x < width; x++) {
        const left = data[y * width + Math.max(0, x - 1)];
        const right = data[y * width + Math.min(width - 1, x + 1)];
        const across = (right - left) / 2;
        const down = (data[below + x] - data[above + x]) / 2;
        result.data[y * width + x] += across * across + down * down;
      }
    }
  }
  for (let i = 0; i < result.data.length; i++) result.data[i] = Math.sqrt(result.data[i]);
  return result;
}

function markers(
  backdrop: Backdrop,
  relief: Plane,
  saliency: Plane,
  core: Mask,
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
  const labels = new Uint8Array(width * height);
  for (let i = 0; i < labels.length; i++) {
    const d = difference.data[i];
    const seen = even || saliency.data[i] > 0.06;
    if (gaps.data[i]) labels[i] = BACKDROP;
    else if (core.data[i] && (alike || d > alikeBelow)) labels[i] = shadows.strange(i) ? 0 : CLOTH;
    else if (seen && d > Math.max(14, 3 * tight) && !shadows.like(i)) labels[i] = CLOTH;
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

interface ShadowTest {
  /** Whether a pixel may be backdrop in shadow: darker, of the backdrop's tint, without a sharp edge. */
  like(i: number): boolean;
  /** A darkness of the backdrop's tint that the garment never shows, sharp edge or not. */
  strange(i: number): boolean;
  /** Whether the garment itself shows no such darkness without tint, so that a pixel like a shadow is one. */
  alien(i: number): boolean;
}

const DARKEST_SHADOW = 48;
/** Share of the garment's pixels from which a darkness is its own. */
const OWN_DARKNESS = 0.004;
/** How far from its usual darkness a grey garment may still be, at edges that catch the light. */
const GREY_REACH = 15;

function shadowTest({ darker, tint }: Backdrop, relief: Plane, core: Mask): ShadowTest {
  const neutral = (i: number): boolean =>
    tint.data[i] < 2.5 + 0.12 * Math.abs(darker.data[i]) && darker.data[i] > -1;
  const counts = new Float64Array(DARKEST_SHADOW + 4);
  let inside = 0;
  let untinted = 0;
  for (let i = 0; i < core.data.length; i += 3) {
    if (!core.data[i]) continue;
    inside++;
    if (!neutral(i)) continue;
    untinted++;
    counts[Math.min(100, Math.max(0, Math.round(darker.data[i])))]++;
  }
  const reach = untinted > 0.3 * inside ? GREY_REACH : 1;
  const own = counts.map((_, k) =>
    Math.max(...counts.slice(Math.max(0, k - reach), k + reach + 1)),
  );
  const alien = (i: number): boolean =>
    own[Math.min(100, Math.max(0, Math.round(darker.data[i])))] < OWN_DARKNESS * inside;
  const like = (i: number): boolean =>
    neutral(i) &&
    darker.data[i] < DARKEST_SHADOW &&
    (alien(i) ? relief.data[i] < 5 : relief.data[i] < 1.6 && darker.data[i] < 20);
  return { alien, like, strange: (i) => darker.data[i] > 1.5 && neutral(i) && alien(i) };
}

/**
 * Places inside what the net takes for the garment that are exactly the backdrop, reach out of it and end at strong
 * edges: the slits between sleeve and body or between legs, too narrow for the net.
 */
function findGaps(core: Mask, backdrop: Backdrop, relief: Plane): Mask {
  const { width, height } = core;
  const exact = 1.1 + 2 * backdrop.noise;
  const mean = boxMean(backdrop.difference, 1).data;
  const flat = createMask(width, height);
  for (let i = 0; i < flat.data.length; i++) {
    flat.data[i] = mean[i] < exact && core.data[i] ? 1 : 0;
  }
  const { labels, areas } = components(flat);
  const rim = new Float64Array(areas.length);
  const strong = new Float64Array(areas.length);
  const mouth = new Uint8Array(areas.length);
  for (let i = width * 3; i < labels.length - width * 3; i++) {
    const label = labels[i];
    if (label === 0) continue;
    for (const step of [-1, 1, -width, width]) {
      if (labels[i + step] !== 0) continue;
      if (!core.data[i + step]) {
        mouth[label] = 1;
        continue;
      }
      rim[label]++;
      if (Math.max(relief.data[i + step], relief.data[i + 3 * step]) > 1.5) strong[label]++;
    }
  }
  const result = createMask(width, height);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    const gap = label > 0 && mouth[label] === 1 && strong[label] > 0.35 * rim[label];
    result.data[i] = gap ? 1 : 0;
  }
  return result;
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

/** Stripes of nearly the backdrop's colour that open to the garment's side were taken for backdrop: closes narrow ones. */
function closeStripes(raw: Mask, backdrop: Backdrop, shadows: ShadowTest): Mask {
  const { width, height } = raw;
  const radius = Math.max(2, Math.max(width, height) / 120);
  const least = 1.6 + 2 * backdrop.noise;
  const closed = shrinkRim(growRim(raw, radius), radius);
  const mean = boxMean(backdrop.difference, 1).data;
  const result = createMask(width, height);
  for (let i = 0; i < result.data.length; i++) {
    const stripe =
      closed.data[i] === 1 &&
      mean[i] > least &&
      backdrop.difference.data[i] > least &&
      !shadows.strange(i);
    result.data[i] = raw.data[i] === 1 || stripe ? 1 : 0;
  }
  return result;
}

/** Colour distance from which a pixel keeps its place whatever its neighbours are. */
const UNMISTAKABLE = 25;

/** Takes off ragged spurs of a few pixels: each pixel joins the majority around it unless its colour is beyond doubt. */
function smoothed(mask: Mask, { difference }: Backdrop): Mask {
  const radius = Math.max(1, Math.round(Math.max(mask.width, mask.height) / 700));
  const around = boxMean(boxMean(maskToPlane(mask), radius), radius).data;
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < around.length; i++) {
    const sure = mask.data[i] === 1 && difference.data[i] > UNMISTAKABLE;
    result.data[i] = sure || around[i] > 0.5 ? 1 : 0;
  }
  return result;
}

/** Drops specks, closes pinholes that the net sees as garment, and takes off threads thinner than a strap. */
function tidy(raw: Mask, saliency: Plane): Mask {
  const { width, height } = raw;
  const solid = fillUnlessOpen(keepLarge(raw, 0.04), saliency);
  const radius = Math.max(1, Math.max(width, height) / 500);
  const opened = keepLarge(shrinkRim(solid, radius), 0.02);
  const regrown = growRim(opened, radius + 2);
  const result = createMask(width, height);
  for (let i = 0; i < result.data.length; i++) {
    result.data[i] = solid.data[i] && regrown.data[i] ? 1 : 0;
  }
  return keepLarge(result, 0.04);
}

function fillUnlessOpen(mask: Mask, saliency: Plane): Mask {
  const { width, height } = mask;
  const holes = createMask(width, height);
  for (let i = 0; i < holes.data.length; i++) holes.data[i] = mask.data[i] ? 0 : 1;
  const { labels, areas } = components(holes);
  const sums = new Float64Array(areas.length);
  for (let i = 0; i < labels.length; i++) sums[labels[i]] += saliency.data[i];
  const result = createMask(width, height);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    const small = areas[label] < width * height * 2e-4;
    const cloth = sums[label] / areas[label] > 0.8 && areas[label] < width * height * 0.05;
    result.data[i] = label === 0 || small || cloth ? 1 : 0;
  }
  return result;
}

/** Overlap of the outline with the net's opinion (intersection over union). */
function agreement(mask: Mask, saliency: Plane): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < mask.data.length; i++) {
    const seen = saliency.data[i] > 0.5;
    if (seen && mask.data[i]) both++;
    if (seen || mask.data[i]) either++;
  }
  return either === 0 ? 0 : both / either;
}
