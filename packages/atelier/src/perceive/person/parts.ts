import { createPlane, type Plane } from '../../pixels/image.ts';
import { resizePlane } from '../../pixels/resize.ts';
import type { Parts } from '../person.ts';
import { HAIR, LOWER, OTHER, SHOES, SKIN, UPPER } from './labels.ts';
import { type SkinMap, skinParts } from './skin-map.ts';

/** Turns shares of labels into parts: skin goes to its part of the body, the background takes what the matte leaves. */
export function partsFrom(shares: readonly Plane[], matte: Plane, map: SkinMap): Parts {
  const { width, height } = matte;
  const plane = (): Plane => createPlane(width, height);
  const worn = (label: number): Plane => {
    const result = plane();
    for (let i = 0; i < result.data.length; i++) {
      result.data[i] = shares[label].data[i] * matte.data[i];
    }
    return result;
  };
  const skin = { face: plane(), neck: plane(), leftArm: plane(), rightArm: plane(), legs: plane() };
  const background = plane();
  for (let i = 0; i < matte.data.length; i++) background.data[i] = 1 - matte.data[i];
  for (const [number, name] of skinParts.entries()) {
    if (!map.part.includes(number)) continue;
    const belongs = resizePlane(indicator(map, number), width, height).data;
    for (let i = 0; i < belongs.length; i++) {
      skin[name].data[i] = shares[SKIN].data[i] * matte.data[i] * belongs[i];
    }
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

/** 1 where a place belongs to the skin part of this number. */
function indicator(map: SkinMap, number: number): Plane {
  const plane = createPlane(map.width, map.height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = map.part[i] === number ? 1 : 0;
  return plane;
}
