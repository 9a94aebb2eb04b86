import type { Mask } from '../pixels/image.ts';
import { quantile, smoothstep } from '../pixels/scalar.ts';

/** The photo on a coarse grid. */
export interface Cells {
  readonly width: number;
  readonly height: number;
  /** Shoulder width in cells. */
  readonly unit: number;
  /** Which surface is seen: an old garment, skin away from them, or 0 for none that tells of light. */
  readonly kinds: Uint8Array;
  /** How far each is believed where the new garment lies otherwise than the old. */
  readonly believed: Float32Array;
  /** Logarithms of luminance and of red over blue. */
  readonly luma: Float32Array;
  readonly hue: Float32Array;
}

/**
 * What each surface of the photo tells of the light on it, one number a surface. In arrays of floats, not as objects: in
 * one of some eighty runs, optimized code gave the first object the numbers of the last, where some of the numbers were
 * whole and others not (V8 13.6).
 */
export interface Surfaces {
  /** Usual luminance and hue, as in `Cells`. */
  readonly luma: Float64Array;
  readonly hue: Float64Array;
  /** How far broad shading is believed to be light: 0 for patterned, dark or missing surfaces. */
  readonly shading: Float64Array;
  /** How far soft folds are: 0 for textured or faded cloth, such as denim. */
  readonly folds: Float64Array;
}

/** Skin tells of the body's form, but not of folds. */
const SKIN_SHADING = 0.6;
const SKIN_FOLDS = 0.3;

/** What the surfaces inside some masks tell; those of `skin` tell less. */
export function surfacesOf(
  cells: Cells,
  masks: readonly { readonly inside: Mask; readonly skin: boolean }[],
): Surfaces {
  const numbers = (): Float64Array => new Float64Array(masks.length);
  const surfaces = { luma: numbers(), hue: numbers(), shading: numbers(), folds: numbers() };
  masks.forEach(({ inside, skin }, k) => measure(cells, inside, skin, surfaces, k));
  return surfaces;
}

function measure(cells: Cells, inside: Mask, skin: boolean, surfaces: Surfaces, k: number): void {
  const { width, luma, hue } = cells;
  const lumas: number[] = [];
  const hues: number[] = [];
  const steps: number[] = [];
  // Two cells are a hundredth of the shoulders: folds change little over them, weave and seams much.
  const reach = Math.max(1, Math.round(0.015 * cells.unit));
  for (let cell = 0; cell < inside.data.length; cell += 3) {
    if (!inside.data[cell]) continue;
    lumas.push(luma[cell]);
    hues.push(hue[cell]);
    for (const other of [cell + reach, cell + reach * width]) {
      if (inside.data[other]) steps.push(Math.abs(luma[cell] - luma[other]));
    }
  }
  if (lumas.length < 20) return;
  const middle = quantile(lumas, 0.5);
  const spread = quantile(lumas, 0.9) - quantile(lumas, 0.1);
  const hueSpread = quantile(hues, 0.9) - quantile(hues, 0.1);
  const rough = quantile(steps, 0.5);
  const lit = smoothstep(Math.log(0.08), Math.log(0.3), middle);
  const plain = smoothstep(1, 0.5, spread) * smoothstep(0.6, 0.3, hueSpread);
  const even = smoothstep(0.018, 0.009, rough) * smoothstep(0.45, 0.2, hueSpread);
  surfaces.luma[k] = middle;
  surfaces.hue[k] = quantile(hues, 0.5);
  surfaces.shading[k] = lit * plain * (skin ? SKIN_SHADING : 0.4 + 0.6 * even);
  surfaces.folds[k] = lit * plain * even * (skin ? SKIN_FOLDS : 1);
}
