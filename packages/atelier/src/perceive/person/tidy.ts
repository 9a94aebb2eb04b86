import type { Vec } from '../../geometry/vector.ts';
import { components } from '../../pixels/components.ts';
import { createMask, type Mask, type Plane } from '../../pixels/image.ts';
import { smoothstep } from '../../pixels/scalar.ts';
import { type Body, facePlace, inside, nearChain, trunkPlace } from './body.ts';
import { HAIR, labelCount, LOWER, OTHER, SKIN, UPPER } from './labels.ts';
import type { Scene } from './scene.ts';

/** Share of a class from which on the segmenter's word counts more than a pixel's place. */
const SEEN = 0.6;

/**
 * Hair grows from the head: dark patches that do not touch the hair there are given to the next likely label, unless the
 * segmenter sees hair.
 */
export function keepHairOnHead(
  shares: readonly Plane[],
  { matte, body, classes }: Omit<Scene, 'view'>,
): void {
  const { width, height } = matte;
  const hair = shares[HAIR].data;
  const mask = createMask(width, height);
  for (let i = 0; i < hair.length; i++) {
    mask.data[i] = hair[i] > 0.3 && matte.data[i] > 0.2 ? 1 : 0;
  }
  const { labels, areas } = components(mask);
  const grown = new Uint8Array(areas.length);
  for (let i = 0; i < hair.length; i++) {
    if (!labels[i] || hair[i] < 0.6) continue;
    const { ratio, over, aside } = facePlace(body.face, centreOf(i, width));
    // An ear may part the hair that hangs beside the face from that above it.
    const least = !body.faceSeen ? -0.4 : Math.abs(aside) > 0.95 ? -0.3 : 0.05;
    if (ratio > 0.9 && ratio < 2 && over > least) grown[labels[i]] = 1;
  }
  for (let i = 0; i < hair.length; i++) {
    if (hair[i] <= 0 || grown[labels[i]] || classes.hair.data[i] > SEEN) continue;
    const stray = labels[i] > 0 || facePlace(body.face, centreOf(i, width)).ratio > 2;
    if (stray) giveAway(shares, HAIR, i);
  }
}

/** Skin smaller than a square of this side, in shoulder widths, that touches no other skin. */
const SCRAP = 0.08;
/** The same for strips of which this share lies at the hips' sides, away from hands and legs. */
const STRIP = 0.25;
const MOSTLY = 0.6;

/** Scraps of what looks like skin, at edges in the shade, are given to the next likely label. */
export function dropSkinScraps(
  shares: readonly Plane[],
  { matte, body, classes }: Omit<Scene, 'view'>,
): void {
  const { width, height } = matte;
  const skin = createMask(width, height);
  for (let i = 0; i < skin.data.length; i++) {
    const seen = shares[SKIN].data[i] > 0.3 && matte.data[i] > 0.3;
    skin.data[i] = seen && classes.skin.data[i] < SEEN ? 1 : 0;
  }
  const { labels, areas } = components(skin);
  const atSide = new Float64Array(areas.length);
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] && atHipSide(body, centreOf(i, width))) atSide[labels[i]]++;
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!label || onHand(body, centreOf(i, width)) || shares[SKIN].data[i] >= 0.98) continue;
    // The end of a strip of bare waist is no strip of its own.
    const side = atSide[label] > MOSTLY * areas[label] ? STRIP : SCRAP;
    if (areas[label] < (side * body.shoulderWidth) ** 2) giveAway(shares, SKIN, i);
  }
}

/** Beside the hips, where edges of clothes lie in the shade, and no arm or leg is. */
function atHipSide(body: Body, point: Vec): boolean {
  const { down, aside } = trunkPlace(body, point);
  if (down < 0.7 || down > 1.4 || aside < 0.3) return false;
  const arms = [body.arms.left, body.arms.right];
  if (arms.some((arm) => nearChain(arm, point).ratio < 1.2)) return false;
  return [body.legs.left, body.legs.right].every((leg) => nearChain(leg, point).along < 0.3);
}

/**
 * Prints, buttons and seams: what lies wholly within one garment is that garment, unless it is a hand or skin of some
 * size (a cut-out).
 */
