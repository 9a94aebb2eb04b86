import type { Vec } from '../../geometry/vector.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { smoothstep } from '../../pixels/scalar.ts';
import { type Body, facePlace, inside, nearChain, trunkPlace } from './body.ts';
import { HAIR, labels, LOWER, OTHER, SHOES, SKIN, UPPER } from './labels.ts';

/** Where cloth ends along each limb (0 root, 1 elbow or knee, 2 wrist or ankle), when the colours tell. */
export interface Cuts {
  readonly leftArm: number | undefined;
  readonly rightArm: number | undefined;
  readonly leftLeg: number | undefined;
  readonly rightLeg: number | undefined;
}

export const noCuts: Cuts = {
  leftArm: undefined,
  rightArm: undefined,
  leftLeg: undefined,
  rightLeg: undefined,
};

/** How likely each label is at each pixel by the place in the body alone; the shares of a pixel sum to 1. */
export function bodyPrior(body: Body, width: number, height: number, cuts: Cuts): Plane[] {
  const planes = labels.map(() => createPlane(width, height));
  const legArea: Vec[] = [
    body.legs.left.points[0],
    body.legs.left.points[1],
    body.legs.left.points[2],
    body.legs.right.points[2],
    body.legs.right.points[1],
    body.legs.right.points[0],
  ];
  const weights = new Float64Array(labels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const point: Vec = [x + 0.5, y + 0.5];
      weights.fill(0.012);
      weights[SHOES] = 0.002;
      addHead(body, point, weights);
      addTrunk(body, point, weights);
      addArm(body.arms.left, cuts.leftArm, point, weights);
      addArm(body.arms.right, cuts.rightArm, point, weights);
      const between = inside(legArea, point);
      addLeg(body.legs.left, cuts.leftLeg, between, point, weights);
      addLeg(body.legs.right, cuts.rightLeg, between, point, weights);
      const total = weights.reduce((sum, value) => sum + value, 0);
      for (let k = 0; k < labels.length; k++) {
        planes[k].data[y * width + x] = weights[k] / total;
      }
    }
  }
  return planes;
}

function addHead(body: Body, point: Vec, weights: Float64Array): void {
  const { face } = body;
  const { ratio, over } = facePlace(face, point);
  const { down, aside } = trunkPlace(body, point);
  if (body.faceSeen) {
    const within = 1 - smoothstep(0.85, 1.12, ratio);
    weights[SKIN] += 3 * within;
    // A fringe or a beard belongs to the label its colour says; eyes and lips are covered by the weight of skin.
    weights[HAIR] += 0.3 * within * smoothstep(0.18, 0.42, over);
  }
  const head = body.faceSeen ? smoothstep(0.8, 1.05, ratio) : 1;
  weights[HAIR] += 1.6 * head * (1 - smoothstep(1.5, 2.5, ratio)) * smoothstep(-0.75, -0.1, over);
  weights[OTHER] += 0.05 * head * (1 - smoothstep(1.5, 3, ratio)) * smoothstep(0.2, 0.5, over);
  // Long hair falls beside the face and over the shoulders.
  weights[HAIR] +=
    0.14 * head * (1 - smoothstep(2, 3.6, ratio)) * (1 - smoothstep(0.25, 0.7, down));
  // Ears, and the neck under the chin.
  if (ratio < 1.35 && over > -0.3 && over < 0.25) weights[SKIN] += 0.35;
  const neck = (1 - smoothstep(0.3, 0.62, aside)) * (1 - smoothstep(-0.02, 0.22, down));
  if (over < -0.4) {
    weights[SKIN] += 0.7 * neck;
    weights[UPPER] += 0.16 * neck * smoothstep(-0.35, 0.02, down);
  }
}

function addTrunk(body: Body, point: Vec, weights: Float64Array): void {
  const { down, aside } = trunkPlace(body, point);
  const wide = 1 - smoothstep(0.45, 0.95, aside);
  const upper = smoothstep(-0.2, 0.15, down) * (1 - smoothstep(0.85, 1.45, down)) * wide;
  weights[UPPER] += 0.9 * upper;
  weights[SKIN] +=
    wide *
    smoothstep(-0.2, 0, down) *
    (0.22 * (1 - smoothstep(0.1, 0.6, down)) + 0.09 * (1 - smoothstep(1, 1.2, down)));
  weights[LOWER] += 0.9 * wide * smoothstep(0.68, 1.08, down) * (1 - smoothstep(1.5, 2.2, down));
  weights[OTHER] += 0.01 * wide;
}

/** How wide, in shares of the limb's length, the place of a cuff is uncertain. */
const CUFF = 0.16;

function addArm(
  chain: Body['arms']['left'],
  cut: number | undefined,
  point: Vec,
  weights: Float64Array,
): void {
  const { ratio, along } = nearChain(chain, point);
  if (ratio > 2) return;
  const near = 1 - smoothstep(0.7, 2, ratio);
  if (along > 2) {
    weights[SKIN] += 2 * near;
    weights[UPPER] += 0.03 * near;
    return;
  }
  if (cut === undefined) {
    weights[SKIN] += (0.5 + 0.3 * Math.min(1, along)) * near;
    weights[UPPER] += (0.55 - 0.2 * along) * near;
    return;
  }
  const bare = smoothstep(cut - CUFF, cut + CUFF, along);
  weights[SKIN] += near * (0.08 + 1.2 * bare);
  weights[UPPER] += near * (0.05 + 1.2 * (1 - bare));
}

function addLeg(
  chain: Body['legs']['left'],
  cut: number | undefined,
  between: boolean,
  point: Vec,
  weights: Float64Array,
): void {
  const { ratio, along } = nearChain(chain, point);
  const near = Math.max(1 - smoothstep(0.7, 2, ratio), between ? 0.35 : 0);
  if (near <= 0) return;
  const foot = ratio < 1.9 ? near * smoothstep(1.85, 2.1, along) : 0;
  weights[SHOES] += 1.4 * foot;
  const shank = near * (1 - smoothstep(1.9, 2.2, along));
  const bare = cut === undefined ? 0.3 : smoothstep(cut - CUFF, cut + CUFF, along);
  weights[LOWER] += shank * (0.05 + 1.1 * (1 - bare)) * smoothstep(-0.1, 0.15, along);
  weights[SKIN] += shank * (0.03 + 1.1 * bare) * smoothstep(0, 0.3, along);
  weights[UPPER] += 0.1 * shank * (1 - smoothstep(0.2, 0.9, along));
}
