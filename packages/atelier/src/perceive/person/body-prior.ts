import { createPlane, type Plane } from '../../pixels/image.ts';
import { smoothstep } from '../../pixels/scalar.ts';
import type { Body, Nearness, TrunkPlace } from './body.ts';
import { HAIR, labels, LOWER, OTHER, SHOES, SKIN, UPPER } from './labels.ts';
import type { Place } from './places.ts';
import { waistAt, type Waistline } from './waistline.ts';

/** Where cloth ends along each limb (0 root, 1 elbow or knee, 2 wrist or ankle), when the colours tell. */
export interface Cuts {
  readonly leftArm: number | undefined;
  readonly rightArm: number | undefined;
  readonly leftLeg: number | undefined;
  readonly rightLeg: number | undefined;
  readonly waist: Waistline | undefined;
}

/** How likely each label is at each pixel of the person by its place in the body alone; a pixel's shares sum to 1. */
export function bodyPrior(
  body: Body,
  places: readonly Place[],
  { width, height }: Plane,
  cuts: Cuts,
): Plane[] {
  const planes = labels.map(() => createPlane(width, height));
  const weights = new Float64Array(labels.length);
  for (const place of places) {
    weights.fill(0.01);
    weights[HAIR] = 0;
    weights[SHOES] = 0;
    weights[OTHER] = 0.003;
    addHead(body, place, weights);
    if (body.faceSeen && aboveChin(place.face)) {
      weights[UPPER] = 0.0005;
      weights[LOWER] = 0.0005;
    }
    addTrunk(place.trunk, cuts.waist, weights);
    addLeg(place.leftLeg, cuts.leftLeg, place.betweenLegs, weights);
    addLeg(place.rightLeg, cuts.rightLeg, place.betweenLegs, weights);
    divideAtWaist(place.trunk, cuts.waist, weights);
    addSleeve(place.leftArm, cuts.leftArm, place.trunk, weights);
    addSleeve(place.rightArm, cuts.rightArm, place.trunk, weights);
    addArm(place.leftArm, cuts.leftArm, weights);
    addArm(place.rightArm, cuts.rightArm, weights);
    let total = 0;
    for (const weight of weights) total += weight;
    for (let k = 0; k < labels.length; k++) planes[k].data[place.pixel] = weights[k] / total;
  }
  return planes;
}

/** Beside and above the face there are hair, ears and hats, but no garments. */
const aboveChin = ({ ratio, over }: Place['face']): boolean => ratio < 1.9 && over > -0.25;

function addHead(body: Body, { face, trunk }: Place, weights: Float64Array): void {
  const { ratio, over, aside } = face;
  if (ratio > 6) return;
  const { down } = trunk;
  if (body.faceSeen) {
    const within = 1 - smoothstep(0.85, 1.12, ratio);
    weights[SKIN] += 3 * within;
    weights[HAIR] += 0.3 * within * smoothstep(0.18, 0.42, over);
  }
  const head = body.faceSeen ? smoothstep(0.8, 1.05, ratio) : 1;
  // Under the chin the neck hides hair, or casts the dark that looks like it.
  const throat = (1 - smoothstep(0.6, 0.95, Math.abs(aside))) * smoothstep(-0.35, -0.5, over);
  const open = head * (1 - 0.96 * throat);
  weights[HAIR] += 1.6 * open * (1 - smoothstep(1.5, 2.5, ratio)) * smoothstep(-0.75, -0.1, over);
  weights[OTHER] += 0.05 * head * (1 - smoothstep(1.5, 3, ratio)) * smoothstep(0.2, 0.5, over);
  // Long hair falls beside the face and over the shoulders.
  weights[HAIR] +=
    0.12 * open * (1 - smoothstep(2, 3.8, ratio)) * (1 - smoothstep(0.25, 0.7, down));
  if (ratio < 1.35 && over > -0.3 && over < 0.25) weights[SKIN] += 0.35;
  if (over < -0.4) addNeck(trunk, weights);
}

function addNeck({ down, aside }: TrunkPlace, weights: Float64Array): void {
  const near = (1 - smoothstep(0.3, 0.62, aside)) * (1 - smoothstep(-0.02, 0.22, down));
  weights[SKIN] += 0.7 * near;
  weights[UPPER] += 0.16 * near * smoothstep(-0.35, 0.02, down);
}

