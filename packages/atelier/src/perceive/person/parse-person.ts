import { guidedFilter } from '../../pixels/guided-filter.ts';
import type { Plane } from '../../pixels/image.ts';
import { floats } from '@toile/memory';
import { smoothstep } from '../../pixels/scalar.ts';
import { bodyPrior, type Cuts } from './body-prior.ts';
import {
  contrast,
  density,
  fitMixture,
  type LabPlanes,
  type MixtureOptions,
  strangeness,
} from './colour-mixture.ts';
import { weighByClass } from './class-evidence.ts';
import { findCuts } from './cuts.ts';
import { findPlaces, type Place } from './places.ts';
import { HAIR, labelCount, LOWER, OTHER, SHOES, SKIN, UPPER } from './labels.ts';
import type { Scene } from './scene.ts';
import { type Colours, seedColours, type Seeds } from './seeds.ts';

/** How far colours are trusted against the body: 1 would count neighbouring pixels as independent witnesses. */
const COLOUR_TRUST = 0.7;
/** Density of a colour that no mixture knows, so that a stranger falls to the place's likeliest label. */
const UNKNOWN = 2e-7;
/** Density of every colour for things that are neither skin, hair nor clothes. */
const ANYTHING = 1.5e-5;
const LEARNING_ROUNDS = 2;

export interface Parse {
  /** Share of each label among the person's pixels, in the order of `labels`; sums to 1 a pixel. */
  readonly shares: readonly Plane[];
  readonly colours: Colours;
  readonly cuts: Cuts;
}

/**
 * Divides the person's pixels into labels: place in the body times likeness of colour, smoothed along edges, in rounds.
 * Colours are learned from `rough`, which may be smaller than `fine` and then costs a fraction; the last round, at the
 * size of `fine`, decides.
 */
export function parsePerson(fine: Scene, rough: Scene): Parse {
  const seeds = seedColours(rough);
  let { colours } = seeds;
  const places = findPlaces(rough.body, rough.matte);
  const trust = colourTrust(rough.matte);
  for (let round = 0; round < LEARNING_ROUNDS; round++) {
    const { shares } = parseOnce(rough, places, trust, colours, 2);
    colours = learn(rough.view.lab, rough.matte, shares, seeds, colours);
  }
  const same = fine === rough;
  return parseOnce(
    fine,
    same ? places : findPlaces(fine.body, fine.matte),
    same ? trust : colourTrust(fine.matte),
    colours,
    1,
  );
}

function parseOnce(
  scene: Scene,
  places: readonly Place[],
  trust: Float32Array,
  colours: Colours,
  subsample: number,
): Parse {
  const { view, matte, body, classes } = scene;
  const cuts = findCuts(scene, colours);
  const prior = bodyPrior(body, places, matte, cuts);
  weighByClass(prior, places, classes);
  weighByColour(prior, places, view.lab, colours, trust);
  return { shares: smoothShares(view.guide, matte, prior, subsample), colours, cuts };
}

/** Colours at the silhouette are mixed with the background's and say little. */
function colourTrust(matte: Plane): Float32Array {
  const result = floats(matte.data.length);
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

/** Turns priors into shares: each times the likelihood of the pixel's colour, made to sum to 1. */
function weighByColour(
  prior: readonly Plane[],
  places: readonly Place[],
  lab: LabPlanes,
  colours: Colours,
  trust: Float32Array,
): void {
  for (const { pixel: i } of places) {
    const l = lab[0].data[i];
    const a = lab[1].data[i];
    const b = lab[2].data[i];
    let total = 0;
    for (let k = 0; k < labelCount; k++) {
      const share = prior[k].data[i];
      if (share <= 0) continue;
      const value = share * likelihood(colours, k, l, a, b) ** trust[i];
      prior[k].data[i] = value;
      total += value;
    }
    for (let k = 0; k < labelCount; k++) prior[k].data[i] /= total;
  }
}

/** Smooths shares, which it takes over, along the picture's edges. */
function smoothShares(
  guide: readonly [Plane, Plane, Plane],
  matte: Plane,
  shares: readonly Plane[],
  subsample: number,
): Plane[] {
  for (const { data } of shares) {
    for (let i = 0; i < data.length; i++) data[i] *= matte.data[i] + 0.002;
  }
  const radius = Math.max(3, Math.round(Math.max(matte.width, matte.height) / 100));
  return normalizeShares(guidedFilter(guide, shares, { radius, epsilon: 4e-4, subsample }));
}

/** Makes shares sum to 1 at every pixel, in place. */
export function normalizeShares(shares: Plane[]): Plane[] {
  const total = floats(shares[0].data.length);
  for (const { data } of shares) for (let i = 0; i < total.length; i++) total[i] += data[i];
  for (const { data } of shares) {
    for (let i = 0; i < total.length; i++) {
      data[i] = total[i] > 1e-6 ? data[i] / total[i] : 1 / shares.length;
    }
  }
  return shares;
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

/** Skin may be learned in other shades than those of the seeds, but not in other hues or hair's own: so it would take hair. */
function likeSkin(lab: LabPlanes, pixels: readonly number[], { colours }: Seeds): number[] {
  const skin = colours[SKIN];
  const hair = colours[HAIR];
  if (!skin) return [...pixels];
  return pixels.filter((i) => {
    const [l, a, b] = [lab[0].data[i], lab[1].data[i], lab[2].data[i]];
    const asSkin = strangeness(skin, l, a, b, [120, 8, 8]);
    return (
      asSkin < 9 && (!hair || asSkin < 1 || asSkin < 2 * strangeness(hair, l, a, b, [60, 4, 4]))
    );
  });
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
  // The least counts are those of a matte of a tenth of a megapixel.
  const scale = Math.min(1, matte.data.length / 1e5);
  return before.map((mixture, label) => {
    const { least, options } = LEARNING[label];
    const pixels: number[] = [];
    for (let i = 0; i < matte.data.length; i++) {
      if (matte.data[i] > 0.9 && shares[label].data[i] > 0.72) pixels.push(i);
    }
    if (pixels.length < least * scale) return mixture;
    const samples =
      label === SKIN
        ? [...likeSkin(lab, pixels, seeds), ...seeds.skin, ...seeds.skin]
        : label === HAIR
          ? [...pixels, ...seeds.hair]
          : pixels;
    return fitMixture(lab, samples, alike > 0.5 ? { ...options, floor: FINE_FLOOR } : options);
  });
}
