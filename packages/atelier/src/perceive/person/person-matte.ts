import { pullPush } from '../../pixels/fill.ts';
import { guidedFilter } from '../../pixels/guided-filter.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { resizePlane } from '../../pixels/resize.ts';
import { clamp, smoothstep } from '../../pixels/scalar.ts';
import { sharpenMatte } from './sharpen-matte.ts';
import type { LimbGaps } from './gaps.ts';
import type { Views } from './views.ts';
import { density, fitMixture, type LabPlanes, type Mixture } from './colour-mixture.ts';

/** The nets' opinions of where the person is; the saliency net's, which costs most, may be missing. */
export interface Opinions {
  readonly saliency: Plane | null;
  readonly pose: Plane;
  readonly segmenter: Plane;
}

/** Shares below and above which a pixel teaches the colours of background and person. */
const SURE_OUTSIDE = 0.06;
const SURE_INSIDE = 0.94;
/** Most evidence that colour may give for or against a person, in nats. */
const MOST_EVIDENCE = 3.5;
/** Least variances of L, a, b within background or person. */
const NOISE = [12, 4, 4] as const;

/**
 * The person's share of each pixel, fine to the hair. The nets say roughly where the person is; whether an uncertain
 * pixel looks like the background about it or like the person decides between arm and gap; guided filters then lay the
 * border on the picture's edges. `gaps` have the small view's size.
 */
export function personMatte(
  { full, half, small }: Views,
  opinions: Opinions,
  gaps: LimbGaps,
): Plane {
  const { width, height } = full.image;
  const reduce = (plane: Plane): Plane => resizePlane(plane, small.image.width, small.image.height);
  const fused = fuse({
    saliency: opinions.saliency && reduce(opinions.saliency),
    pose: reduce(opinions.pose),
    segmenter: reduce(opinions.segmenter),
  });
  const weighed = weighColours(small.lab, fused, gaps);
  const [rough] = guidedFilter(small.guide, [weighed], { radius: 4, epsilon: 2e-4 });
  const radius = Math.max(2, Math.round(Math.max(width, height) / 128));
  const [fine] = guidedFilter(full.guide, [rough], { radius, epsilon: 2e-5, coarse: half.guide });
  for (let i = 0; i < fine.data.length; i++) fine.data[i] = smoothstep(0.12, 0.88, fine.data[i]);
  return sharpenMatte(full.guide, half.guide, fine, Math.max(4, Math.max(width, height) / 100));
}

/**
 * One opinion out of three: mostly the middle one, so that a single net's slip does not count. The segmenter's is the
 * finest.
 */
export function fuse({ saliency, pose, segmenter }: Opinions): Plane {
  const result = createPlane(pose.width, pose.height);
  for (let i = 0; i < result.data.length; i++) {
    const b = pose.data[i];
    const c = segmenter.data[i];
    const a = saliency ? saliency.data[i] : (b + c) / 2;
    const middle = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    result.data[i] = 0.6 * middle + 0.12 * a + 0.12 * b + 0.16 * c;
  }
  return result;
}

function weighColours(lab: LabPlanes, fused: Plane, gaps: LimbGaps): Plane {
  const outside: number[] = [];
  const within: number[] = [];
  for (let i = 0; i < fused.data.length; i++) {
    if (fused.data[i] < SURE_OUTSIDE) outside.push(i);
    else if (fused.data[i] > SURE_INSIDE && gaps.betweenLegs.data[i] < 0.3) within.push(i);
  }
  if (outside.length < 50 || within.length < 50) return fused;
  const options = { count: 8, floor: NOISE };
  const background = fitMixture(lab, outside, options);
  const person = fitMixture(lab, within, options);
  const aroundOutside = localGaussian(lab, fused, outside);
  const aroundPerson = localGaussian(lab, fused, within);
  const result = createPlane(fused.width, fused.height);
  for (let i = 0; i < fused.data.length; i++) {
    const gap =
      Math.max(gaps.betweenLegs.data[i], gaps.besideTrunk.data[i]) * plainness(aroundOutside, i);
    const share = clamp(fused.data[i], 0.01, 0.99 - 0.11 * gap);
    const colour = [lab[0].data[i], lab[1].data[i], lab[2].data[i]] as const;
    const asPerson = likeness(person, aroundPerson, colour, i, 0.4 * (1 - 0.8 * gap));
    const asBackground = likeness(background, aroundOutside, colour, i, 0.4);
    const trust = 0.7 + 0.3 * gap;
    const evidence = clamp(
      trust * Math.log(asPerson / asBackground),
      -MOST_EVIDENCE,
      MOST_EVIDENCE,
    );
    // Deep within and far outside the nets know better than colours, which may agree by chance.
    const doubt = smoothstep(0.02, 0.12, share) * (1 - smoothstep(0.93, 0.985, share));
    const odds = Math.log(share / (1 - share)) * 1.1 + evidence * Math.max(doubt, gap);
    result.data[i] = 1 / (1 + Math.exp(-odds));
  }
  return result;
}

/** Variances of lightness between which a background ceases to be plain: one of many colours is no witness of gaps. */
const PLAIN = [40, 140] as const;

function plainness({ means, squares }: LocalGaussian, i: number): number {
  return 1 - smoothstep(PLAIN[0], PLAIN[1], squares[0].data[i] - means[0].data[i] ** 2);
}

interface LocalGaussian {
  readonly means: readonly Plane[];
  readonly squares: readonly Plane[];
}

/** Mean and mean square of the listed pixels' colours, spread smoothly to all others. */
function localGaussian(lab: LabPlanes, { width, height }: Plane, pixels: number[]): LocalGaussian {
  const weight = createPlane(width, height);
  for (const i of pixels) weight.data[i] = 0.5;
  const squared = lab.map((plane) => {
    const result = createPlane(width, height);
    for (let i = 0; i < result.data.length; i++) result.data[i] = plane.data[i] ** 2;
    return result;
  });
  const filled = pullPush([...lab, ...squared], weight);
  return { means: filled.slice(0, 3), squares: filled.slice(3) };
}

/** Density of a colour by what is near and, for the share `global`, by all that was seen. */
function likeness(
  everywhere: Mixture | undefined,
  near: LocalGaussian,
  colour: readonly [number, number, number],
  i: number,
  global: number,
): number {
  let exponent = 0;
  let volume = 1;
  for (let c = 0; c < 3; c++) {
    const mean = near.means[c].data[i];
    const variance = Math.max(0, near.squares[c].data[i] - mean * mean) + NOISE[c];
    exponent += (colour[c] - mean) ** 2 / variance;
    volume *= variance;
  }
  const known = everywhere ? density(everywhere, colour[0], colour[1], colour[2]) : 0;
  const here = Math.exp(-0.5 * exponent) / Math.sqrt(volume);
  return (1 - global) * here + global * known + 2e-7;
}