export function closeGarment(
  shares: readonly Plane[],
  matte: Plane,
  body: Body,
  garment: number,
): void {
  const { width, height } = matte;
  const outside = createMask(width, height);
  for (let i = 0; i < matte.data.length; i++) {
    outside.data[i] = shares[garment].data[i] > 0.85 && matte.data[i] > 0.5 ? 0 : 1;
  }
  const { labels, areas } = components(outside);
  const kept = keptHoles(shares, body, outside, labels, areas);
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0) {
      shares[garment].data[i] += shares[OTHER].data[i];
      shares[OTHER].data[i] = 0;
    }
    if (labels[i] === 0 || kept[labels[i]]) continue;
    for (let k = 0; k < labelCount; k++) shares[k].data[i] = k === garment ? 1 : 0;
  }
}

function keptHoles(
  shares: readonly Plane[],
  body: Body,
  outside: Mask,
  labels: Int32Array,
  areas: readonly number[],
): Uint8Array {
  const { width, height } = outside;
  const most = (0.22 * body.shoulderWidth) ** 2;
  const kept = new Uint8Array(areas.length);
  const skin = new Float32Array(areas.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!label || kept[label]) continue;
    const x = i % width;
    if (x === 0 || x === width - 1 || i < width || i >= width * (height - 1)) kept[label] = 1;
    skin[label] += shares[SKIN].data[i];
    if (shares[SKIN].data[i] > 0.5 && onHand(body, centreOf(i, width))) kept[label] = 1;
  }
  for (let label = 1; label < areas.length; label++) {
    if (skin[label] > 0.5 * areas[label] && areas[label] > most) kept[label] = 1;
    if (areas[label] > 0.1 * labels.length) kept[label] = 1;
  }
  return kept;
}

const onHand = (body: Body, point: Vec): boolean =>
  [body.arms.left, body.arms.right].some((arm) => {
    const { ratio, along } = nearChain(arm, point);
    return along > 1.7 && ratio < 1.3;
  });

/** Everything within the face's outline below the brows is face: eyes, lips, beards and shade. */
export function fillFace(shares: readonly Plane[], body: Body): void {
  if (!body.faceSeen) return;
  const { width, height } = shares[0];
  const xs = body.face.outline.map((point) => point[0]);
  const ys = body.face.outline.map((point) => point[1]);
  const right = Math.min(width - 1, Math.ceil(Math.max(...xs)));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...ys)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(...xs))); x <= right; x++) {
      const point: Vec = [x + 0.5, y + 0.5];
      const { over, ratio } = facePlace(body.face, point);
      if (over > body.face.brow || ratio > 1.02 || !inside(body.face.outline, point)) continue;
      const i = y * width + x;
      for (let k = 0; k < labelCount; k++) shares[k].data[i] = k === SKIN ? 1 : 0;
    }
  }
}

/** Where a dress or an overall is divided: at the natural waist, between shoulders (0) and hip joints (1). */
const WAIST = 0.75;

/** Parts one-piece clothes, which show no border, straight at the waist; sleeves stay the upper garment's. */
export function divideOnePiece(shares: readonly Plane[], body: Body): void {
  const upper = shares[UPPER];
  const lower = shares[LOWER];
  const { width } = upper;
  const soft = 0.7 / body.trunkLength;
  for (let i = 0; i < upper.data.length; i++) {
    const cloth = upper.data[i] + lower.data[i];
    if (cloth < 0.01) continue;
    const point = centreOf(i, width);
    const { down, aside } = trunkPlace(body, point);
    if (down < WAIST - soft && lower.data[i] === 0) continue;
    if (aside > 0.3 && onArm(body, point, aside > 0.5 ? LOOSE_SLEEVE : CLOSE_SLEEVE)) continue;
    lower.data[i] = cloth * smoothstep(WAIST - soft, WAIST + soft, down);
    upper.data[i] = cloth - lower.data[i];
  }
}

/** How far from the middle line of an arm its sleeve reaches, in half-widths of the arm: beside the trunk and away from it. */
const CLOSE_SLEEVE = 1.1;
const LOOSE_SLEEVE = 1.8;

const onArm = (body: Body, point: Vec, reach: number): boolean =>
  [body.arms.left, body.arms.right].some((arm) => nearChain(arm, point, 0, 2).ratio < reach);

const centreOf = (i: number, width: number): Vec => [
  (i % width) + 0.5,
  Math.floor(i / width) + 0.5,
];

/** Shares a label's part of a pixel out among the others, in proportion. */
function giveAway(shares: readonly Plane[], label: number, i: number): void {
  const rest = 1 - shares[label].data[i];
  if (rest < 1e-4) {
    shares[label].data[i] = 0;
    shares[SKIN].data[i] = 1;
    return;
  }
  for (let k = 0; k < labelCount; k++) {
    shares[k].data[i] = k === label ? 0 : shares[k].data[i] / rest;
  }
}
