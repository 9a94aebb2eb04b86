import type { Vec } from '../../geometry/vector.ts';
import { clamp } from '../../pixels/scalar.ts';
import { mixtureDistance } from './cloth-kinds.ts';
import { colourStep, indexAt, type NeckWindow, normalAt } from './neck-window.ts';

const EDGE_CAP = 12;

/** What a curve is worth as the front edge of an opening. */
export interface Worth {
  readonly value: number;
  /** How much darker it is above than below, -1 to 1. */
  readonly shade: number;
  /** Colour distance of the cloth below from what is above. */
  readonly step: number;
  /** Worth of its edge alone, as on plain cloth. */
  readonly edge: number;
}

/** Whether what lies above a curve looks like the inside of a garment: in shadow, or of another colour. */
export const showsInside = ({ shade, step }: Worth): boolean => shade > 0.3 || step > 4;

const STRIPS = 8;

/** Edge along a curve, raised where it is darker above, lowered where the curve runs along the upper edge like a band. */
export function worth(
  curve: readonly Vec[],
  window: NeckWindow,
  upper: readonly Vec[],
  width: number,
): Worth | null {
  const reach = Math.max(1.6, 0.012 * width);
  const clear = Math.max(5, 0.045 * width);
  const steps = Array.from({ length: STRIPS }, () => 0);
  const counts = Array.from({ length: STRIPS }, () => 0);
  const strips = new Float64Array(STRIPS * 7);
  let outside = 0;
  let shade = 0;
  const lightness = window.lab[0].data;
  const first = 2;
  const last = curve.length - 2;
  for (let i = first; i < last; i++) {
    const [x, y] = curve[i];
    const [nx, ny] = normalAt(curve, i);
    const at = (d: number): number => indexAt(window, x + nx * d, y + ny * d);
    const below = at(reach);
    const above = at(-reach);
    if (window.matte.data[below] < 0.5) return null;
    if (window.matte.data[at(-clear)] < 0.9) outside++;
    shade += clamp((lightness[below] - lightness[above]) / 5, -1, 1);
    const strip = Math.floor((STRIPS * (i - first)) / (last - first));
    steps[strip] += Math.min(EDGE_CAP, colourStep(window, below, above));
    counts[strip]++;
    for (const d of [0.015, 0.035, 0.06]) {
      addStrip(window, strips, 7 * strip, at(d * width + 1), at(-d * width - 1));
    }
  }
  if (outside > 0.22 * (last - first)) return null;
  const own = steady(steps.map((sum, k) => sum / Math.max(1, counts[k]))) - 0.6 * window.texture;
  const { step, coherence } = stripContrast(strips);
  const darker = shade / (last - first);
  const mixed = window.patterned > 0 ? MIXTURE_WORTH * mixture(curve, window, width) : 0;
  const plain = (0.5 * Math.max(0, own) + 0.6 * step) * (0.25 + 0.75 * coherence);
  const told = plain + (mixed - plain) * MIXTURE_SAYS * window.patterned;
  const value = told * (1 + 0.35 * darker) * (1 - 0.5 * bandlike(curve, upper, width));
  return { value, shade: darker, step, edge: plain };
}

const MIXTURE_STRIPS = 4;
const MIXTURE_DEPTHS = 12;
/** Width of the bands whose mixtures are compared, over the neck's width. */
const MIXTURE_BAND = 0.2;
/** How much of the say mixtures have on cloth that is all pattern; edges keep the rest. */
const MIXTURE_SAYS = 0.65;
/** What wholly different cloth on both sides of a curve is worth. */
const MIXTURE_WORTH = 16;

