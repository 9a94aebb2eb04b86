import { blur } from '../pixels/box-filter.ts';
import { lumaPlane } from '../pixels/colour.ts';
import { createPlane, type Plane } from '../pixels/image.ts';
import { resizePlane } from '../pixels/resize.ts';
import { reduceBlocks } from '../pixels/soften.ts';
import { clamp, lerp, quantile, smoothstep } from '../pixels/scalar.ts';
import { pointAt } from './blend.ts';
import type { Scene } from './scene.ts';

/**
 * The photo's own light, as factors on the new cloth: what the old garment and the skin beneath show of shading and
 * folds, each surface measured against its own median, so that its colour cancels out. A patterned or very dark old
 * garment tells nothing, and the factor stays near 1.
 *
 * @param legs whether the new garment may have legs; else what the old one shows below the hips, the gap between its legs
 *   above all, is not believed
 */
export function lightFrom(scene: Scene, legs: boolean): Plane {
  const { width, height } = scene.image;
  const luma = lumaPlane(scene.image);
  const cloth = surface(luma, (i) => scene.old.data[i], 1);
  const skin = surface(
    luma,
    (i) => (scene.skin.data[i] > 0.7 && !scene.oldRim.data[i] ? 1 : 0),
    0.6,
  );
  const relative = createPlane(width, height);
  const weight = createPlane(width, height);
  for (let i = 0; i < relative.data.length; i++) {
    const believed = !legs && scene.removal.lower ? aboveLegs(scene, i) : 1;
    const w = believed * (cloth.trust * cloth.inside(i) + skin.trust * skin.inside(i));
    weight.data[i] = w;
    const of = scene.old.data[i] ? cloth.middle : skin.middle;
    relative.data[i] = w > 0 ? clamp(luma.data[i] / of, 0.35, 1.8) * w : 0;
  }
  // Shading and folds are soft: half the size of a one-megapixel picture holds them, whatever the answer's size.
  const factor = Math.max(1, Math.round(Math.max(width, height) / 560));
  const light = shadeOf(
    reduceBlocks(relative, factor),
    reduceBlocks(weight, factor),
    scene.unit / factor,
  );
  return resizePlane(light, width, height);
}

/** 1 above the hips, 0 where legs part. */
const aboveLegs = (scene: Scene, i: number): number =>
  smoothstep(1.05, 0.95, scene.trunk.locate(pointAt(scene, i)).down);

function shadeOf(relative: Plane, weight: Plane, unit: number): Plane {
  const broad = ratio(blur(relative, 0.09 * unit), blur(weight, 0.09 * unit));
  const fine = ratio(blur(relative, 0.02 * unit), blur(weight, 0.02 * unit));
  const trust = blur(weight, 0.03 * unit);
  const light = createPlane(relative.width, relative.height);
  for (let i = 0; i < light.data.length; i++) {
    const sure = clamp(1.4 * trust.data[i] - 0.1, 0, 1);
    const shading = clamp(broad.data[i], 0.72, 1.15) ** (0.6 * sure);
    const fold = clamp(fine.data[i] / broad.data[i], 0.72, 1.22) ** (0.7 * sure);
    light.data[i] = shading * fold;
  }
  return light;
}

interface Surface {
  readonly middle: number;
  /** How much its shading tells: 0 for patterned, dark or missing surfaces. */
  readonly trust: number;
  inside(index: number): number;
}

function surface(luma: Plane, inside: (index: number) => number, most: number): Surface {
  const values: number[] = [];
  for (let i = 0; i < luma.data.length; i += 7) if (inside(i)) values.push(luma.data[i]);
  if (values.length < 50) return { middle: 1, trust: 0, inside };
  const middle = Math.max(0.02, quantile(values, 0.5));
  const spread = (quantile(values, 0.9) - quantile(values, 0.1)) / middle;
  const plain = smoothstep(1.1, 0.5, spread);
  return { middle, trust: most * plain * smoothstep(0.08, 0.3, middle), inside };
}

function ratio(values: Plane, weights: Plane): Plane {
  const result = createPlane(values.width, values.height);
  for (let i = 0; i < result.data.length; i++) {
    result.data[i] = weights.data[i] > 0.02 ? values.data[i] / weights.data[i] : 1;
  }
  return result;
}

/** Darkening towards the sides of the trunk, as round bodies have it; `edge` 0 in the middle, 1 at the side. */
export const roundness = (edge: number, strength: number): number =>
  lerp(1, 1 - strength, clamp(edge, 0, 1) ** 4);
