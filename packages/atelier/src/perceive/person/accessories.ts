import type { Vec } from '../../geometry/vector.ts';
import { boxMean } from '../../pixels/box-filter.ts';
import { components } from '../../pixels/components.ts';
import { createMask, createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { type Body, nearChain, trunkPlace } from './body.ts';
import { fitMixture, type LabPlanes, strangeness } from './colour-mixture.ts';
import { labelCount, LOWER, OTHER, UPPER } from './labels.ts';

/**
 * Gives bags and their straps to `other`, in place: what is worn over a garment stays in front of the one that takes
 * its place. Runs on the parse's shares, before prints are closed over.
 */
export function findAccessories(
  shares: readonly Plane[],
  lab: LabPlanes,
  matte: Plane,
  body: Body,
): void {
  // Straps come second: the bag they hang from is then no part of the cloth they cross.
  for (const find of [bagsOf, strapsOf]) {
    const mask = find(shares, lab, matte, body);
    for (let i = 0; i < mask.data.length; i++) {
      if (!mask.data[i]) continue;
      for (let k = 0; k < labelCount; k++) shares[k].data[i] = k === OTHER ? 1 : 0;
    }
  }
}

const pointOf = (i: number, width: number): Vec => [(i % width) + 0.5, Math.floor(i / width) + 0.5];

/** Variances that one cloth's colours may differ by beyond what was learned: shade and folds. */
const FOLDS = [60, 6, 6] as const;
const STRANGE = 16;
/** A bag has at least this side, in shoulder widths, and shows this share of itself beside the body. */
const LEAST_BAG = 0.16;
const LEAST_BESIDE = 0.3;
/** Colours of less than this share of the clothes are not counted as theirs. */
const LEAST_CLOTH = 0.1;

/** Things beside hips and thighs whose colour neither garment has. */
function bagsOf(shares: readonly Plane[], lab: LabPlanes, matte: Plane, body: Body): Mask {
  const { width, height } = matte;
  const core: number[] = [];
  const candidates: number[] = [];
  const beside = createMask(width, height);
  for (let i = 0; i < matte.data.length; i++) {
    if (matte.data[i] < 0.7 || shares[UPPER].data[i] + shares[LOWER].data[i] < 0.6) continue;
    const point = pointOf(i, width);
    const { down, aside } = trunkPlace(body, point);
    const legs = Math.min(
      nearChain(body.legs.left, point).ratio,
      nearChain(body.legs.right, point).ratio,
    );
    const upper = shares[UPPER].data[i] > 0.5;
    if (upper ? down < 0.8 : legs < 0.7 || (down < 1.35 && aside < 0.3)) core.push(i);
    if (down < 0.6) continue;
    candidates.push(i);
    const arms = Math.min(
      nearChain(body.arms.left, point, 0, 2).ratio,
      nearChain(body.arms.right, point, 0, 2).ratio,
    );
    beside.data[i] = legs > 1.15 && arms > 1 && (down > 1.1 || aside > 0.5) ? 1 : 0;
  }
  const strange = createMask(width, height);
  const learned = fitMixture(lab, core, { count: 6, floor: [16, 6, 6] });
  // Where a bag hangs before a thigh, a little of it is among what was learned.
  const cloth = learned?.filter(({ weight }) => weight > LEAST_CLOTH);
  if (!cloth?.length) return strange;
  for (const i of candidates) {
    const [l, a, b] = [lab[0].data[i], lab[1].data[i], lab[2].data[i]];
    strange.data[i] = strangeness(cloth, l, a, b, FOLDS) > STRANGE ? 1 : 0;
  }
  const colour = meanColour(lab, core);
  const hem = candidates.reduce(
    (lowest, i) => Math.max(lowest, trunkPlace(body, pointOf(i, width)).down),
    0,
  );
  return keepComponents(strange, (pixels) => {
    const outside = pixels.reduce((sum, i) => sum + beside.data[i], 0);
    return (
      pixels.length > (LEAST_BAG * body.shoulderWidth) ** 2 &&
      outside > LEAST_BESIDE * pixels.length &&
      hangsAtOneSide(pixels, width, body) &&
      !isFoldOf(colour, meanColour(lab, pixels)) &&
      !isTrimming(pixels, hem, width, body)
    );
  });
}

/** Nearer to the middle line than this, in shoulder widths, hangs no bag: between the legs a skirt shows its folds. */
const MIDDLE = 0.3;

function hangsAtOneSide(pixels: readonly number[], width: number, body: Body): boolean {
  const signed = pixels.reduce((sum, i) => sum + trunkPlace(body, pointOf(i, width)).signed, 0);
  return Math.abs(signed / pixels.length) > MIDDLE;
}

type Colour = readonly [number, number, number];

function meanColour(lab: LabPlanes, pixels: readonly number[]): Colour {
  const mean = (plane: Plane): number =>
    pixels.reduce((sum, i) => sum + plane.data[i], 0) / Math.max(1, pixels.length);
  return [mean(lab[0]), mean(lab[1]), mean(lab[2])];
}

/** Cloth in its own shade keeps its hue and loses chroma with its lightness; folds do not get darker than this. */
const DARKEST_FOLD = 0.45;
const HUE_OF_FOLD = 11;

function isFoldOf(cloth: Colour, seen: Colour): boolean {
  const shade = seen[0] / Math.max(1, cloth[0]);
  const off = Math.hypot(seen[1] - shade * cloth[1], seen[2] - shade * cloth[2]);
  return shade > DARKEST_FOLD && shade < 1.15 && off < HUE_OF_FOLD;
}

/** What lies this near to the clothes' lower end, in trunk lengths, is a trimming of the hem. */
const HEM = 0.25;

function isTrimming(pixels: readonly number[], hem: number, width: number, body: Body): boolean {
  return pixels.every((i) => trunkPlace(body, pointOf(i, width)).down > hem - HEM);
}

/** Half the widest strap, in shoulder widths. */
const STRAP_REACH = 0.12;
/** Lab distance between a strap and the cloth about it. */
const STRAP_CONTRAST = 16;
/** More lines of the kind than this are a pattern of the cloth. */
const MOST_STRAPS = 2;

/** Long thin lines across the trunk, from the shoulder downwards, in another colour than the cloth about them. */
function strapsOf(shares: readonly Plane[], lab: LabPlanes, matte: Plane, body: Body): Mask {
  const { width, height } = matte;
  const cloth = createPlane(width, height);
  for (let i = 0; i < cloth.data.length; i++) {
    cloth.data[i] = matte.data[i] > 0.7 && shares[UPPER].data[i] > 0.5 ? 1 : 0;
  }
  const radius = Math.max(3, Math.round(1.6 * STRAP_REACH * body.shoulderWidth));
  const weight = boxMean(cloth, radius).data;
  const around = lab.map((plane) => {
    const weighted = createPlane(width, height);
    for (let i = 0; i < weighted.data.length; i++) {
      weighted.data[i] = plane.data[i] * cloth.data[i];
    }
    return boxMean(weighted, radius).data;
  });
  const line = createMask(width, height);
  for (let i = 0; i < cloth.data.length; i++) {
    if (cloth.data[i] === 0 || weight[i] < 0.05) continue;
    let away = 0;
    for (let c = 0; c < 3; c++) away += (lab[c].data[i] - around[c][i] / weight[i]) ** 2;
    line.data[i] = away > STRAP_CONTRAST ** 2 ? 1 : 0;
  }
  let found = 0;
  const straps = keepComponents(line, (pixels) => {
    const strap = isStrap(pixels, width, body);
    if (strap) found++;
    return strap;
  });
  return found > MOST_STRAPS ? createMask(width, height) : straps;
}

function isStrap(pixels: readonly number[], width: number, body: Body): boolean {
  if (pixels.length < 0.02 * body.shoulderWidth * body.trunkLength) return false;
  const places = pixels.map((i) => trunkPlace(body, pointOf(i, width)));
  const top = places.reduce((least, { down }) => Math.min(least, down), Infinity);
  const bottom = places.reduce((most, { down }) => Math.max(most, down), -Infinity);
  if (top > 0.12 || bottom - top < 0.6) return false;
  const middle = (of: (place: (typeof places)[number]) => number): number =>
    places.reduce((sum, place) => sum + of(place), 0) / places.length;
  const down = middle((place) => place.down);
  const aside = middle((place) => place.signed);
  // A zip or a row of buttons runs down the middle.
  const spread = middle((place) => (place.down - down) ** 2);
  const slope = middle((place) => (place.down - down) * (place.signed - aside)) / spread;
  if (Math.abs(aside) < 0.1 && Math.abs(slope) < 0.12) return false;
  const off = Math.sqrt(
    middle((place) => (place.signed - aside - slope * (place.down - down)) ** 2),
  );
  return off < 0.5 * STRAP_REACH;
}

/** The connected parts of a mask that a question about their pixels lets pass. */
function keepComponents(mask: Mask, keep: (pixels: readonly number[]) => boolean): Mask {
  const { labels, areas } = components(mask);
  const members = areas.map((): number[] => []);
  for (let i = 0; i < labels.length; i++) if (labels[i]) members[labels[i]].push(i);
  const result = createMask(mask.width, mask.height);
  for (const pixels of members) {
    if (pixels.length > 20 && keep(pixels)) for (const i of pixels) result.data[i] = 1;
  }
  return result;
}
