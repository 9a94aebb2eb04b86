import { blur } from '../../pixels/box-filter.ts';
import { type Lab, labOf } from '../../pixels/colour.ts';
import { pullPush } from '../../pixels/fill.ts';
import {
  createMask,
  createPlane,
  type Mask,
  maskToPlane,
  type Plane,
  threshold,
} from '../../pixels/image.ts';
import { invert } from '../../pixels/distance.ts';
import { resizePlane, sample } from '../../pixels/resize.ts';
import { clamp, median, smoothstep } from '../../pixels/scalar.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { type Body, nearChain } from './body.ts';
import { LOWER, SKIN, UPPER } from './labels.ts';
import { skinWithoutArms } from './trunk-skin.ts';
import type { View, Views } from './views.ts';

/** How deep in an arm a pixel must lie to say what the arm looks like, in shoulder widths. */
const DEEP = 0.022;
/** Half-width of the doubted band along an arm's edge, in shoulder widths: about that of a thin finger. */
const DOUBTED = 0.045;
/** Half-widths of what no finger and no arm is as thin as, in shoulder widths. */
const FINGER = 0.013;
const ARM = 0.025;
/** Least variances of L, a, b: skin and cloth have shades of their own, a backdrop hardly any. */
const SHADES = { skin: [70, 9, 9], cloth: [30, 6, 6], backdrop: [14, 4, 4] } as const;
/** Evidence against skin, in nats, from which on a pixel is doubted and from which on it is given away. */
const AGAINST = [1.2, 3] as const;
const MOST = 10;
/** Evidence for skin, in nats, from which on what was taken for cloth within an arm's usual width is skin. */
const FOR = 2.5;
const WITHIN = 1.1;
/** Shares of skin from which on the segmenter is to be believed against the colours, and wholly. */
const SURE = [0.6, 0.9] as const;
/** Place along an arm (2 is the wrist) from which on it is a hand. */
const WRIST = 1.8;
/** Half-widths of an arm from its middle line within which the parse's skin is reconsidered. */
const NEAR = 1.9;

/**
 * Skin at the edges of arms that looks like the cloth or the backdrop right beside it, and not like the arm itself, and
 * threads that no arm is as thin as, are given to the clothes: the coarse parse takes shaded cloth, and the backdrop seen
 * between hand and hip, for skin. Changes the shares in place.
 *
 * @param segmented what the segmenter takes for skin, at any size of the picture's; where it is sure, shade is the arm's own
 */
export function settleArms(
  views: Views,
  matte: Plane,
  shares: readonly Plane[],
  body: Body,
  segmented: Plane,
): void {
  const scale = segmented.width / matte.width;
  const unit = body.shoulderWidth;
  const skin = createMask(matte.width, matte.height);
  for (let i = 0; i < skin.data.length; i++) {
    skin.data[i] = shares[SKIN].data[i] * matte.data[i] > 0.3 ? 1 : 0;
  }
  const deep = shrinkRim(skin, Math.max(2, DEEP * unit));
  const core = shrinkRim(skin, Math.max(2, DOUBTED * unit));
  const cloth = shrinkRim(surelyCloth(shares, matte), Math.max(2, 0.012 * unit));
  const backdrop = shrinkRim(invert(threshold(matte, 0.04)), Math.max(1, 0.006 * unit));
  const surelySkin = createMask(matte.width, matte.height);
  for (let i = 0; i < skin.data.length; i++) {
    surelySkin.data[i] = shares[SKIN].data[i] * matte.data[i] > 0.55 ? 1 : 0;
  }
  const asFinger = stouter(surelySkin, Math.max(1, FINGER * unit));
  const asArm = stouter(withoutCreases(views, surelySkin, deep), Math.max(1, ARM * unit));
  const looks = {
    skin: lookOf(views.rough, deep, SHADES.skin),
    cloth: lookOf(views.rough, cloth, SHADES.cloth, 0.5),
    backdrop: lookOf(views.rough, backdrop, SHADES.backdrop),
  };
  const { width, height } = matte;
  const { data } = views.full.image;
  const against = createPlane(width, height);
  const beside = growRim(skin, Math.max(2, DOUBTED * unit));
  const trunk = skinWithoutArms(skin, body);
  for (let i = 0; i < skin.data.length; i++) {
    if (core.data[i] || !beside.data[i] || trunk.data[i] || matte.data[i] < 0.04) continue;
    const bare = shares[SKIN].data[i] * matte.data[i] >= 0.04;
    if (!bare && shares[UPPER].data[i] + shares[LOWER].data[i] < 0.3) continue;
    const x = (i % width) + 0.5;
    const y = Math.floor(i / width) + 0.5;
    const arms = [body.arms.left, body.arms.right].map((arm) => nearChain(arm, [x, y]));
    const near = arms.find(({ ratio, along }) => ratio < NEAR && along > 0.4);
    if (!near) continue;
    const stout = near.along < WRIST ? asArm : asFinger;
    if (bare && !stout.data[i]) {
      against.data[i] = MOST;
      continue;
    }
    const colour = labOf(data[3 * i], data[3 * i + 1], data[3 * i + 2]);
    const place = [x / width, y / height] as const;
    const asSkin = looks.skin(colour, place);
    const asCloth = looks.cloth(colour, place);
    if (bare) {
      const other = Math.max(asCloth, looks.backdrop(colour, place));
      const sure = smoothstep(...SURE, sample(segmented, x * scale - 0.5, y * scale - 0.5));
      against.data[i] = clamp((other - asSkin) * (1 - sure), -MOST, MOST);
    } else if (near.ratio < WITHIN) {
      against.data[i] = -clamp(asSkin - asCloth, 0, MOST);
    }
  }
  settle(shares, blur(against, 1), nearbyUpper(views.rough, matte, shares));
}

