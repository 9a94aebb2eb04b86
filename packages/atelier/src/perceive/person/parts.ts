import { createPlane, type Plane } from '../../pixels/image.ts';
import { clamp } from '../../pixels/scalar.ts';
import type { Parts } from '../person.ts';
import { HAIR, LOWER, OTHER, SHOES, SKIN, UPPER } from './labels.ts';
import { type SkinMap, type SkinPart, skinParts } from './skin-map.ts';

/**
 * Turns shares of labels into parts: skin goes to its part of the body, the background takes what the matte leaves. The
 * shares' planes become the parts'.
 */
export function partsFrom(shares: readonly Plane[], matte: Plane, map: SkinMap): Parts {
  for (const { data } of shares) for (let i = 0; i < data.length; i++) data[i] *= matte.data[i];
  const background = createPlane(matte.width, matte.height);
  for (let i = 0; i < matte.data.length; i++) background.data[i] = 1 - matte.data[i];
  return {
    background,
    hair: shares[HAIR],
    ...divideSkin(shares[SKIN], map),
    upperGarment: shares[UPPER],
    lowerGarment: shares[LOWER],
    shoes: shares[SHOES],
    accessory: shares[OTHER],
  };
}

/** Gives each pixel's skin to the parts that the map has about it, bilinearly. */
function divideSkin(skin: Plane, map: SkinMap): Record<SkinPart, Plane> {
  const { width, height } = skin;
  const planes = skinParts.map(() => createPlane(width, height));
  for (let y = 0; y < height; y++) {
    const py = clamp(((y + 0.5) * map.height) / height - 0.5, 0, map.height - 1);
    const top = Math.floor(py);
    const bottom = Math.min(map.height - 1, top + 1);
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const share = skin.data[i];
      if (share < 1e-5) continue;
      const px = clamp(((x + 0.5) * map.width) / width - 0.5, 0, map.width - 1);
      const left = Math.floor(px);
      const right = Math.min(map.width - 1, left + 1);
      const below = share * (py - top);
      const above = share - below;
      const across = px - left;
      planes[map.part[top * map.width + left]].data[i] += above * (1 - across);
      planes[map.part[top * map.width + right]].data[i] += above * across;
      planes[map.part[bottom * map.width + left]].data[i] += below * (1 - across);
      planes[map.part[bottom * map.width + right]].data[i] += below * across;
    }
  }
  const [face, neck, leftArm, rightArm, legs] = planes;
  return { face, neck, leftArm, rightArm, legs };
}