function addTrunk(
  { down, aside }: TrunkPlace,
  waist: Waistline | undefined,
  weights: Float64Array,
): void {
  const wide = 1 - smoothstep(0.45, 0.95, aside);
  if (wide <= 0) return;
  const ending = waist ? 1 - smoothstep(1.75, 1.9, down) : 1 - smoothstep(0.85, 1.45, down);
  weights[UPPER] += 0.9 * smoothstep(-0.2, 0.15, down) * ending * wide;
  weights[SKIN] +=
    wide *
    smoothstep(-0.2, 0, down) *
    (0.22 * (1 - smoothstep(0.1, 0.6, down)) + 0.09 * (1 - smoothstep(1, 1.2, down)));
  const starting = waist ? smoothstep(0.3, 0.36, down) : smoothstep(0.68, 1.08, down);
  weights[LOWER] += 0.9 * wide * starting * (1 - smoothstep(1.5, 2.2, down));
}

/** Above the waistline the lower garment is unlikely, below it the upper one. */
function divideAtWaist(
  { down, signed }: TrunkPlace,
  waist: Waistline | undefined,
  weights: Float64Array,
): void {
  if (!waist) return;
  const border = waistAt(waist, signed);
  const below = smoothstep(border - 0.022, border + 0.022, down);
  weights[UPPER] *= 1 - 0.985 * below;
  weights[LOWER] *= 0.015 + 0.985 * below;
}

/** How wide, in shares of the limb's length, the place of a cuff is uncertain. */
const CUFF = 0.14;

/** A loose sleeve beside the hips is the upper garment's. */
function addSleeve(
  { ratio, along }: Nearness,
  cut: number | undefined,
  { aside }: TrunkPlace,
  weights: Float64Array,
): void {
  if (cut === undefined || along > Math.min(2, cut + CUFF)) return;
  const sleeve = (1 - smoothstep(2.2, 3.2, ratio)) * smoothstep(0.4, 0.6, aside);
  weights[LOWER] *= 1 - 0.95 * sleeve;
  weights[UPPER] += 0.3 * sleeve;
}

function addArm({ ratio, along }: Nearness, cut: number | undefined, weights: Float64Array): void {
  if (ratio > 1.55) return;
  const near = 1 - smoothstep(0.75, 1.55, ratio);
  const bare = along > 2 ? 1 : cut === undefined ? 0 : smoothstep(cut - CUFF, cut + CUFF, along);
  // On the middle of a bare limb tattoos, shade and bracelets are still the limb.
  const core = bare * (1 - smoothstep(0.5, 0.85, ratio)) * smoothstep(0.25, 0.6, along);
  for (let k = 0; k < weights.length; k++) {
    if (k !== SKIN) weights[k] *= 1 - 0.97 * core;
  }
  if (along <= 2 && cut === undefined) {
    weights[SKIN] += (0.5 + 0.3 * Math.min(1, along)) * near;
    weights[UPPER] += (0.55 - 0.2 * along) * near;
    return;
  }
  weights[HAIR] *= 0.25 + 0.75 * smoothstep(0.8, 1.2, ratio);
  const hand = smoothstep(1.9, 2.1, along);
  weights[SKIN] += near * (0.06 + (1.2 + 1.2 * hand) * bare);
  weights[UPPER] += near * (0.004 + 1.2 * (1 - bare));
}

function addLeg(
  { ratio, along }: Nearness,
  cut: number | undefined,
  between: boolean,
  weights: Float64Array,
): void {
  const near = Math.max(1 - smoothstep(0.7, 2, ratio), between ? 0.35 : 0);
  if (near <= 0) return;
  // A high boot begins where the trouser leg ends.
  const top = cut === undefined ? 1.75 : Math.min(1.75, Math.max(1.45, cut - 0.05));
  const foot = ratio < 1.9 ? near * smoothstep(top, top + 0.35, along) : 0;
  weights[SHOES] += 1.4 * foot;
  const shank = near * (1 - smoothstep(1.9, 2.2, along));
  const bare = cut === undefined ? 0.3 : smoothstep(cut - CUFF, cut + CUFF, along);
  weights[LOWER] += shank * (0.05 + 1.1 * (1 - bare)) * smoothstep(-0.1, 0.15, along);
  weights[SKIN] += shank * (0.03 + 1.1 * bare) * smoothstep(0, 0.3, along);
  weights[UPPER] += 0.1 * shank * (1 - smoothstep(0.2, 0.9, along));
}
