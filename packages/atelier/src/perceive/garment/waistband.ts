import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp } from '../../pixels/scalar.ts';
import { resample } from './contour.ts';
import { upperAt } from './neck-curves.ts';
import { colourStep, indexAt, type NeckWindow, normalAt, openNeckWindow } from './neck-window.ts';
import type { Upright } from './upright.ts';

export interface WaistView {
  readonly lab: readonly [Plane, Plane, Plane];
  readonly matte: Plane;
  readonly frame: Upright;
  /** The garment's upper edge from corner to corner, upright. */
  readonly upper: readonly Vec[];
}

export interface Waist {
  /** Upper edge of the front of the waistband, upright, corner to corner. */
  readonly curve: readonly Vec[];
  /** 0..1: how sure it is that nothing of the inner back is left below it, and nothing of the front above. */
  readonly confidence: number;
}

const SAMPLES = 33;
const STRIPS = 8;
const EDGE_CAP = 12;
/** Deepest dip of the front below the back, over the waist's width. */
const DEEPEST = 0.3;
/** Pixels between upper edge and front from which there is something to be seen between them. */
const THIN = 2.5;
/** Worth of edge below which the inner back is not believed. */
const LEAST_EDGE = 2.4;

/**
 * Finds the front's upper edge of a waistband. Laid flat, the front dips a little below the back, and the inner back is
 * seen between them as a crescent that is darker, or of another colour. The seam below the band does not end in the
 * corners as that crescent does, which tells them apart.
 */
export function findWaist(view: WaistView): Waist {
  const upper = resample(view.upper, SAMPLES);
  const left = upper[0];
  const right = upper[SAMPLES - 1];
  const width = Math.max(8, right[0] - left[0]);
  const ys = upper.map(([, y]) => y);
  const window = openNeckWindow(view.lab, view.matte, view.frame, {
    from: [left[0] - 4, Math.min(...ys) - 4],
    to: [right[0] + 4, Math.max(...ys) + DEEPEST * width + 8],
  });
  let best = { value: 0, curve: upper };
  for (let depth = Math.max(0.012, 3 / width); depth < DEEPEST; depth += 0.006 + 0.04 * depth) {
    for (const power of [1.4, 2, 2.8]) {
      for (const skew of [-0.08, 0, 0.08]) {
        const curve = crescent(upper, depth * width, power, skew);
        const value = worth(curve, upper, window) * (1 - Math.abs(skew));
        if (value > best.value) best = { value, curve };
      }
    }
  }
  const least = LEAST_EDGE + 0.6 * window.texture;
  if (best.value < least)
    return { curve: upper, confidence: clamp(1 - best.value / (2 * least), 0.5, 1) };
  return { curve: best.curve, confidence: clamp(best.value / (2 * least), 0.5, 0.97) };
}

function crescent(upper: readonly Vec[], depth: number, power: number, skew: number): Vec[] {
  const left = upper[0];
  const right = upper[upper.length - 1];
  const lowest = 0.5 + skew;
  return Array.from({ length: SAMPLES }, (_, k): Vec => {
    const u = k / (SAMPLES - 1);
    const off = u < lowest ? (lowest - u) / lowest : (u - lowest) / (1 - lowest);
    const x = left[0] + (right[0] - left[0]) * u;
    const chord = left[1] + (right[1] - left[1]) * u;
    const own = upperAt(upper, x)[1];
    return [x, Math.max(own, chord + depth * (1 - off ** power))];
  });
}

/** Edge along the visible part of a crescent, as steady as its strips are, raised where it is darker above. */
function worth(curve: readonly Vec[], upper: readonly Vec[], window: NeckWindow): number {
  const sums = Array.from({ length: STRIPS }, () => 0);
  const counts = Array.from({ length: STRIPS }, () => 0);
  const lightness = window.lab[0].data;
  let shade = 0;
  let seen = 0;
  for (let i = 1; i < curve.length - 1; i++) {
    const [x, y] = curve[i];
    const thick = y - upperAt(upper, x)[1];
    if (thick < THIN) continue;
    const [nx, ny] = normalAt(curve, i);
    const reach = Math.min(2, 0.5 * thick);
    const below = indexAt(window, x + nx * 1.6, y + ny * 1.6);
    const above = indexAt(window, x - nx * reach, y - ny * reach);
    const strip = Math.min(STRIPS - 1, Math.floor((STRIPS * i) / curve.length));
    counts[strip]++;
    seen++;
    if (window.matte.data[below] < 0.6 || window.matte.data[above] < 0.6) continue;
    sums[strip] += Math.min(EDGE_CAP, colourStep(window, below, above));
    shade += clamp((lightness[below] - lightness[above]) / 5, -1, 1);
  }
  if (seen < 0.5 * curve.length) return 0;
  const means = sums.map((sum, k) => (counts[k] === 0 ? Infinity : sum / counts[k]));
  const levels = means.slice(0, STRIPS / 2).map((mean, k) => paired(mean, means[STRIPS - 1 - k]));
  const known = levels.filter((level) => level < Infinity);
  const mean = known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
  const weakest = Math.min(...known);
  return Math.min(mean, 0.4 * mean + weakest) * (0.8 + 0.5 * (shade / seen));
}

const paired = (a: number, b: number): number =>
  a === Infinity ? b : b === Infinity ? a : (a + b) / 2;
