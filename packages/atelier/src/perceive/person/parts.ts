import { createPlane, type Plane } from '../../pixels/image.ts';
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
  const targets = skinParts.map((name) => skin[name].data);
  const background = plane();
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor((x * map.width) / width));
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * map.height) / height) * map.width;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      background.data[i] = 1 - matte.data[i];
      const share = shares[SKIN].data[i] * matte.data[i];
      if (share > 0) targets[map.part[row + columns[x]]][i] = share;
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
