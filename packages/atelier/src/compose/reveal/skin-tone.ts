import type { Mask } from '../../pixels/image.ts';
import { clamp, median } from '../../pixels/scalar.ts';
import type { Scene } from '../scene.ts';
import type { BareBody } from './bare-body.ts';

type Rgb = readonly [number, number, number];

/** A person's skin under the photo's light: log colours as a function of the surface's normal. */
export interface SkinTone {
  /** Natural logarithm of gamma-encoded red, green, blue (0 to 1) of skin that faces the camera. */
  readonly albedo: Rgb;
  /** How much each channel follows the luminance: shaded skin is redder than lit skin. */
  readonly slopes: Rgb;
  /** Change of log luminance towards the right of the picture, down it, and as the surface turns away. */
  readonly light: Rgb;
}

/** What light from above and in front does, as long as the photo says nothing else. */
const USUAL_LIGHT: Rgb = [0, -0.12, -0.4];
/** Weight of the usual light, in samples. */
const PRIOR = 120;

interface Samples {
  readonly logs: readonly [number[], number[], number[]];
  readonly luma: number[];
  readonly features: Rgb[];
}

/** Learns tone and light from the skin that shows, by least squares on its normals, once again without outliers. */
export function learnTone(scene: Scene, body: BareBody, seen: Mask): SkinTone {
  const samples = gather(scene, body, seen);
  if (samples.luma.length < 40) return fromReading(scene);
  let keep = samples.luma.map((_, k) => k);
  let light = USUAL_LIGHT;
  for (let round = 0; round < 2; round++) {
    light = fitLight(samples, keep);
    const rest = keep.map((k) => samples.luma[k] - dot(light, samples.features[k]));
    const middle = median(rest);
    const spread = 2.2 * median(rest.map((value) => Math.abs(value - middle))) + 0.02;
    keep = keep.filter((_, j) => Math.abs(rest[j] - middle) < spread);
    if (keep.length < 30) return fromReading(scene);
  }
  const slopes = slopesOf(samples, keep);
  const albedo = slopes.map((slope, c) =>
    median(keep.map((k) => samples.logs[c][k] - slope * dot(light, samples.features[k]))),
  );
  return { albedo: [albedo[0], albedo[1], albedo[2]], slopes, light };
}

const dot = (a: Rgb, b: Rgb): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** What the light multiplies: normal to the right, normal downwards, and how far the surface turns away. */
export const featuresOf = (normalX: number, normalY: number): Rgb => [
  normalX,
  normalY,
  1 - Math.sqrt(Math.max(0, 1 - normalX * normalX - normalY * normalY)),
];

function gather(scene: Scene, body: BareBody, seen: Mask): Samples {
  const { width, height } = scene.image;
  const step = Math.max(1, Math.round(scene.unit / 80));
  const samples: Samples = { logs: [[], [], []], luma: [], features: [] };
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const i = y * width + x;
      if (!seen.data[i] || body.share.data[i] < 0.9) continue;
      const rgb = scene.colours.map((plane) => Math.max(0.02, plane.data[i]));
      for (let c = 0; c < 3; c++) samples.logs[c].push(Math.log(rgb[c]));
      samples.luma.push(Math.log(0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]));
      samples.features.push(featuresOf(body.normalX.data[i], body.normalY.data[i]));
    }
  }
  return samples;
}

/** Ridge regression of log luminance on the features, pulled towards the usual light. */
function fitLight(samples: Samples, keep: readonly number[]): Rgb {
  const mean = [0, 0, 0];
  let lumaMean = 0;
  for (const k of keep) {
    for (let c = 0; c < 3; c++) mean[c] += samples.features[k][c] / keep.length;
    lumaMean += samples.luma[k] / keep.length;
  }
  const matrix = [
    [PRIOR * 0.3, 0, 0],
    [0, PRIOR * 0.3, 0],
    [0, 0, PRIOR * 0.3],
  ];
  const right = USUAL_LIGHT.map((value) => PRIOR * 0.3 * value);
  for (const k of keep) {
    const f = samples.features[k].map((value, c) => value - mean[c]);
    const value = samples.luma[k] - lumaMean;
    for (let r = 0; r < 3; r++) {
      right[r] += f[r] * value;
      for (let c = 0; c < 3; c++) matrix[r][c] += f[r] * f[c];
    }
  }
  const [x, y, edge] = solve(matrix, right);
  return [clamp(x, -0.45, 0.45), clamp(y, -0.35, 0.2), clamp(edge, -0.9, -0.05)];
}

/** Cramer's rule for three unknowns; the ridge keeps the determinant away from 0. */
function solve(m: readonly (readonly number[])[], b: readonly number[]): Rgb {
  const determinant = (a: readonly (readonly number[])[]): number =>
    a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) -
    a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
    a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
  const whole = determinant(m);
  const unknown = (column: number): number =>
    determinant(m.map((row, r) => row.map((value, c) => (c === column ? b[r] : value)))) / whole;
  return [unknown(0), unknown(1), unknown(2)];
}

function slopesOf(samples: Samples, keep: readonly number[]): Rgb {
  const mean = keep.reduce((sum, k) => sum + samples.luma[k], 0) / keep.length;
  let variance = 0.002 * keep.length;
  // Weak evidence falls back to how skin usually shades: red holds on, blue goes first.
  const usual: Rgb = [0.85, 1.05, 1.2];
  const together = usual.map((slope) => slope * variance);
  for (const k of keep) {
    const from = samples.luma[k] - mean;
    variance += from * from;
    for (let c = 0; c < 3; c++) together[c] += from * samples.logs[c][k];
  }
  const slope = (c: number): number => clamp(together[c] / variance, 0.6, 1.7);
  return [slope(0), slope(1), slope(2)];
}

/** Without enough bare skin but the face's, its tone under the usual light. */
function fromReading(scene: Scene): SkinTone {
  const { tone } = scene.person.skin;
  const [l, a, b] = tone;
  const fy = (l + 16) / 116;
  const cube = (t: number): number => (t > 0.2069 ? t ** 3 : (t - 16 / 116) / 7.787);
  const x = 0.9505 * cube(fy + a / 500);
  const y = cube(fy);
  const z = 1.089 * cube(fy - b / 200);
  const gamma = (v: number): number =>
    v <= 0.0031308 ? 12.92 * v : 1.055 * Math.max(0, v) ** (1 / 2.4) - 0.055;
  const log = (v: number): number => Math.log(clamp(gamma(v), 0.03, 1));
  return {
    albedo: [
      log(3.2406 * x - 1.5372 * y - 0.4986 * z),
      log(-0.9689 * x + 1.8758 * y + 0.0415 * z),
      log(0.0557 * x - 0.204 * y + 1.057 * z),
    ],
    slopes: [0.85, 1.05, 1.2],
    light: USUAL_LIGHT,
  };
}
