import { labPlanes } from '../../pixels/colour.ts';
import { createPlane, type Plane, type RgbImage } from '../../pixels/image.ts';
import { clamp, median } from '../../pixels/scalar.ts';

/** How far every pixel is from the smooth backdrop behind a product. */
export interface Backdrop {
  readonly lab: readonly [Plane, Plane, Plane];
  /** Colour distance to the backdrop (CIE76). */
  readonly difference: Plane;
  /** How much darker than the backdrop, L*; negative where lighter. */
  readonly darker: Plane;
  /** Distance of the two colour axes alone from the backdrop, lit or in shadow. */
  readonly tint: Plane;
  /** Typical colour distance of the backdrop's own pixels. */
  readonly noise: number;
  /** Share of the sampled surroundings that the smooth surface explains, 0 (a busy scene) to 1. */
  readonly evenness: number;
}

const TERMS = 6;
const ROUNDS = 4;
const WELL_EXPLAINED = 6;
/** Share of the picture's outermost pixels that are plain backdrop where the whole of it is. */
const EVEN_FRAME = 0.97;

/** Fits a quadratic surface of colour to the surroundings of the object, robustly, so that uneven light is no object. */
export function findBackdrop(image: RgbImage, saliency: Plane): Backdrop {
  const { width, height } = image;
  const lab = labPlanes(image);
  const samples = surroundings(saliency);
  const surfaces = fitSurfaces(lab, samples, width, height);
  const difference = createPlane(width, height);
  const darker = createPlane(width, height);
  const tint = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const rows = surfaces.map((surface) => alongRow(surface, y, height));
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const u = (2 * x) / width - 1;
      const light = rows[0][0] + u * (rows[0][1] + u * rows[0][2]);
      const red = rows[1][0] + u * (rows[1][1] + u * rows[1][2]);
      const yellow = rows[2][0] + u * (rows[2][1] + u * rows[2][2]);
      const l = light - lab[0].data[i];
      const a = red - lab[1].data[i];
      const b = yellow - lab[2].data[i];
      darker.data[i] = l;
      // In shadow a coloured backdrop loses its colour with its light.
      const shaded = clamp(lab[0].data[i] / Math.max(1, light), 0, 1);
      const paleRed = shaded * red - lab[1].data[i];
      const paleYellow = shaded * yellow - lab[2].data[i];
      tint.data[i] = Math.sqrt(
        Math.min(a * a + b * b, paleRed * paleRed + paleYellow * paleYellow),
      );
      difference.data[i] = Math.sqrt(l * l + a * a + b * b);
    }
  }
  const residuals = samples.map((i) => difference.data[i]);
  const explained = (values: readonly number[]): number =>
    values.filter((value) => value < WELL_EXPLAINED).length / Math.max(1, values.length);
  const frame = explained(frameOf(difference));
  return {
    lab,
    difference,
    darker,
    tint,
    noise: Math.min(4, median(residuals)),
    // A product that the net overlooks lies among the samples, but hardly along the whole frame.
    evenness: Math.max(explained(residuals), frame > EVEN_FRAME ? frame : 0),
  };
}

/** The outermost pixels' values. */
function frameOf({ width, height, data }: Plane): number[] {
  const values: number[] = [];
  for (let x = 0; x < width; x++) values.push(data[x], data[(height - 1) * width + x]);
  for (let y = 0; y < height; y++) values.push(data[y * width], data[y * width + width - 1]);
  return values;
}

/** The border and a grid of pixels that the net gives to nobody. */
function surroundings(saliency: Plane): number[] {
  const { width, height, data } = saliency;
  const step = Math.max(1, Math.round(Math.max(width, height) / 128));
  const chosen: number[] = [];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const border = x < step || y < step || x >= width - step || y >= height - step;
      const share = data[y * width + x];
      if (share < 0.03 || (border && share < 0.4)) chosen.push(y * width + x);
    }
  }
  if (chosen.length >= 4 * TERMS) return chosen;
  const corners: number[] = [];
  for (let x = 0; x < width; x++) corners.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y++) corners.push(y * width, y * width + width - 1);
  return corners;
}

type Terms = readonly [number, number, number, number, number, number];

function termsAt(x: number, y: number, width: number, height: number): Terms {
  const u = (2 * x) / width - 1;
  const v = (2 * y) / height - 1;
  return [1, u, v, u * u, u * v, v * v];
}

function evaluate(surface: Float64Array, terms: Terms): number {
  let sum = 0;
  for (let k = 0; k < TERMS; k++) sum += surface[k] * terms[k];
  return sum;
}

/** A surface's values along a row: what it comes to for the terms 1, u and u². */
function alongRow(surface: Float64Array, y: number, height: number): readonly number[] {
  const v = (2 * y) / height - 1;
  return [surface[0] + v * (surface[2] + v * surface[5]), surface[1] + v * surface[4], surface[3]];
}

/** Iteratively reweighted least squares; the first round trusts only what is near the median colour. */
function fitSurfaces(
  lab: readonly [Plane, Plane, Plane],
  samples: readonly number[],
  width: number,
  height: number,
): readonly [Float64Array, Float64Array, Float64Array] {
  const terms = samples.map((i) => termsAt(i % width, Math.floor(i / width), width, height));
  const flat = (plane: Plane): Float64Array => {
    const surface = new Float64Array(TERMS);
    surface[0] = median(samples.map((i) => plane.data[i]));
    return surface;
  };
  let surfaces: [Float64Array, Float64Array, Float64Array] = [
    flat(lab[0]),
    flat(lab[1]),
    flat(lab[2]),
  ];
  for (let round = 0; round < ROUNDS; round++) {
    const residuals = samples.map((i, s) =>
      Math.hypot(
        lab[0].data[i] - evaluate(surfaces[0], terms[s]),
        lab[1].data[i] - evaluate(surfaces[1], terms[s]),
        lab[2].data[i] - evaluate(surfaces[2], terms[s]),
      ),
    );
    const scale = Math.max(1, 2.5 * median(residuals));
    const weights = residuals.map((r) => 1 / (1 + (r / scale) ** 4));
    const solve = (plane: Plane): Float64Array =>
      leastSquares(
        terms,
        samples.map((i) => plane.data[i]),
        weights,
      );
    surfaces = [solve(lab[0]), solve(lab[1]), solve(lab[2])];
  }
  return surfaces;
}

/** Weighted normal equations by Gauss-Jordan elimination; a little ridge keeps one-sided samples from extrapolating. */
function leastSquares(
  terms: readonly Terms[],
  values: readonly number[],
  weights: readonly number[],
): Float64Array {
  const rows = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 1));
  for (let s = 0; s < terms.length; s++) {
    for (let i = 0; i < TERMS; i++) {
      const left = weights[s] * terms[s][i];
      for (let j = 0; j < TERMS; j++) rows[i][j] += left * terms[s][j];
      rows[i][TERMS] += left * values[s];
    }
  }
  const ridge = 1e-3 * terms.length;
  for (let i = 1; i < TERMS; i++) rows[i][i] += ridge;
  for (let c = 0; c < TERMS; c++) {
    const pivot = rows[c][c] || 1e-9;
    for (let r = 0; r < TERMS; r++) {
      if (r === c) continue;
      const factor = rows[r][c] / pivot;
      for (let k = c; k <= TERMS; k++) rows[r][k] -= factor * rows[c][k];
    }
  }
  return Float64Array.from(rows, (row, i) => row[TERMS] / (row[i] || 1e-9));
}