/** How differently the cloth is mixed of its colours on both sides of a curve, all along it, 0 to 1. */
function mixture(curve: readonly Vec[], window: NeckWindow, width: number): number {
  const { kinds, count } = window.cloth;
  const below = Array.from({ length: MIXTURE_STRIPS }, () => new Float64Array(count));
  const above = Array.from({ length: MIXTURE_STRIPS }, () => new Float64Array(count));
  for (let i = 1; i < curve.length - 1; i++) {
    const [x, y] = curve[i];
    const [nx, ny] = normalAt(curve, i);
    const strip = Math.floor((MIXTURE_STRIPS * i) / curve.length);
    for (let k = 0; k < MIXTURE_DEPTHS; k++) {
      const d = 1.5 + (MIXTURE_BAND * width * k) / MIXTURE_DEPTHS;
      const under = kinds[indexAt(window, x + nx * d, y + ny * d)];
      const over = kinds[indexAt(window, x - nx * d, y - ny * d)];
      if (under < count) below[strip][under]++;
      if (over < count) above[strip][over]++;
    }
  }
  return steady(below.map((heap, s) => Math.sqrt(mixtureDistance(heap, above[s]))));
}

/** Sums colours of a strip: count, then Lab below, then Lab above. Pixels outside the garment count on neither side. */
function addStrip(
  { lab, matte }: NeckWindow,
  sums: Float64Array,
  strip: number,
  below: number,
  above: number,
): void {
  if (matte.data[below] < 0.5 || matte.data[above] < 0.5) return;
  sums[strip]++;
  for (let c = 0; c < 3; c++) {
    sums[strip + 1 + c] += lab[c].data[below];
    sums[strip + 4 + c] += lab[c].data[above];
  }
}

interface StripContrast {
  /** Colour distance of below from above, steady along the curve. */
  readonly step: number;
  /** 1 when the difference is the same all along, near 0 when a print makes it point everywhere. */
  readonly coherence: number;
}

/** How the cloth below differs from what is above, averaged over patterns in strips along the curve. */
function stripContrast(sums: Float64Array): StripContrast {
  const contrasts: number[] = [];
  const total = [0, 0, 0];
  for (let s = 0; s < sums.length; s += 7) {
    const count = sums[s];
    if (count === 0) {
      contrasts.push(0);
      continue;
    }
    const apart = [0, 1, 2].map((c) => (sums[s + 1 + c] - sums[s + 4 + c]) / count);
    const size = Math.hypot(...apart);
    const capped = Math.min(EDGE_CAP, size);
    contrasts.push(capped);
    apart.forEach((value, c) => (total[c] += (value * capped) / (size || 1)));
  }
  const common = Math.hypot(...total) / contrasts.length;
  const mean = contrasts.reduce((a, b) => a + b, 0) / contrasts.length;
  return { step: steady(contrasts), coherence: common / (mean + 0.3) };
}

/**
 * The mean over the strips of a curve, but not much more than its weakest height (both sides taken together): an edge
 * has to run all the way from the neck down, not only across a print.
 */
function steady(strips: readonly number[]): number {
  const count = strips.length;
  const mean = strips.reduce((a, b) => a + b, 0) / Math.max(1, count);
  let weakest = Infinity;
  for (let level = 0; level < count / 2; level++) {
    weakest = Math.min(weakest, (strips[level] + strips[count - 1 - level]) / 2);
  }
  return Math.min(mean, 0.5 * mean + weakest, 2.6 * weakest + 0.3);
}

/** 1 where a curve keeps its distance from the upper edge all along (the lower edge of the back's band), 0 for a crescent. */
function bandlike(curve: readonly Vec[], upper: readonly Vec[], width: number): number {
  const gap = (index: number): number => {
    const [x, y] = curve[index];
    let edge = upper[0][1];
    for (const [ux, uy] of upper) if (ux <= x) edge = uy;
    return y - edge;
  };
  const last = curve.length - 1;
  const middle = gap(last >> 1);
  if (middle > 0.4 * width) return 0;
  const sides = (gap(Math.round(last * 0.22)) + gap(Math.round(last * 0.78))) / 2;
  return clamp((sides / Math.max(1, middle) - 0.62) / 0.25, 0, 1);
}
