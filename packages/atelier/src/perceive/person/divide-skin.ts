import type { Vec } from '../../geometry/vector.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import type { Parts } from '../person.ts';
import { type Body, facePlace, inside, nearChain, trunkPlace } from './body.ts';
import { HAIR, LOWER, OTHER, SHOES, SKIN, UPPER } from './labels.ts';

type SkinPart = 'face' | 'neck' | 'leftArm' | 'rightArm' | 'legs';

/** Turns shares of labels into parts: skin is given to the part of the body it lies on, background gets the rest. */
export function partsFrom(shares: readonly Plane[], matte: Plane, body: Body): Parts {
  const { width, height } = matte;
  const plane = (): Plane => createPlane(width, height);
  const worn = (label: number): Plane => {
    const result = plane();
    for (let i = 0; i < result.data.length; i++) {
      result.data[i] = shares[label].data[i] * matte.data[i];
    }
    return result;
  };
  const skin: Record<SkinPart, Plane> = {
    face: plane(),
    neck: plane(),
    leftArm: plane(),
    rightArm: plane(),
    legs: plane(),
  };
  const background = plane();
  for (let i = 0; i < matte.data.length; i++) {
    background.data[i] = 1 - matte.data[i];
    const share = shares[SKIN].data[i] * matte.data[i];
    if (share <= 0) continue;
    const part = skinPart(body, [(i % width) + 0.5, Math.floor(i / width) + 0.5]);
    skin[part].data[i] = share;
  }
  return {
    background,
    hair: worn(HAIR),
    ...skin,
    upperGarment: worn(UPPER),
    lowerGarment: worn(LOWER),
    shoes: worn(SHOES),
    accessory: worn(OTHER),
  };
}

/** The part of the body that skin at this place belongs to: the nearest one, in half-widths of each. */
function skinPart(body: Body, point: Vec): SkinPart {
  const { face } = body;
  const head = facePlace(face, point);
  if (inside(face.outline, point) || (head.ratio < 1.6 && head.over > -0.35)) return 'face';
  const { down, aside } = trunkPlace(body, point);
  let best: SkinPart = 'neck';
  // The trunk is as wide as the shoulder joints at the shoulders, a little less below.
  let least = down < -0.02 ? 0 : aside / (down < 0.15 ? 0.5 : 0.42);
  if (down > 1) least += (down - 1) * 6;
  for (const side of ['left', 'right'] as const) {
    const arm = nearChain(body.arms[side], point);
    const early = arm.along < 0.12 ? 0.25 : 0;
    if (
      arm.ratio + early < least ||
      (arm.along > 1.2 && arm.ratio < 1.5 && arm.ratio < least + 0.5)
    ) {
      best = side === 'left' ? 'leftArm' : 'rightArm';
      least = Math.min(least, arm.ratio);
    }
    const leg = nearChain(body.legs[side], point);
    if (leg.ratio < least && leg.along > 0.1) {
      best = 'legs';
      least = leg.ratio;
    }
  }
  return best;
}
