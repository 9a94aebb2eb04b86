import { guidedFilter } from '../../pixels/guided-filter.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { smoothstep } from '../../pixels/scalar.ts';
import type { Body } from './body.ts';
import { bodyPrior, type Cuts } from './body-prior.ts';
import {
  contrast,
  density,
  fitMixture,
  type LabPlanes,
  type Mixture,
  type MixtureOptions,
  strangeness,
} from './colour-mixture.ts';
import { findCuts } from './cuts.ts';
import { findPlaces } from './places.ts';
import { HAIR, labelCount, LOWER, OTHER, SHOES, SKIN, UPPER } from './labels.ts';
import { type Colours, seedColours, type Seeds } from './seeds.ts';

/** How far colours are trusted against the body: 1 would count neighbouring pixels as independent witnesses. */
const COLOUR_TRUST = 0.7;
/** Density of a colour that no mixture knows, so that a stranger falls to the place's likeliest label. */
const UNKNOWN = 2e-7;
/** Density of every colour for things that are neither skin, hair nor clothes. */
const ANYTHING = 1.5e-5;
const ROUNDS = 3;

export interface Parse {
  /** Share of each label among the person's pixels, in the order of `labels`; sums to 1 a pixel. */
  readonly shares: readonly Plane[];
  readonly colours: Colours;
  readonly cuts: Cuts;
}

/** Divides the person's pixels into labels: place in the body times likeness of colour, smoothed along edges, in rounds. */
export function parsePerson(
  guide: readonly [Plane, Plane, Plane],
  lab: LabPlanes,
  matte: Plane,
  body: Body,
): Parse {
  const seeds = seedColours(lab, matte, body);
  let { colours } = seeds;
  const places = findPlaces(body, matte);
  let cuts = findCuts(lab, matte, body, colours);
  let shares: Plane[] = [];
  const trust = colourTrust(matte);
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) cuts = findCuts(lab, matte, body, colours);
    const prior = bodyPrior(body, places, matte, cuts);
    const last = round === ROUNDS - 1;
    const rough = posterior(prior, lab, matte, colours, trust);
    shares = smoothShares(guide, matte, rough, last ? 1 : 2);
    if (!last) colours = learn(lab, matte, shares, seeds, colours);
  }
  return { shares, colours, cuts };
}

/** Colours at the silhouette are mixed with the background's and say little. */
function colourTrust(matte: Plane): Float32Array {
  const result = new Float32Array(matte.data.length);
  const { width, height, data } = matte;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const least = Math.min(
        data[i],
        data[y * width + Math.max(0, x - 1)],
        data[y * width + Math.min(width - 1, x + 1)],
        data[Math.max(0, y - 1) * width + x],
        data[Math.min(height - 1, y + 1) * width + x],
      );
      result[i] = COLOUR_TRUST * (0.15 + 0.85 * smoothstep(0.5, 0.98, least));
    }
  }
  return result;
}

export function likelihood(
  colours: Colours,
  label: number,
  l: number,
  a: number,
  b: number,
): number {
  if (label === OTHER) return ANYTHING;
  const mixture = colours[label];
  return (mixture ? density(mixture, l, a, b) : 0) + UNKNOWN;
}

function posterior(
  prior: readonly Plane[],
  lab: LabPlanes,
  matte: Plane,
  colours: Colours,
  trust: Float32Array,
): Plane[] {
  const { width, height } = prior[0];
  const result = prior.map(() => createPlane(width, height));
  for (let i = 0; i < trust.length; i++) {
    if (matte.data[i] < 0.01) continue;
    let total = 0;
    for (let k = 0; k < labelCount; k++) {
      if (prior[k].data[i] <= 0) continue;
      const colour = likelihood(colours, k, lab[0].data[i], lab[1].data[i], lab[2].data[i]);
      const value = prior[k].data[i] * colour ** trust[i];
      result[k].data[i] = value;
      total += value;
    }
    for (let k = 0; k < labelCount; k++) result[k].data[i] /= total;
  }
  return result;
}

function smoothShares(
  guide: readonly [Plane, Plane, Plane],
  matte: Plane,
  shares: readonly Plane[],
  subsample: number,
): Plane[] {
  const weighted = shares.map((plane) => {
    const result = createPlane(plane.width, plane.height);
    for (let i = 0; i < result.data.length; i++) {
      result.data[i] = plane.data[i] * (matte.data[i] + 0.002);
    }
    return result;
  });
  const radius = Math.max(3, Math.round(Math.max(matte.width, matte.height) / 100));
  return normalizeShares(guidedFilter(guide, weighted, { radius, epsilon: 4e-4, subsample }));
}

export function normalizeShares(shares: readonly Plane[]): Plane[] {
  const total = new Float32Array(shares[0].data.length);
  for (const { data } of shares) for (let i = 0; i < total.length; i++) total[i] += data[i];
  return shares.map(({ width, height, data }) => {
    const result = createPlane(width, height);
    for (let i = 0; i < total.length; i++) {
      result.data[i] = total[i] > 1e-6 ? data[i] / total[i] : 1 / shares.length;
    }
    return result;
  });
}

const LEARNING: Readonly<Record<number, { least: number; options: MixtureOptions }>> = {
  [SKIN]: { least: 100, options: { count: 4, floor: [25, 6, 6] } },
  [HAIR]: { least: 50, options: { count: 3, floor: [30, 8, 8] } },
  [UPPER]: { least: 200, options: { count: 5, floor: [16, 6, 6] } },
  [LOWER]: { least: 100, options: { count: 5, floor: [16, 6, 6] } },
  [SHOES]: { least: 60, options: { count: 4, floor: [16, 6, 6] } },
};

/** Where skin and upper garment are of like colour, small differences must count. */
const FINE_FLOOR = [9, 1.8, 1.8] as const;

/** How well the upper garment's colours can be told from skin, 0 to 1; 1 when either is unknown. */
export function skinContrast(colours: Colours): number {
  const skin = colours[SKIN];
  const upper = colours[UPPER];
  return skin && upper ? contrast(skin, upper) : 1;
}

/** Skin may be learned in other shades than those of the seeds, but not in other hues: that way it would take hair. */
function nearTo(lab: LabPlanes, pixels: readonly number[], seeds: Mixture | undefined): number[] {
  return pixels.filter(
    (i) =>
      !seeds || strangeness(seeds, lab[0].data[i], lab[1].data[i], lab[2].data[i], [120, 8, 8]) < 9,
  );
}

/** Learns each label's colours anew from the pixels it holds with certainty. */
function learn(
  lab: LabPlanes,
  matte: Plane,
  shares: readonly Plane[],
  seeds: Seeds,
  before: Colours,
): Colours {
  const alike = 1 - skinContrast(before);
  return before.map((mixture, label) => {
    const { least, options } = LEARNING[label];
    const pixels: number[] = [];
    for (let i = 0; i < matte.data.length; i++) {
      if (matte.data[i] > 0.9 && shares[label].data[i] > 0.72) pixels.push(i);
    }
    if (pixels.length < least) return mixture;
    const samples =
      label === SKIN
        ? [...nearTo(lab, pixels, seeds.colours[SKIN]), ...seeds.skin, ...seeds.skin]
        : label === HAIR
          ? [...pixels, ...seeds.hair]
          : pixels;
    return fitMixture(lab, samples, alike > 0.5 ? { ...options, floor: FINE_FLOOR } : options);
  });
}