/** The mask without what is thinner than twice the radius. */
const stouter = (mask: Mask, radius: number): Mask => growRim(shrinkRim(mask, radius), radius + 2);

/** Darker than this share of the skin's usual brightness is the line where an arm lies against the trunk. */
const CREASE = 0.45;

/** The skin but for dark lines in it: what lies beyond them is another thing than the arm. */
function withoutCreases({ full: { guide } }: Views, skin: Mask, deep: Mask): Mask {
  const light = (i: number): number => guide[0].data[i] + guide[1].data[i] + guide[2].data[i];
  const sample: number[] = [];
  for (let i = 0; i < deep.data.length; i += 11) if (deep.data[i]) sample.push(light(i));
  if (sample.length === 0) return skin;
  const darkest = CREASE * median(sample);
  const result = createMask(skin.width, skin.height);
  for (let i = 0; i < skin.data.length; i++) {
    result.data[i] = skin.data[i] && light(i) >= darkest ? 1 : 0;
  }
  return result;
}

/** What backdrop there is among it is cut off with the clothes, or stays behind those that are kept. */
function settle(shares: readonly Plane[], against: Plane, upper: Plane): void {
  const { width, height } = against;
  for (let i = 0; i < against.data.length; i++) {
    const doubt = smoothstep(AGAINST[0], AGAINST[1], against.data[i]);
    if (against.data[i] < -FOR) {
      const cloth = shares[UPPER].data[i] + shares[LOWER].data[i];
      shares[SKIN].data[i] += cloth;
      shares[UPPER].data[i] = 0;
      shares[LOWER].data[i] = 0;
    }
    if (doubt <= 0) continue;
    const taken = shares[SKIN].data[i] * doubt;
    const place = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height] as const;
    const share = sampleAt(upper, place);
    shares[SKIN].data[i] -= taken;
    shares[UPPER].data[i] += taken * share;
    shares[LOWER].data[i] += taken * (1 - share);
  }
}

/** A place of the picture as shares of its width and height. */
type Place = readonly [x: number, y: number];

const sampleAt = (plane: Plane, [x, y]: Place): number =>
  sample(plane, x * plane.width - 0.5, y * plane.height - 0.5);

/**
 * How much a colour looks like what the mask shows near a place: the logarithm of a density, up to a common constant.
 *
 * @param shade how much being darker counts: hands throw shadows on cloth
 */
function lookOf(
  { image: { width, height }, lab }: View,
  mask: Mask,
  floor: readonly [number, number, number],
  shade = 1,
): (colour: Lab, place: Place) => number {
  const weight = resizePlane(maskToPlane(mask), width, height);
  for (let i = 0; i < weight.data.length; i++) weight.data[i] = weight.data[i] > 0.99 ? 0.5 : 0;
  const squared = lab.map(squaresOf);
  const [l, a, b, ll, aa, bb] = pullPush([...lab, ...squared], weight);
  const channels = [
    { means: l, squares: ll },
    { means: a, squares: aa },
    { means: b, squares: bb },
  ];
  return (colour, place) => {
    let sum = 0;
    for (let c = 0; c < channels.length; c++) {
      const { means, squares } = channels[c];
      const mean = sampleAt(means, place);
      const variance = Math.max(0, sampleAt(squares, place) - mean * mean) + floor[c];
      const off = colour[c] - mean;
      const shaded = c === 0 && off < 0 ? shade * off : off;
      sum -= 0.5 * (shaded ** 2 / variance + Math.log(variance));
    }
    return sum;
  };
}

function squaresOf(plane: Plane): Plane {
  const result = createPlane(plane.width, plane.height);
  for (let i = 0; i < result.data.length; i++) result.data[i] = plane.data[i] * plane.data[i];
  return result;
}

function surelyCloth(shares: readonly Plane[], matte: Plane): Mask {
  const mask = createMask(matte.width, matte.height);
  for (let i = 0; i < mask.data.length; i++) {
    const cloth = shares[UPPER].data[i] + shares[LOWER].data[i];
    mask.data[i] = cloth > 0.9 && matte.data[i] > 0.95 ? 1 : 0;
  }
  return mask;
}

/** Which share of the cloth near each place is the upper garment's. */
function nearbyUpper(
  { image: { width, height } }: View,
  matte: Plane,
  shares: readonly Plane[],
): Plane {
  const weight = resizePlane(maskToPlane(surelyCloth(shares, matte)), width, height);
  const [upper] = pullPush([resizePlane(shares[UPPER], width, height)], weight);
  return upper;
}
