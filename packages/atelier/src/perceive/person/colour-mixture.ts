import { randomFrom } from '../../pixels/random.ts';
import type { Plane } from '../../pixels/image.ts';
import { smoothstep } from '../../pixels/scalar.ts';

type Triple = [number, number, number];

interface Gaussian {
  readonly mean: Triple;
  readonly inverse: Triple;
  readonly weight: number;
  /** Density at the mean, weight included. */
  readonly peak: number;
}

/** A sum of axis-aligned Gaussians over Lab; densities are up to the common factor (2 pi)^-1.5. */
export type Mixture = readonly Gaussian[];

export type LabPlanes = readonly [Plane, Plane, Plane];

export interface MixtureOptions {
  readonly count: number;
  /** Least variance of L, a and b: how much shade and noise two samples of one thing may differ by. */
  readonly floor: readonly [number, number, number];
}

/** Lightness counts less than hue when samples are grouped: folds and shade change it within one cloth. */
const LIGHTNESS_SHARE = 0.3;
const MOST_SAMPLES = 3000;
const ROUNDS = 7;
const LEAST_SAMPLES = 12;

/** Fits a mixture to the pixels listed; undefined when they are too few to tell anything. */
export function fitMixture(
  lab: LabPlanes,
  pixels: readonly number[],
  { count, floor }: MixtureOptions,
): Mixture | undefined {
  if (pixels.length < LEAST_SAMPLES) return undefined;
  const step = Math.max(1, pixels.length / MOST_SAMPLES);
  const samples: Triple[] = [];
  for (let k = 0; k < pixels.length; k += step) {
    const i = pixels[Math.floor(k)];
    samples.push([lab[0].data[i], lab[1].data[i], lab[2].data[i]]);
  }
  let centres = spread(samples, count);
  let groups = new Uint8Array(samples.length);
  for (let round = 0; round < ROUNDS; round++) {
    groups = Uint8Array.from(samples, (sample) => nearest(sample, centres));
    centres = centres.map((centre, g) => meanOf(samples, groups, g) ?? centre);
  }
  return centres
    .map((mean, g) => gaussianOf(samples, groups, g, mean, floor))
    .filter((one) => one.weight > 0.015);
}

const apart = (a: Triple, b: Triple): number =>
  LIGHTNESS_SHARE * (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;

function nearest(sample: Triple, centres: readonly Triple[]): number {
  let best = 0;
  let least = Infinity;
  for (let g = 0; g < centres.length; g++) {
    const d = apart(sample, centres[g]);
    if (d < least) {
      least = d;
      best = g;
    }
  }
  return best;
}

/** First centres, each the farthest of some drawn samples from those before it. */
function spread(samples: readonly Triple[], count: number): Triple[] {
  const random = randomFrom(samples.length);
  const centres = [samples[samples.length >> 1]];
  while (centres.length < count) {
    let best = samples[0];
    let most = -1;
    for (let draw = 0; draw < 120; draw++) {
      const sample = samples[Math.floor(random() * samples.length)];
      const d = Math.min(...centres.map((centre) => apart(sample, centre)));
      if (d > most) {
        most = d;
        best = sample;
      }
    }
    centres.push(best);
  }
  return centres;
}

function meanOf(samples: readonly Triple[], groups: Uint8Array, group: number): Triple | undefined {
  const sum: Triple = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < samples.length; i++) {
    if (groups[i] !== group) continue;
    count++;
    for (let c = 0; c < 3; c++) sum[c] += samples[i][c];
  }
  return count ? [sum[0] / count, sum[1] / count, sum[2] / count] : undefined;
}

function gaussianOf(
  samples: readonly Triple[],
  groups: Uint8Array,
  group: number,
  mean: Triple,
  floor: readonly [number, number, number],
): Gaussian {
  const variance: Triple = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < samples.length; i++) {
    if (groups[i] !== group) continue;
    count++;
    for (let c = 0; c < 3; c++) variance[c] += (samples[i][c] - mean[c]) ** 2;
  }
  for (let c = 0; c < 3; c++) variance[c] = variance[c] / Math.max(1, count) + floor[c];
  const weight = count / samples.length;
  return {
    mean,
    inverse: [1 / variance[0], 1 / variance[1], 1 / variance[2]],
    weight,
    peak: weight / Math.sqrt(variance[0] * variance[1] * variance[2]),
  };
}

/** Density of a colour. */
export function density(mixture: Mixture, l: number, a: number, b: number): number {
  let sum = 0;
  for (let g = 0; g < mixture.length; g++) {
    const { mean, inverse, peak } = mixture[g];
    const dl = l - mean[0];
    const da = a - mean[1];
    const db = b - mean[2];
    const e = dl * dl * inverse[0] + da * da * inverse[1] + db * db * inverse[2];
    if (e < 34) sum += peak * Math.exp(-0.5 * e);
  }
  return sum;
}

/** Squared Mahalanobis distance to the nearest Gaussian, each widened by `slack` (variances of L, a and b). */
export function strangeness(
  mixture: Mixture,
  l: number,
  a: number,
  b: number,
  slack: readonly [number, number, number],
): number {
  let least = Infinity;
  for (const { mean, inverse } of mixture) {
    const e =
      (l - mean[0]) ** 2 / (1 / inverse[0] + slack[0]) +
      (a - mean[1]) ** 2 / (1 / inverse[1] + slack[1]) +
      (b - mean[2]) ** 2 / (1 / inverse[2] + slack[2]);
    least = Math.min(least, e);
  }
  return least;
}

/** How well a mixture's colours can be told from a reference's, shade aside: 0 for white on white, 1 for distinct cloths. */
export function contrast(reference: Mixture, mixture: Mixture): number {
  let sum = 0;
  let total = 0;
  for (const { mean, weight } of mixture) {
    sum += weight * Math.min(12, strangeness(reference, mean[0], mean[1], mean[2], [90, 6, 6]));
    total += weight;
  }
  return smoothstep(2.5, 7, sum / total);
}
